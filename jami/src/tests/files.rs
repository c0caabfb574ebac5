use super::*;

#[test]
fn files_with_secrets_that_others_may_read_are_refused() {
	let files = Files::with_key(0)
		.with("archive", LOCKED_ARCHIVE)
		.with("password", ARCHIVE_PASSWORD.as_bytes());
	let chain = Rc::new(Mock::owned_by(0));
	for (file, line) in [
		("pem", "id --pem @pem"),
		("archive", "id --archive @archive --password-file @password"),
		("password", "id --archive @archive --password-file @password"),
		("payer", "release alice --pem @pem --node ws://a --yes --submit --payer-file @payer"),
	] {
		let path = files.path(file);
		let content = std::fs::read(&path).unwrap();
		for mode in [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o644, 0o777] {
			files.write(file, &content, mode);
			let message = files.fails(line, Some(&chain));
			assert!(message.contains(&format!("chmod 600 {}", path.display())), "{message}");
		}
		files.write(file, &content, 0o400);
		files.works(line, Some(&chain));
		files.write(file, &content, 0o600);
	}
	assert_eq!(chain.sent.borrow().len(), 1);
}

#[test]
fn files_that_are_none_are_refused() {
	let files = Files::new().with("long", &[b'a'; 70_000]);
	std::fs::create_dir(files.path("folder")).unwrap();
	for (file, part) in
		[("missing", "cannot read"), ("folder", "not a regular file"), ("long", "longer than")]
	{
		let message = files.fails(&format!("id --pem @{file}"), None);
		assert!(message.contains(part), "{message}");
	}
	let archive = files.with("archive", LOCKED_ARCHIVE);
	for content in [&b""[..], b"\n", b"two\nlines", b"\xff"] {
		archive.write("password", content, 0o600);
		let message = archive.fails("id --archive @archive --password-file @password", None);
		assert!(message.contains("one line of text"), "{message}");
	}
}

#[test]
fn an_archive_opens_by_a_password_from_a_file() {
	let files = Files::new().with("archive", LOCKED_ARCHIVE);
	for end in ["", "\n", "\r\n"] {
		let files = &files;
		files.write("password", format!("{ARCHIVE_PASSWORD}{end}").as_bytes(), 0o600);
		let ran = files.works("id --archive @archive --password-file @password", None);
		assert_eq!(ran.output, "4825d5766497d8f4777eaed384cf7f5aa073521d\n");
	}
	let message = files.fails("id --archive @archive", None);
	assert!(message.contains("--password-file"), "{message}");
}
