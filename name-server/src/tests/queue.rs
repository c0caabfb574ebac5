//! Registrations on their way into the chain.

use super::{chain::TestChain, server::*};
use jns_primitives::test_support::Registration;
use tokio::task::JoinHandle;

async fn all_registered(posted: Vec<JoinHandle<Reply>>) {
	for reply in posted {
		assert_eq!(reply.await.unwrap().status, 200);
	}
}

/// The nonces that were used, each in how many transactions.
fn nonces(chain: &TestChain) -> Vec<u32> {
	chain.submitted().into_iter().map(|(nonce, _)| nonce).collect()
}

#[tokio::test]
async fn identical_posts_at_once_cost_one_transaction() {
	let server = Server::start().await;
	server.ready().await;
	let registration = &different(1)[0];
	let posted: Vec<_> = (0..20).map(|_| server.register(registration)).collect();
	server.chain.until_submitted(1).await;
	// Every post has come in: only then can one see that there is no second transaction.
	server.until_waiting(20).await;
	server.chain.author_and_finalize();
	all_registered(posted).await;
	assert_eq!(server.chain.submitted(), [(0, 1)]);
}

#[tokio::test]
async fn a_long_queue_goes_in_batches() {
	let server = Server::with(|options| options.per_minute = 1_000).await;
	server.ready().await;
	server.chain.fill_pool(true);
	let registrations = jns_primitives::test_support::identities::identities(150);
	let posted: Vec<_> = registrations.iter().map(|r| server.register(r)).collect();
	server.until_waiting(150).await;
	server.chain.fill_pool(false);
	// The next block is when it is tried again.
	server.chain.author_empty();
	server.chain.until_submitted(3).await;
	assert_eq!(server.chain.submitted(), [(0, 64), (1, 64), (2, 22)]);
	server.chain.author_and_finalize();
	all_registered(posted).await;
}

#[tokio::test]
async fn two_that_want_one_name_are_sent_one_after_the_other() {
	let server = Server::start().await;
	server.ready().await;
	let keys = jns_primitives::test_support::identities::small_test_keys(2);
	let [first, second] = [0, 1].map(|n| keys[n].registration(b"alice".to_vec()));
	let won = server.register(&first);
	server.chain.until_submitted(1).await;
	let lost = server.register(&second);
	server.until_waiting(2).await;
	server.chain.author_and_finalize();
	assert_eq!(won.await.unwrap().status, 200);
	assert_eq!(lost.await.unwrap().status, 403);
	assert_eq!(server.chain.submitted().len(), 1);
}

async fn one_under_way() -> (Server, Registration, JoinHandle<Reply>) {
	let server = Server::start().await;
	server.ready().await;
	let registration = different(1).remove(0);
	let posted = server.register(&registration);
	server.chain.until_submitted(1).await;
	(server, registration, posted)
}

#[tokio::test]
async fn a_transaction_that_the_pool_loses_is_sent_again() {
	let (server, _, posted) = one_under_way().await;
	server.chain.lose_pool();
	server.chain.until_submitted(2).await;
	server.chain.author_and_finalize();
	all_registered(vec![posted]).await;
	assert_eq!(nonces(&server.chain), [0, 0]);
}

#[tokio::test]
async fn a_nonce_that_somebody_else_used_is_not_waited_for() {
	let (server, _, posted) = one_under_way().await;
	server.chain.use_nonce();
	server.chain.finalize();
	server.chain.until_submitted(2).await;
	server.chain.author_and_finalize();
	all_registered(vec![posted]).await;
	assert_eq!(nonces(&server.chain), [0, 1]);
}

#[tokio::test]
async fn a_transaction_whose_era_expires_is_sent_again() {
	let (server, _, posted) = one_under_way().await;
	for _ in 0..40 {
		server.chain.author_empty();
	}
	server.chain.until_submitted(2).await;
	server.chain.author_and_finalize();
	all_registered(vec![posted]).await;
}

