//! How often one address may ask, and by how many connections. An IPv6 address stands for its /64, which
//! is what a customer gets.

use crate::Options;
use axum::http::HeaderMap;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::{
	collections::HashMap,
	net::{IpAddr, Ipv6Addr, SocketAddr},
	num::NonZeroU32,
	sync::{Arc, Mutex, MutexGuard, PoisonError},
	time::{Duration, Instant},
};

/// Addresses that are remembered: some megabytes.
const MOST: usize = 50_000;
/// Look-ups as which a long answer counts.
const LONG_ANSWER: NonZeroU32 = NonZeroU32::new(100).unwrap();
/// The least time between two looks through all of them.
const SWEEP: Duration = Duration::from_secs(1);

/// Whom a request is counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Asker(IpAddr);

impl From<IpAddr> for Asker {
	fn from(address: IpAddr) -> Self {
		Self(match address.to_canonical() {
			IpAddr::V4(address) => address.into(),
			IpAddr::V6(address) => {
				let [a, b, c, d, ..] = address.segments();
				Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
			},
		})
	}
}

impl Asker {
	/// Who asks: whoever is connected, or behind a trusted proxy what its header says last.
	pub fn of(peer: IpAddr, headers: &HeaderMap, trusted: Option<&str>) -> Self {
		let told = trusted.and_then(|header| {
			// A client can write such a header as well; the proxy's own word is the last.
			let last = headers.get_all(header).iter().next_back()?.to_str().ok()?;
			let last = last.rsplit(',').next()?.trim();
			// Some proxies tell the port as well.
			let with_port = || last.parse::<SocketAddr>().ok().map(|address| address.ip());
			last.parse().ok().or_else(with_port)
		});
		told.unwrap_or(peer).into()
	}
}

/// The limits of all addresses. A whole minute's allowance can be used at once.
pub struct Limits {
	lookups: Limiter,
	registrations: Limiter,
}

impl Limits {
	/// As the options say.
	pub fn new(options: &Options) -> Self {
		Self {
			lookups: Limiter::new(options.lookups_per_minute, MOST),
			registrations: Limiter::new(options.registrations_per_minute, MOST),
		}
	}

	/// Counts a look-up; false if it is one too many.
	pub fn admits_lookup(&self, asker: Asker) -> bool {
		self.lookups.admits(asker, NonZeroU32::MIN)
	}

	/// Counts an answer that is as long as those of many look-ups; false if it is one too many.
	pub fn admits_long_answer(&self, asker: Asker) -> bool {
		self.lookups.admits(asker, LONG_ANSWER)
	}

	/// Counts a registration; false if it is one too many.
	pub fn admits_registration(&self, asker: Asker) -> bool {
		self.registrations.admits(asker, NonZeroU32::MIN)
	}
}

struct Limiter {
	known: DefaultKeyedRateLimiter<Asker>,
	per_minute: NonZeroU32,
	most: usize,
	swept: Mutex<Instant>,
}

impl Limiter {
	fn new(per_minute: u32, most: usize) -> Self {
		let per_minute = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
		let known = RateLimiter::keyed(Quota::per_minute(per_minute));
		Self { known, per_minute, most, swept: Mutex::new(Instant::now()) }
	}

	/// Whether that many are admitted at once; more than a minute's allowance count as one.
	fn admits(&self, asker: Asker, count: NonZeroU32) -> bool {
		if self.known.len() >= self.most {
			let mut swept = lock(&self.swept);
			if swept.elapsed() >= SWEEP {
				self.known.retain_recent();
				*swept = Instant::now();
			}
			// Whoever asks from so many addresses is not held up by a limit for each, and everybody
			// else would be.
			if self.known.len() >= self.most {
				return true;
			}
		}
		matches!(self.known.check_key_n(&asker, count.min(self.per_minute)), Ok(Ok(())))
	}
}

/// The open connections of each address.
pub struct Connections {
	most: usize,
	open: Mutex<HashMap<Asker, usize>>,
}

impl Connections {
	/// At most so many for each address. Behind a trusted proxy, whose connections are everybody's,
	/// there is no such limit.
	pub fn new(options: &Options) -> Arc<Self> {
		let most = match options.client_header {
			Some(_) => usize::MAX,
			None => options.connections_per_address,
		};
		Arc::new(Self { most, open: Mutex::default() })
	}

	/// Counts a connection for as long as what is returned lives; nothing if it is one too many.
	pub fn admit(self: &Arc<Self>, peer: IpAddr) -> Option<Connection> {
		let whose = Asker::from(peer);
		let mut open = lock(&self.open);
		let count = open.entry(whose).or_default();
		// One that is refused has others beside it, so nothing is left to be removed.
		(*count < self.most).then(|| {
			*count = count.saturating_add(1);
			Connection { whose, all: self.clone() }
		})
	}
}

/// A connection that is open.
pub struct Connection {
	whose: Asker,
	all: Arc<Connections>,
}

