//! The socket, and what runs behind it.

use crate::{
	cache::Cache,
	http,
	idle::{Idle, Turn},
	journal::Journal,
	limits::{Connection, Connections, Limits},
	metrics::Metrics,
	registrar, since_epoch,
	tls::Tls,
	App, Chain, Options, LOG_TARGET,
};
use axum::{
	extract::Request,
	http::{header::CONNECTION, HeaderValue, Version},
	Router,
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
	io,
	net::{SocketAddr, TcpListener},
	sync::Arc,
	time::Duration,
};
use substrate_prometheus_endpoint::{Gauge, Registry, U64};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

/// The longest head of a request: line and headers together.
const MAX_HEAD: usize = 16 * 1024;
/// Pause after a connection could not be accepted, mostly for want of file descriptors.
const BREATH: Duration = Duration::from_millis(100);

/// A name server that is bound to its address and has opened its journal.
pub struct NameServer {
	listener: TcpListener,
	journal: Journal,
	kept: crate::journal::Kept,
	options: Options,
	tls: Option<Tls>,
	pub(crate) metrics: Arc<Metrics>,
}

/// How often it is looked whether there are answers, for the log and the metrics.
const LOOK: Duration = Duration::from_secs(1);

/// Who is connected.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub SocketAddr);

impl NameServer {
	/// Does all that can fail, so that a node does not start with a name server that will not work.
	pub fn bind(
		options: Options,
		chain: &impl Chain,
		registry: Option<&Registry>,
	) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
		let (journal, kept) = Journal::open(&options.journal, chain.genesis())?;
		let listener = TcpListener::bind(options.listen).map_err(|why| {
			io::Error::new(why.kind(), format!("the name server at {}: {why}", options.listen))
		})?;
		listener.set_nonblocking(true)?;
		let metrics = Arc::new(Metrics::new(registry)?);
		let tls = options.tls.clone().map(Tls::new).transpose()?;
		Ok(Self { listener, journal, kept, tls, metrics, options })
	}

	/// Where it listens.
	pub fn address(&self) -> io::Result<SocketAddr> {
		self.listener.local_addr()
	}

	/// Serves until it is dropped.
	pub async fn run(self, chain: Arc<impl Chain>) {
		let Self { listener, journal, kept, options, tls, metrics } = self;
		let (registrar, recovered, worker) =
			registrar::start(chain.clone(), journal, kept, options.clone(), metrics.clone());
		let app = App {
			finalized: chain.finalized(),
			chain,
			registrar,
			limits: Limits::new(&options),
			cache: Cache::new(options.cache),
			metrics,
			options: options.clone(),
			status: Default::default(),
			recovered,
		};
		match listener.local_addr() {
			Ok(address) => {
				let scheme = if tls.is_some() { "https" } else { "http" };
				tracing::info!(target: LOG_TARGET, url = %format!("{scheme}://{address}"), "Name server");
			},
			Err(why) => tracing::error!(target: LOG_TARGET, %why, "The name server has no address"),
		}
		let app = Arc::new(app);
		let router = http::router(app.clone());
		let listener = match tokio::net::TcpListener::from_std(listener) {
			Ok(listener) => listener,
			Err(why) => {
				tracing::error!(target: LOG_TARGET, %why, "The name server cannot listen");
				return;
			},
		};
		tokio::select! {
			((), ()) = futures::future::join(tell(&app), worker) => (),
			() = accept(listener, router, &app, tls) => (),
		}
		// The node is stopping, and an essential task that ended before it would be an error.
		std::future::pending().await
	}
}

/// What a connection takes while it is open.
struct Place {
	_slot: OwnedSemaphorePermit,
	_connection: Connection,
	open: Gauge<U64>,
}

impl Drop for Place {
	fn drop(&mut self) {
		self.open.dec();
	}
}

