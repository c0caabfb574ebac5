//! Files that hold secrets.

use crate::Error;
use std::{fs::File, io::Read, path::Path};
use zeroize::Zeroizing;

/// The longest PEM, password or secret URI that is read.
pub const MAX_SECRET: u64 = 64 * 1024;

/// Reads a file that only its owner may read.
pub fn read(path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, Error> {
	read_file(path, limit, true)
}

/// Reads a file that is no secret.
pub fn read_public(path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, Error> {
	read_file(path, limit, false)
}

fn read_file(path: &Path, limit: u64, is_secret: bool) -> Result<Zeroizing<Vec<u8>>, Error> {
	let unreadable = |why| Error::Unreadable { path: path.into(), why };
	// What is not a file is not opened: a pipe would wait for ever.
	if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
		return Err(Error::NotAFile { path: path.into() });
	}
	let file = File::open(path).map_err(unreadable)?;
	// Of what was opened, not of what the path leads to by now.
	let metadata = file.metadata().map_err(unreadable)?;
	if is_secret && is_open_to_others(&metadata) {
		return Err(Error::LooseMode { path: path.into() });
	}
	if metadata.len() > limit {
		return Err(Error::TooLong { path: path.into(), limit });
	}
	read_up_to(file, metadata.len(), limit)
		.map_err(unreadable)?
		.ok_or(Error::TooLong { path: path.into(), limit })
}

#[cfg(unix)]
fn is_open_to_others(metadata: &std::fs::Metadata) -> bool {
	use std::os::unix::fs::PermissionsExt;
	metadata.permissions().mode() & 0o077 != 0
}

/// Elsewhere nothing tells.
#[cfg(not(unix))]
fn is_open_to_others(_: &std::fs::Metadata) -> bool {
	false
}

/// Reads a file with one line of text: a password, or an account's secret URI.
pub fn read_line(path: &Path) -> Result<Zeroizing<String>, Error> {
	let bytes = read(path, MAX_SECRET)?;
	let text = std::str::from_utf8(&bytes).unwrap_or_default();
	let line = text.strip_suffix('\n').unwrap_or(text);
	let line = line.strip_suffix('\r').unwrap_or(line);
	if line.is_empty() || line.contains(['\n', '\r', '\0']) {
		return Err(Error::NotASecret { path: path.into() });
	}
	Ok(Zeroizing::new(line.to_owned()))
}

/// All that there is to read; nothing if that is more than `limit`. Into one buffer of that size,
/// so that no copy is left behind as it grows.
pub(crate) fn read_up_to(
	mut source: impl Read,
	expected: u64,
	limit: u64,
) -> std::io::Result<Option<Zeroizing<Vec<u8>>>> {
	let len = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
	let mut bytes = Zeroizing::new(Vec::with_capacity(len(expected.min(limit)).saturating_add(1)));
	let mut chunk = Zeroizing::new([0; 16 * 1024]);
	loop {
		let count = source.read(&mut chunk[..])?;
		if count == 0 {
			return Ok(Some(bytes));
		}
		if bytes.len().saturating_add(count) > len(limit) {
			return Ok(None);
		}
		if bytes.capacity() < bytes.len() + count {
			let mut grown = Zeroizing::new(Vec::with_capacity(bytes.capacity() * 2 + count));
			grown.extend_from_slice(&bytes);
			bytes = grown;
		}
		bytes.extend_from_slice(&chunk[..count]);
	}
}
