//! The name server over a chain that a test moves by hand, spoken to over a socket.

mod chain;
mod lookups;
mod openapi;
mod page;
mod queue;
mod registrations;
mod server;