impl Drop for Connection {
	fn drop(&mut self) {
		let mut open = lock(&self.all.open);
		if let Some(count) = open.get_mut(&self.whose) {
			*count = count.saturating_sub(1);
			if *count == 0 {
				open.remove(&self.whose);
			}
		}
	}
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
	mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn asker(peer: &str, headers: &[(&'static str, &str)], trusted: Option<&str>) -> Asker {
		let headers =
			headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
		let mut map = HeaderMap::new();
		headers.for_each(|(name, value): (axum::http::HeaderName, _)| {
			map.append(name, value);
		});
		Asker::of(peer.parse().unwrap(), &map, trusted)
	}

	#[test]
	fn a_network_of_ipv6_is_one_asker() {
		let a = asker("2001:db8:1:2:3::4", &[], None);
		assert_eq!(a, asker("2001:db8:1:2:ffff::", &[], None));
		assert_ne!(a, asker("2001:db8:1:3:3::4", &[], None));
		assert_ne!(asker("192.0.2.1", &[], None), asker("192.0.2.2", &[], None));
		assert_eq!(asker("192.0.2.1", &[], None), asker("::ffff:192.0.2.1", &[], None));
	}

	#[test]
	fn a_proxy_is_believed_if_it_is_trusted_and_only_its_own_word() {
		let headers = [("x-forwarded-for", "203.0.113.9, 198.51.100.7")];
		let proxy = "127.0.0.1";
		assert_eq!(asker(proxy, &headers, None), asker(proxy, &[], None));
		let client = asker("198.51.100.7", &[], None);
		assert_eq!(asker(proxy, &headers, Some("x-forwarded-for")), client);
		let twice = [("x-forwarded-for", "203.0.113.9"), ("x-forwarded-for", "198.51.100.7")];
		assert_eq!(asker(proxy, &twice, Some("x-forwarded-for")), client);
		for with_port in ["198.51.100.7:4711", "203.0.113.9, [::ffff:198.51.100.7]:4711"] {
			let headers = [("x-forwarded-for", with_port)];
			assert_eq!(asker(proxy, &headers, Some("x-forwarded-for")), client, "{with_port}");
		}
		let none = [("x-forwarded-for", "nobody")];
		assert_eq!(asker(proxy, &none, Some("x-forwarded-for")), asker(proxy, &[], None));
	}

	#[test]
	fn an_allowance_ends_for_one_address_and_not_for_another() {
		let mut options = Options::new("127.0.0.1:0".parse().unwrap(), "".into());
		options.registrations_per_minute = 2;
		let limits = Limits::new(&options);
		let [a, b] = ["192.0.2.1", "192.0.2.2"].map(|address| asker(address, &[], None));
		assert_eq!(
			[a, a, a, b].map(|one| limits.admits_registration(one)),
			[true, true, false, true]
		);
		assert!(limits.admits_lookup(a));
	}

	#[test]
	fn a_long_answer_takes_its_part_of_the_allowance() {
		let mut options = Options::new("127.0.0.1:0".parse().unwrap(), "".into());
		options.lookups_per_minute = 2 * LONG_ANSWER.get() + 1;
		let limits = Limits::new(&options);
		let a = asker("192.0.2.1", &[], None);
		assert_eq!([a; 3].map(|one| limits.admits_long_answer(one)), [true, true, false]);
		assert_eq!([a; 2].map(|one| limits.admits_lookup(one)), [true, false]);
		// An allowance that is smaller than that has room for one.
		options.lookups_per_minute = 1;
		let limits = Limits::new(&options);
		assert_eq!([a; 2].map(|one| limits.admits_long_answer(one)), [true, false]);
	}

	#[test]
	fn so_many_addresses_are_remembered_and_no_more() {
		let limiter = Limiter::new(1, 100);
		let asker = |n: u32| Asker::from(IpAddr::from(n.to_be_bytes()));
		assert!((0..1_000).all(|n| limiter.admits(asker(n), NonZeroU32::MIN)));
		assert_eq!(limiter.known.len(), 100);
		// Their allowance is used up, and they are looked through when that may have changed.
		*lock(&limiter.swept) -= SWEEP;
		assert!(limiter.admits(asker(1), NonZeroU32::MIN));
		assert!(lock(&limiter.swept).elapsed() < SWEEP);
	}

	#[test]
	fn connections_are_counted_while_they_are_open() {
		let mut options = Options::new("127.0.0.1:0".parse().unwrap(), "".into());
		options.connections_per_address = 2;
		let connections = Connections::new(&options);
		let admit = |peer: &str| connections.admit(peer.parse().unwrap());
		let first = admit("192.0.2.1").unwrap();
		let _second = admit("::ffff:192.0.2.1").unwrap();
		assert!(admit("192.0.2.1").is_none());
		let other = admit("2001:db8::1").unwrap();
		drop(first);
		let _third = admit("192.0.2.1").unwrap();
		assert!(admit("192.0.2.1").is_none());
		drop(other);
		assert_eq!(lock(&connections.open).len(), 1, "those without connections are forgotten");

		// A proxy has everybody's.
		options.client_header = Some("x-forwarded-for".into());
		let proxied = Connections::new(&options);
		let kept: Vec<_> = (0..3).map(|_| proxied.admit([192, 0, 2, 1].into())).collect();
		assert!(kept.iter().all(Option::is_some));
	}
}
