//! The routes, with the predecessor's JSON and status codes.
//!
//! Two of them mean something to clients that is easily missed. Any 4xx for an ID makes its owner's
//! client forget its own name, and any 4xx for a registration but 400 and 401 reads as "name taken".
//! So whatever passes by itself (a limit, a queue, a node that is behind) is 503 with `Retry-After`.

use crate::{
	chain::{ChainError, Head},
	journal::Registration,
	limits::Asker,
	openapi, page,
	registrar::Outcome,
	server::Peer,
	App, Chain, Unready,
};
use axum::{
	body::{to_bytes, Body, Bytes},
	extract::{rejection::PathRejection, FromRequestParts, MatchedPath, Path, Request, State},
	http::{
		header::{CONTENT_TYPE, RETRY_AFTER},
		request::Parts,
		HeaderValue, Method, StatusCode, Uri,
	},
	middleware::{self, Next},
	response::{IntoResponse, Response},
	routing::get,
	Router,
};
use futures::future::Either;
use jns_primitives::{
	api::{Admission, NameQueryError},
	client::{read_id, write_base64, write_key, Posted},
	layout::{record_key, reverse_key},
	name::NameError,
	proof::PublicKey,
	JamiId, Name, NameRecord,
};
use serde_json::{json, Value};
use std::{net::Ipv4Addr, sync::Arc, time::Instant};
use tower::ServiceExt;
use tower_http::cors::{Any, CorsLayer};

/// The longest body of a request; a registration has some two kilobytes.
const MAX_BODY: usize = 16 * 1024;
/// Seconds after which to ask again what could not be answered.
const RETRY: u64 = 5;
const JSON: HeaderValue = HeaderValue::from_static("application/json");

type Shared<C> = State<Arc<App<C>>>;

/// All routes, behind what makes a request's path one of them.
pub fn router<C: Chain>(app: Arc<App<C>>) -> Router {
	let prefix = app.options.path_prefix.clone();
	let routes = Router::new()
		.route("/name/{name}", get(by_name::<C>).post(register::<C>))
		.route("/name/{name}/publickey", get(public_key::<C>))
		.route("/name/{name}/signature", get(signature::<C>))
		.route("/name/{name}/proof", get(name_proof::<C>))
		.route("/addr/{id}", get(by_id::<C>))
		.route("/addr/{id}/proof", get(id_proof::<C>))
		.route("/warp-proof/{set}", get(warp_proof::<C>))
		.route("/health", get(health))
		.route("/ready", get(ready::<C>))
		.route("/openapi.json", get(|| async { Answer::ok(openapi::document()) }))
		.route("/status", get(status::<C>))
		.merge(page::routes())
		.fallback(|| async { Answer::error(StatusCode::NOT_FOUND, "there is nothing here") })
		.method_not_allowed_fallback(|| async {
			Answer::error(StatusCode::METHOD_NOT_ALLOWED, "not like this")
		})
		// Pages of other sites may read what anybody may read.
		.layer(
			CorsLayer::new()
				.allow_origin(Any)
				.allow_methods([Method::GET, Method::HEAD])
				.allow_headers([CONTENT_TYPE]),
		)
		.layer(middleware::from_fn_with_state(app.clone(), measured::<C>))
		.with_state(app);
	Router::new().fallback(move |mut request: Request| {
		if let Some(slashed) = page::slashed(request.uri().path(), &prefix) {
			return Either::Left(std::future::ready(Ok(slashed)));
		}
		// Clients put their server's URI, with a path or a slash at its end, before ours.
		if let Some(uri) = plain(request.uri(), &prefix) {
			*request.uri_mut() = uri;
		}
		Either::Right(routes.clone().oneshot(request))
	})
}

/// The URI without a prefix and without empty segments, if it has any.
fn plain(uri: &Uri, prefix: &str) -> Option<Uri> {
	let path = format!(
		"/{}",
		uri.path().split('/').filter(|s| !s.is_empty()).collect::<Vec<_>>().join("/")
	);
	let path = match path.strip_prefix(prefix) {
		Some(rest) if rest.starts_with('/') => rest,
		Some("") if !prefix.is_empty() => "/",
		_ => &path,
	};
	(path != uri.path()).then(|| path.parse().ok()).flatten()
}

