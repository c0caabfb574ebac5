//! How often one address may ask. An IPv6 address stands for its /64, which is what a customer gets.

use crate::Options;
use axum::http::HeaderMap;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::{
	net::{IpAddr, Ipv6Addr},
	num::NonZeroU32,
};

/// Addresses that are remembered: some megabytes.
const MOST: usize = 50_000;

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
			last.rsplit(',').next()?.trim().parse().ok()
		});
		told.unwrap_or(peer).into()
	}
}

/// The limits of all addresses. A whole minute's allowance can be used at once.
pub struct Limits {
	lookups: DefaultKeyedRateLimiter<Asker>,
	registrations: DefaultKeyedRateLimiter<Asker>,
}

impl Limits {
	/// As the options say.
	pub fn new(options: &Options) -> Self {
		let limiter = |per_minute: u32| {
			let per_minute = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
			RateLimiter::keyed(Quota::per_minute(per_minute))
		};
		Self {
			lookups: limiter(options.lookups_per_minute),
			registrations: limiter(options.registrations_per_minute),
		}
	}

	/// Counts a look-up; false if it is one too many.
	pub fn admits_lookup(&self, asker: Asker) -> bool {
		admits(&self.lookups, asker)
	}

	/// Counts a registration; false if it is one too many.
	pub fn admits_registration(&self, asker: Asker) -> bool {
		admits(&self.registrations, asker)
	}
}

fn admits(limiter: &DefaultKeyedRateLimiter<Asker>, asker: Asker) -> bool {
	if limiter.len() > MOST {
		limiter.retain_recent();
		// Too many at once for all to be remembered: no newcomers, until some are forgotten.
		if limiter.len() > MOST {
			return false;
		}
	}
	limiter.check_key(&asker).is_ok()
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
}