#[tokio::test]
async fn what_a_reorganisation_takes_back_is_registered_all_the_same() {
	let (server, _, posted) = one_under_way().await;
	server.chain.author();
	// The pool does not give it back: the worst that can be.
	server.chain.lose_pool();
	server.chain.reorganize();
	server.chain.until_submitted(2).await;
	assert_eq!(nonces(&server.chain), [0, 0]);
	server.chain.author_and_finalize();
	all_registered(vec![posted]).await;
}

#[tokio::test]
async fn a_full_pool_is_waited_for() {
	let server = Server::start().await;
	server.ready().await;
	server.chain.fill_pool(true);
	let posted = server.register(&different(1)[0]);
	server.until_waiting(1).await;
	server.chain.author_empty();
	server.chain.fill_pool(false);
	server.chain.author_empty();
	server.chain.until_submitted(1).await;
	server.chain.author_and_finalize();
	all_registered(vec![posted]).await;
}

#[tokio::test]
async fn a_full_queue_takes_no_more() {
	let server = Server::with(|options| options.queue = 3).await;
	server.ready().await;
	let registrations = different(4);
	let posted: Vec<_> = registrations[..3].iter().map(|r| server.register(r)).collect();
	server.chain.until_submitted(3).await;
	assert!(server.register(&registrations[3]).await.unwrap().is_later());
	server.chain.author_and_finalize();
	all_registered(posted).await;
}

#[tokio::test]
async fn what_was_under_way_when_the_server_was_killed_is_sent_again() {
	let (server, registration, _) = one_under_way().await;
	let (chain, folder) = server.kill().await;
	// Nothing of it has come into a block, and the pool is lost with the process.
	chain.lose_pool();
	let server = Server::on(chain, folder, |_| ()).await;
	server.chain.until_submitted(2).await;
	let posted = server.register(&registration);
	server.chain.author_and_finalize();
	all_registered(vec![posted]).await;
	assert_eq!(server.chain.submitted().len(), 2);
}

#[tokio::test]
async fn what_was_acknowledged_and_lost_with_the_disk_comes_back_before_anything_is_served() {
	let (server, _, posted) = one_under_way().await;
	server.chain.author_and_finalize();
	all_registered(vec![posted]).await;
	let (chain, folder) = server.kill().await;
	// The newest blocks were not on the disk.
	chain.forget("name-0");
	chain.finalize();

	let server = Server::on(chain, folder, |_| ()).await;
	server.chain.until_submitted(2).await;
	assert!(server.get("/name/name-0").await.is_later());
	assert!(server.get("/name/nobody").await.is_later());
	server.chain.author_and_finalize();
	server.ready().await;
	assert_eq!(server.get("/name/name-0").await.status, 200);
}

#[tokio::test]
async fn the_journal_forgets_what_has_been_final_for_long() {
	let (server, _, posted) = one_under_way().await;
	server.chain.author_and_finalize();
	all_registered(vec![posted]).await;
	for _ in 0..130 {
		server.chain.author_and_finalize();
	}
	// The server has seen the last of them when it answers by it.
	let last = different(2).remove(1);
	let posted = server.register(&last);
	server.chain.until_submitted(2).await;
	server.chain.author_and_finalize();
	all_registered(vec![posted]).await;
	let (chain, folder) = server.kill().await;
	let path = folder.path().join("journal");
	let (_, kept) = crate::journal::Journal::open(&path, crate::Chain::genesis(&*chain)).unwrap();
	let names: Vec<_> = kept.entries.into_iter().map(|entry| entry.registration.name).collect();
	assert_eq!(names, [last.name]);
}

#[tokio::test]
async fn what_waits_for_long_tips_more_each_time_up_to_a_bound() {
	let (server, _, posted) = one_under_way().await;
	let tips = [0, 1, 2, 4, 8, 16].map(|milli| milli * jns_primitives::MILLI_JNS);
	for sent in 2..=tips.len() {
		for _ in 0..4 {
			server.chain.author_empty();
		}
		server.chain.until_submitted(sent).await;
	}
	for _ in 0..8 {
		server.chain.author_empty();
	}
	server.chain.author_and_finalize();
	all_registered(vec![posted]).await;
	assert_eq!(server.chain.tips(), tips);
	// Each took the place of the one before.
	assert_eq!(nonces(&server.chain), [0; 6]);
}
