//! What an operator sees of what goes on.

use super::{server::*, until};
use jns_primitives::JNS;

#[tokio::test]
async fn a_registration_is_seen_on_its_way() {
	let server = Server::with(|options| options.per_day = 10).await;
	server.ready().await;
	let metrics = server.metrics.clone();
	let seen = || {
		[&metrics.queue, &metrics.waiting, &metrics.journal, &metrics.in_flight].map(|it| it.get())
	};
	assert_eq!((seen(), metrics.budget_left.get()), ([0; 4], 10));
	let posted = server.register(&different(1)[0]);
	until("a transaction under way", async || seen() == [1; 4]).await;
	assert_eq!((metrics.submitted.get(), metrics.lost.get()), (1, 0));
	server.chain.lose_pool();
	until("another", async || metrics.submitted.get() == 2).await;
	assert_eq!(metrics.lost.get(), 1);
	server.chain.author_and_finalize();
	assert_eq!(posted.await.unwrap().status, 200);
	// The journal keeps it for some time.
	until("its end", async || seen() == [0, 0, 1, 0]).await;
	assert_eq!(metrics.budget_left.get(), 9);
	assert_eq!(metrics.sponsor_balance.get(), 999_800);

	server.chain.age(std::time::Duration::from_secs(1_000));
	until("old blocks", async || metrics.finality_age.get() >= 1_000).await;
}

#[tokio::test]
async fn money_that_does_not_suffice_is_seen() {
	let server = Server::start().await;
	server.ready().await;
	assert_eq!(server.metrics.exhausted.get(), 0);
	server.chain.money(JNS);
	assert!(server.register(&different(1)[0]).await.unwrap().is_later());
	assert_eq!(server.metrics.exhausted.get(), 1);
	server.chain.finalize();
	until("less money", async || server.metrics.sponsor_balance.get() == 1_000).await;
	server.chain.money(10 * JNS);
	let posted = server.register(&different(1)[0]);
	server.chain.until_submitted(1).await;
	assert_eq!(server.metrics.exhausted.get(), 0);
	server.chain.author_and_finalize();
	assert_eq!(posted.await.unwrap().status, 200);
}

#[tokio::test]
async fn a_budget_that_does_not_suffice_is_seen() {
	let server = Server::with(|options| options.per_day = 1).await;
	server.ready().await;
	let [first, second] = &different(2)[..] else { unreachable!("two were asked for") };
	let posted = server.register(first);
	server.chain.until_submitted(1).await;
	assert_eq!(server.metrics.exhausted.get(), 0);
	assert!(server.register(second).await.unwrap().is_later());
	assert_eq!(server.metrics.exhausted.get(), 1);
	server.chain.author_and_finalize();
	assert_eq!(posted.await.unwrap().status, 200);
}

#[tokio::test]
async fn what_a_restart_lost_is_seen_until_it_is_back() {
	let server = Server::start().await;
	server.ready().await;
	let posted = server.register(&different(1)[0]);
	server.chain.until_submitted(1).await;
	server.chain.author_and_finalize();
	assert_eq!(posted.await.unwrap().status, 200);
	let (chain, folder) = server.kill().await;
	chain.forget("name-0");
	chain.finalize();
	let server = Server::on(chain, folder, |_| ()).await;
	server.chain.until_submitted(2).await;
	until("the loss", async || server.metrics.unrecovered.get() == 1).await;
	server.chain.author_and_finalize();
	server.ready().await;
	assert_eq!(server.metrics.unrecovered.get(), 0);
}
