//! The page for people at `/`: three files, without anything from elsewhere.

use axum::{
	body::Body,
	http::{
		header::{
			CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION,
			REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
		},
		HeaderMap, StatusCode,
	},
	response::Response,
	routing::get,
	Router,
};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The page can load its own two files and ask its own server, and nothing else at all.
const POLICY: &str =
	"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
	img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
	require-trusted-types-for 'script'; trusted-types 'none'";

/// A file and where it is served.
const FILES: [(&str, &str, &str); 3] = [
	("/", "text/html; charset=utf-8", include_str!("../page/page.html")),
	("/page.css", "text/css; charset=utf-8", include_str!("../page/page.css")),
	("/page.js", "text/javascript; charset=utf-8", include_str!("../page/page.js")),
];

/// The routes of its files.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
	FILES.into_iter().fold(Router::new(), |router, (path, kind, text)| {
		router.route(path, get(move |headers| async move { file(kind, text, &headers) }))
	})
}

fn file(kind: &'static str, text: &'static str, asked: &HeaderMap) -> Response {
	let mut hasher = DefaultHasher::new();
	text.hash(&mut hasher);
	let tag = format!("\"{:016x}\"", hasher.finish());
	let has_it = asked.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
	let (status, body) = match has_it {
		true => (StatusCode::NOT_MODIFIED, Body::empty()),
		false => (StatusCode::OK, Body::from(text)),
	};
	answer(
		status,
		[
			(CONTENT_TYPE, kind),
			(CONTENT_SECURITY_POLICY, POLICY),
			(X_CONTENT_TYPE_OPTIONS, "nosniff"),
			(REFERRER_POLICY, "no-referrer"),
			// To be asked for again each time, which costs little: an upgraded node has other files.
			(CACHE_CONTROL, "no-cache"),
			(ETAG, &tag),
		],
		body,
	)
}

/// Sends whoever asks for the path prefix alone to the same with a slash, without which the page's
/// relative addresses would lack the prefix.
pub fn slashed(path: &str, prefix: &str) -> Option<Response> {
	let last = prefix.rsplit('/').next().filter(|last| !last.is_empty())?;
	let target = format!("{last}/");
	(path == prefix).then(|| {
		answer(StatusCode::PERMANENT_REDIRECT, [(LOCATION, target.as_str())], Body::empty())
	})
}

fn answer<const N: usize>(
	status: StatusCode,
	headers: [(axum::http::HeaderName, &str); N],
	body: Body,
) -> Response {
	let mut answer = Response::new(body);
	*answer.status_mut() = status;
	for (name, value) in headers {
		if let Ok(value) = value.parse() {
			answer.headers_mut().insert(name, value);
		}
	}
	answer
}