/// Logs whether look-ups are answered, when that changes, and tells the age of what they rest on.
async fn tell<C: Chain>(app: &App<C>) {
	let (mut finalized, mut recovered) = (app.finalized.clone(), app.recovered.clone());
	let mut told = None;
	let begun = since_epoch();
	loop {
		let made_at = app.finalized.borrow().made_at.unwrap_or(begun);
		app.metrics.finality_age.set(since_epoch().saturating_sub(made_at).as_secs());
		let now = app.head().map(|_| ());
		if told != Some(now) {
			match now {
				Ok(()) => tracing::info!(target: LOG_TARGET, answers = true, "Name server"),
				Err(why) => {
					tracing::info!(target: LOG_TARGET, answers = false, %why, "Name server")
				},
			}
			told = Some(now);
		}
		let changed = async {
			tokio::select! {
				changed = finalized.changed() => changed,
				changed = recovered.changed() => changed,
			}
		};
		// Some of the reasons come and go by themselves.
		if let Ok(Err(_)) = tokio::time::timeout(LOOK, changed).await {
			return;
		}
	}
}

async fn accept<C: Chain>(
	listener: tokio::net::TcpListener,
	router: Router,
	app: &App<C>,
	tls: Option<Tls>,
) {
	let App { options, metrics, .. } = app;
	let tls = tls.map(Arc::new);
	if let Some(tls) = tls.clone() {
		tokio::spawn(async move { tls.follow().await });
	}
	let slots = Arc::new(Semaphore::new(options.connections));
	let connections = Connections::new(options);
	let idle = Arc::new(Idle::default());
	let mut http1 = http1::Builder::new();
	http1
		.timer(TokioTimer::new())
		// Of the first request and, while the connection is kept, of each next one.
		.header_read_timeout(options.request_time)
		.max_buf_size(MAX_HEAD);
	loop {
		let (stream, address) = match listener.accept().await {
			Ok(accepted) => accepted,
			Err(why) => {
				tracing::debug!(target: LOG_TARGET, %why, "a connection could not be accepted");
				tokio::time::sleep(BREATH).await;
				continue;
			},
		};
		// Whoever has many is cut off at once, and takes nobody's place.
		let Some(connection) = connections.admit(address.ip()) else {
			metrics.refused_connections.inc();
			continue;
		};
		let room = || slots.clone().acquire_owned();
		let slot = tokio::select! {
			biased;
			slot = room() => slot,
			() = idle.cut_off_oldest() => {
				metrics.displaced_connections.inc();
				room().await
			},
		};
		let Ok(slot) = slot else { return };
		let place =
			Place { _slot: slot, _connection: connection, open: metrics.connections.clone() };
		place.open.inc();
		let (turn, registration) = Turn::new(idle.clone());
		// An answer is one small write.
		let _ = stream.set_nodelay(true);
		let router = router.clone();
		let service = service_fn(move |mut request: Request<Incoming>| {
			request.extensions_mut().insert(Peer(address));
			let old = request.version() == Version::HTTP_10;
			let (router, turn) = (router.clone(), turn.clone());
			async move {
				let mut answer = turn.answer(router.oneshot(request)).await?;
				if old {
					answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
				}
				Ok::<_, std::convert::Infallible>(answer)
			}
		});
		let (http1, time) = (http1.clone(), options.request_time);
		let acceptor = tls.as_ref().map(|tls| tls.acceptor());
		let mut stream = TimeoutStream::new(stream);
		// A request has its own limit. This one is for whoever does not take the answer.
		stream.set_write_timeout(Some(time));
		let stream = Box::pin(stream);
		let serve = async move {
			// Whatever ends a connection early is the client's affair.
			let Some(acceptor) = acceptor else {
				let _ = http1.serve_connection(TokioIo::new(stream), service).await;
				return;
			};
			if let Ok(Ok(stream)) = tokio::time::timeout(time, acceptor.accept(stream)).await {
				let _ = http1.serve_connection(TokioIo::new(stream), service).await;
			}
		};
		tokio::spawn(async move {
			Turn::drive(registration, serve).await;
			drop(place);
		});
	}
}