async fn measured<C: Chain>(
	State(app): Shared<C>,
	route: Option<MatchedPath>,
	request: Request,
	next: Next,
) -> Response {
	let begun = Instant::now();
	let method = request.method().clone();
	let answer = next.run(request).await;
	let route = match &route {
		Some(route) if method == "POST" => format!("POST {}", route.as_str()),
		Some(route) => route.as_str().into(),
		None => "other".into(),
	};
	app.metrics.answered(&route, answer.status().as_u16(), begun.elapsed());
	answer
}

/// Status and JSON; whether it is worth asking again, and when.
struct Answer {
	status: StatusCode,
	body: Value,
	retry_after: Option<u64>,
}

impl Answer {
	fn ok(body: Value) -> Self {
		Self { status: StatusCode::OK, body, retry_after: None }
	}

	fn refused(body: Value) -> Self {
		Self { status: StatusCode::FORBIDDEN, body, retry_after: None }
	}

	fn error(status: StatusCode, error: &str) -> Self {
		Self { status, body: json!({ "error": error }), retry_after: None }
	}

	fn later(error: impl ToString, seconds: u64) -> Self {
		let body = json!({ "error": error.to_string() });
		Self { status: StatusCode::SERVICE_UNAVAILABLE, body, retry_after: Some(seconds) }
	}
}

impl From<Unready> for Answer {
	fn from(unready: Unready) -> Self {
		Self::later(unready, RETRY)
	}
}

impl IntoResponse for Answer {
	fn into_response(self) -> Response {
		let mut answer = (self.status, self.body.to_string()).into_response();
		let headers = answer.headers_mut();
		headers.insert(CONTENT_TYPE, JSON);
		if let Some(seconds) = self.retry_after {
			headers.insert(RETRY_AFTER, seconds.into());
		}
		answer
	}
}

/// What is said where the chain gives no usable answer.
fn unanswered(what: impl ToString) -> Answer {
	tracing::warn!(target: crate::LOG_TARGET, why = %what.to_string(), "a question has no answer");
	Answer::later("the node gives no answer", RETRY)
}

/// A segment of the path, decoded.
struct Segment(String);

impl<S: Send + Sync> FromRequestParts<S> for Segment {
	type Rejection = Answer;

	async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Answer> {
		let path: Result<Path<String>, PathRejection> =
			Path::from_request_parts(parts, state).await;
		path.map(|Path(segment)| Self(segment))
			.map_err(|_| Answer::error(StatusCode::BAD_REQUEST, "it is not UTF-8"))
	}
}

/// Whoever asks.
impl<C: Chain> FromRequestParts<Arc<App<C>>> for Asker {
	type Rejection = std::convert::Infallible;

	async fn from_request_parts(
		parts: &mut Parts,
		app: &Arc<App<C>>,
	) -> Result<Self, Self::Rejection> {
		let peer = parts.extensions.get::<Peer>();
		let address = peer.map_or(Ipv4Addr::UNSPECIFIED.into(), |Peer(address)| address.ip());
		Ok(Self::of(address, &parts.headers, app.options.client_header.as_deref()))
	}
}

/// A question that is counted for whoever asks.
struct Counted;

impl<C: Chain> FromRequestParts<Arc<App<C>>> for Counted {
	type Rejection = Answer;

	async fn from_request_parts(parts: &mut Parts, app: &Arc<App<C>>) -> Result<Self, Answer> {
		let Ok(asker) = Asker::from_request_parts(parts, app).await;
		match app.limits.admits_lookup(asker) {
			true => Ok(Self),
			false => Err(Answer::later("too many requests", RETRY)),
		}
	}
}

/// The block of which to answer a look-up, which is counted.
struct At(Head);

impl<C: Chain> FromRequestParts<Arc<App<C>>> for At {
	type Rejection = Answer;

	async fn from_request_parts(parts: &mut Parts, app: &Arc<App<C>>) -> Result<Self, Answer> {
		Counted::from_request_parts(parts, app).await?;
		Ok(Self(app.head()?))
	}
}

/// What was found, ready to be sent: status and JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
	status: StatusCode,
	body: Bytes,
}

impl Found {
	fn of(answer: Answer) -> Self {
		Self { status: answer.status, body: answer.body.to_string().into() }
	}
}

