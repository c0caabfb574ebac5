//! The name server over a chain that a test moves by hand, spoken to over a socket.

mod chain;
mod connections;
mod lookups;
mod metrics;
mod openapi;
mod page;
mod queue;
mod registrations;
mod server;

/// Waits for what is about to come; fails if it does not come.
async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
	let waiting = async {
		while !is_so().await {
			tokio::task::yield_now().await;
		}
	};
	let minute = std::time::Duration::from_secs(60);
	tokio::time::timeout(minute, waiting).await.unwrap_or_else(|_| panic!("it never came: {what}"));
}
