//! Puts the commit into the version. The environment variable `JNS_COMMIT` names it where there is
//! no repository; without either the version is the package's alone.

use std::{
	path::Path,
	process::{Command, Stdio},
};

/// Digits of a commit's hash, the same on every machine.
const DIGITS: &str = "--short=11";

fn main() {
	println!("cargo:rerun-if-env-changed=JNS_COMMIT");
	println!("cargo:rerun-if-changed=build.rs");
	// The log of HEAD grows with each commit and checkout. A file that is missing would count as
	// changed each time.
	for file in ["HEAD", "logs/HEAD"] {
		let path = git(&["rev-parse", "--git-path", file]);
		if let Some(path) = path.filter(|path| Path::new(path).exists()) {
			println!("cargo:rerun-if-changed={path}");
		}
	}
	let given = std::env::var("JNS_COMMIT").ok().filter(|commit| !commit.is_empty());
	let commit = given.or_else(|| git(&["rev-parse", DIGITS, "HEAD"]));
	let version = env!("CARGO_PKG_VERSION");
	let version = commit.map_or(version.into(), |commit| format!("{version}-{commit}"));
	println!("cargo:rustc-env=JNS_VERSION={version}");
}

/// The answer of git, if there is a git and a repository.
fn git(arguments: &[&str]) -> Option<String> {
	let output = Command::new("git").args(arguments).stderr(Stdio::null()).output().ok()?;
	let answer = String::from_utf8(output.stdout).ok()?;
	Some(answer.trim().to_owned()).filter(|answer| output.status.success() && !answer.is_empty())
}