/// An answer that may be kept until the state changes.
struct Kept(Arc<Found>);

impl IntoResponse for Kept {
	fn into_response(self) -> Response {
		let json = [(CONTENT_TYPE, JSON)];
		(self.0.status, json, self.0.body.clone()).into_response()
	}
}

/// Why nothing is told about any name.
const NO_STORE: &str = "the council has no store for names";

async fn record<C: Chain>(app: &App<C>, head: Head, name: String) -> Result<NameRecord, Answer> {
	let name = name.to_lowercase();
	match app.chain.resolve(head.hash, name.as_bytes()).await {
		Ok(Ok(Some(record))) => Ok(record),
		Ok(Ok(None)) => Err(unknown_name()),
		Ok(Err(NameQueryError::Invalid(why))) => Err(invalid_name(why)),
		Ok(Err(NameQueryError::Corrupt)) => Err(unanswered("a record cannot be read")),
		Ok(Err(NameQueryError::NoStore)) => Err(unanswered(NO_STORE)),
		Err(why) => Err(unanswered(why)),
	}
}

fn unknown_name() -> Answer {
	Answer::error(StatusCode::NOT_FOUND, "name not registered")
}

/// Which names exist is the selected logic's rule, which the chain tells.
fn invalid_name(why: NameError) -> Answer {
	let why = match why {
		NameError::TooShort => "it is too short",
		NameError::TooLong => "it is too long",
		NameError::InvalidCharacter => "it has a character that names do not have",
		NameError::InvalidUtf8 => "it is not UTF-8",
	};
	Answer::error(StatusCode::BAD_REQUEST, &format!("invalid name: {why}"))
}

/// An ID as the predecessor wrote it.
pub(crate) fn addr(id: &JamiId) -> String {
	format!("0x{}", id.0.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

async fn by_name<C: Chain>(
	State(app): Shared<C>,
	At(head): At,
	Segment(name): Segment,
) -> Result<Kept, Answer> {
	let Ok(known) = Name::try_from(name.to_lowercase().into_bytes()) else {
		// The runtime's answer, should it ever have other names than this program knows.
		return record(&app, head, name).await.map(|r| Kept(Arc::new(Found::of(written(&r)))));
	};
	let read = async {
		match app.chain.resolve(head.hash, known.as_bytes()).await? {
			Ok(Some(record)) => Ok(Found::of(written(&record))),
			Ok(None) => Ok(Found::of(unknown_name())),
			Err(NameQueryError::Invalid(why)) => Ok(Found::of(invalid_name(why))),
			Err(NameQueryError::Corrupt) => Err(ChainError("a record cannot be read".into())),
			Err(NameQueryError::NoStore) => Err(ChainError(NO_STORE.into())),
		}
	};
	app.cache.get(&*app.chain, head, record_key(&known), read).await.map(Kept).map_err(unanswered)
}

/// A record as clients read it.
fn written(record: &NameRecord) -> Answer {
	let mut body = json!({ "name": record.name.as_str(), "addr": addr(&record.id) });
	// A client that gets only one of the two believes the record without a check.
	if !record.key.is_empty() && !record.signature.is_empty() {
		body["publickey"] = write_key(&record.key).into();
		body["signature"] = write_base64(&record.signature).into();
	}
	Answer::ok(body)
}

async fn public_key<C: Chain>(
	State(app): Shared<C>,
	At(head): At,
	Segment(name): Segment,
) -> Result<Answer, Answer> {
	let record = record(&app, head, name).await?;
	Ok(Answer::ok(json!({ "name": record.name.as_str(), "publickey": write_key(&record.key) })))
}

async fn signature<C: Chain>(
	State(app): Shared<C>,
	At(head): At,
	Segment(name): Segment,
) -> Result<Answer, Answer> {
	let record = record(&app, head, name).await?;
	let signature = write_base64(&record.signature);
	Ok(Answer::ok(json!({ "name": record.name.as_str(), "signature": signature })))
}

async fn by_id<C: Chain>(
	State(app): Shared<C>,
	At(head): At,
	Segment(id): Segment,
) -> Result<Kept, Answer> {
	let id = id_of(&id)?;
	let read = async {
		Ok(Found::of(match app.chain.name_of(head.hash, id).await? {
			Some(name) => Answer::ok(json!({ "name": name.as_str() })),
			None => Answer::error(StatusCode::NOT_FOUND, "address not registered"),
		}))
	};
	app.cache.get(&*app.chain, head, reverse_key(&id), read).await.map(Kept).map_err(unanswered)
}

/// The process is alive.
async fn health() -> Answer {
	Answer::ok(json!({ "status": "alive" }))
}

/// Look-ups are answered.
async fn ready<C: Chain>(State(app): Shared<C>) -> Result<Answer, Answer> {
	let head = app.head()?;
	Ok(Answer::ok(json!({ "status": "ready", "finalized": head.number })))
}

fn id_of(text: &str) -> Result<JamiId, Answer> {
	read_id(text).ok_or_else(|| Answer::error(StatusCode::BAD_REQUEST, "invalid address"))
}

/// Absence is proven as well: what is not registered has a proof, and no 404.
async fn name_proof<C: Chain>(
	State(app): Shared<C>,
	At(_): At,
	Segment(name): Segment,
) -> Result<Answer, Answer> {
	let name = Name::try_from(name.to_lowercase().as_bytes()).map_err(invalid_name)?;
	proof(app.chain.prove_name(name).await)
}

async fn id_proof<C: Chain>(
	State(app): Shared<C>,
	At(_): At,
	Segment(id): Segment,
) -> Result<Answer, Answer> {
	proof(app.chain.prove_id(id_of(&id)?).await)
}

fn proof(made: Result<Option<Value>, ChainError>) -> Result<Answer, Answer> {
	match made {
		Ok(Some(document)) => Ok(Answer::ok(document)),
		Ok(None) => Err(Answer::later("the node has no justification yet", RETRY)),
		Err(why) => Err(unanswered(why)),
	}
}

/// How the authorities' sets followed one another. A set that is not known here is 404: it will not be known
/// by asking again soon, as with 503.
async fn warp_proof<C: Chain>(
	State(app): Shared<C>,
	asker: Asker,
	Segment(set): Segment,
) -> Result<Response, Answer> {
	let set = set
		.parse()
		.map_err(|_| Answer::error(StatusCode::BAD_REQUEST, "it is no number of a set"))?;
	if !app.limits.admits_long_answer(asker) {
		return Err(Answer::later("too many requests", RETRY));
	}
	app.head()?;
	match app.chain.warp_proof(set).await {
		Ok(Some(pieces)) => Ok(([(CONTENT_TYPE, JSON)], Body::from_stream(pieces)).into_response()),
		Ok(None) => {
			let unknown = "this node does not know what followed that set";
			Err(Answer::error(StatusCode::NOT_FOUND, unknown))
		},
		Err(why) => Err(unanswered(why)),
	}
}

/// What the page shows besides names. It is answered also while look-ups are not.
async fn status<C: Chain>(State(app): Shared<C>, Counted: Counted) -> Answer {
	Answer::ok(app.status().await)
}

async fn register<C: Chain>(
	State(app): Shared<C>,
	asker: Asker,
	Segment(name): Segment,
	body: Body,
) -> Result<Answer, Answer> {
	if !app.limits.admits_registration(asker) {
		return Err(Answer::later("too many registrations from your address", 60));
	}
	let registration = posted(&app, name, body).await?;
	let id = registration.id;
	let Registration { name, key, .. } = &registration;
	let head = app.head()?;
	match app.chain.admission(head.hash, name, key).await {
		Ok(Admission::Open) => (),
		Ok(other) => return admission(other, &id),
		Err(why) => return Err(unanswered(why)),
	}
	let least = app.options.min_sponsored_len;
	if name.len() < least {
		return Ok(refused(&format!("this server registers names of {least} letters and more")));
	}
	let waiting = app.registrar.register(registration);
	match tokio::time::timeout(app.options.decision_time, waiting).await {
		Ok(outcome) => concluded(outcome, &id),
		Err(_) => Err(Answer::later(
			"not decided yet: the registration is under way, and the same request finds its outcome",
			RETRY,
		)),
	}
}

/// What is posted, if it is a registration and its proof holds.
async fn posted<C: Chain>(app: &App<C>, name: String, body: Body) -> Result<Registration, Answer> {
	let malformed = |why: &str| Answer::error(StatusCode::BAD_REQUEST, why);
	let body = tokio::time::timeout(app.options.request_time, to_bytes(body, MAX_BODY))
		.await
		.map_err(|_| malformed("the body came too slowly"))?
		.map_err(|_| malformed("the body is too long, or broken off"))?;
	let posted: Posted = serde_json::from_slice(&body)
		.map_err(|_| malformed("the body is not JSON with addr, owner, signature and publickey"))?;
	let posted = posted.decode().map_err(|why| malformed(&why.to_string()))?;
	let name = name.to_lowercase().into_bytes();
	let unproven = |why: &str| Answer::error(StatusCode::UNAUTHORIZED, why);
	let key = PublicKey::from_der(&posted.key)
		.map_err(|_| unproven("the public key is not one that Jami makes"))?;
	if key.id() != posted.id {
		return Err(unproven("the public key is not that of the address"));
	}
	key.verify(&name, &posted.signature)
		.map_err(|_| unproven("the signature is not the key's, of the lower-case name"))?;
	Ok(Registration { name, id: posted.id, key: posted.key, signature: posted.signature })
}

fn refused(error: &str) -> Answer {
	Answer::refused(json!({ "success": false, "error": error }))
}

/// The answer to a registration where the chain's state gives it.
fn admission(admission: Admission, id: &JamiId) -> Result<Answer, Answer> {
	Ok(match admission {
		Admission::Registered => Answer::ok(json!({ "success": true })),
		// The predecessor told an Ethereum address here, which nobody ever signed for.
		Admission::NameTaken { by } => {
			Answer::refused(json!({ "success": false, "owner": addr(&by) }))
		},
		Admission::IdTaken { name } => {
			Answer::refused(json!({ "success": false, "name": name.as_str(), "addr": addr(id) }))
		},
		Admission::Spent => refused("the address had this name before and gave it up"),
		Admission::CoolingDown { free_from } => {
			refused(&format!("the name was given up, and is free from block {free_from} on"))
		},
		Admission::Reserved => refused("the name is reserved"),
		Admission::Refused => refused("the rules of today do not allow this registration"),
		Admission::InvalidName(why) => return Err(invalid_name(why)),
		Admission::InvalidKey(_) => {
			return Err(Answer::error(
				StatusCode::UNAUTHORIZED,
				"the public key is not one that the chain takes",
			))
		},
		Admission::Closed => {
			return Err(Answer::later("no names can be registered now", 60));
		},
		Admission::Corrupt => return Err(unanswered("a record cannot be read")),
		// Only what became of it can be told, and nothing has yet.
		Admission::Open => return Err(Answer::later("not decided yet", RETRY)),
	})
}

/// The answer to a registration that was queued.
fn concluded(outcome: Outcome, id: &JamiId) -> Result<Answer, Answer> {
	match outcome {
		Outcome::Decided(decided) => admission(decided, id),
		Outcome::Exhausted(wait) => Err(Answer::later(
			"this server has no means to pay for a registration now",
			wait.as_secs().max(1),
		)),
		Outcome::Unsponsored => {
			Err(Answer::later("this server has no account that pays for registrations", 3600))
		},
		Outcome::UnknownTransactions => Err(Answer::later(
			"the chain was upgraded, and this server has to be before it can register names",
			600,
		)),
		Outcome::Full => Err(Answer::later("too many registrations are waiting", RETRY)),
		Outcome::Failed => Err(Answer::later("the chain did not register it", 60)),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn prefixes_and_empty_segments_are_left_out() {
		let cases = [
			("/name/alice", "", None),
			("//name/alice", "", Some("/name/alice")),
			("/name//alice/", "", Some("/name/alice")),
			("/ns/name/alice", "/ns", Some("/name/alice")),
			("/ns//addr/00", "/ns", Some("/addr/00")),
			("/name/alice", "/ns", None),
			("//", "", Some("/")),
			("/ns/", "/ns", Some("/")),
			("/", "/ns", None),
			("/nsname/alice", "/ns", None),
		];
		for (path, prefix, expected) in cases {
			let found = plain(&path.parse().unwrap(), prefix);
			assert_eq!(found, expected.map(|path| path.parse().unwrap()), "{path}");
		}
	}
}
