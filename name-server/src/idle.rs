//! The connections on which nobody is being answered. Where there is no room for one more, the one that
//! has been idle for longest makes it: whoever holds all of them keeps nobody out.

use futures::future::{AbortHandle, AbortRegistration, Abortable};
use std::{
	collections::BTreeMap,
	future::Future,
	sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Notify;

/// All of them.
#[derive(Default)]
pub struct Idle {
	queue: Mutex<Queue>,
	/// One that was busy has become idle.
	came: Notify,
}

/// By when they became idle.
#[derive(Default)]
struct Queue {
	next: u64,
	idle: BTreeMap<u64, AbortHandle>,
}

impl Idle {
	/// Cuts off the one that has been idle for longest, as soon as there is one.
	pub async fn cut_off_oldest(&self) {
		loop {
			if let Some((_, oldest)) = self.queue().idle.pop_first() {
				return oldest.abort();
			}
			self.came.notified().await;
		}
	}

	fn queue(&self) -> MutexGuard<'_, Queue> {
		self.queue.lock().unwrap_or_else(PoisonError::into_inner)
	}
}

/// A connection, idle until something is asked.
pub struct Turn {
	all: Arc<Idle>,
	handle: AbortHandle,
	place: Mutex<Option<u64>>,
}

impl Turn {
	/// One that begins, and what [`Self::drive`] needs of it.
	pub fn new(all: Arc<Idle>) -> (Arc<Self>, AbortRegistration) {
		let (handle, registration) = AbortHandle::new_pair();
		let turn = Self { all, handle, place: Mutex::default() };
		turn.rest();
		(Arc::new(turn), registration)
	}

	/// Runs a connection until it ends or is cut off.
	pub async fn drive(registration: AbortRegistration, connection: impl Future<Output = ()>) {
		// Either end is one.
		let _ = Abortable::new(connection, registration).await;
	}

	/// Answers a request, and is not cut off meanwhile. An answer that is there and still being sent
	/// counts as idleness: it is up to the client how long that takes.
	pub async fn answer<T>(&self, answer: impl Future<Output = T>) -> T {
		self.leave();
		let answer = answer.await;
		self.rest();
		answer
	}

	fn rest(&self) {
		let place = {
			let mut queue = self.all.queue();
			let place = queue.next;
			queue.next = place.saturating_add(1);
			queue.idle.insert(place, self.handle.clone());
			place
		};
		*self.place() = Some(place);
		self.all.came.notify_one();
	}

	fn leave(&self) {
		let place = self.place().take();
		if let Some(place) = place {
			self.all.queue().idle.remove(&place);
		}
	}

	fn place(&self) -> MutexGuard<'_, Option<u64>> {
		self.place.lock().unwrap_or_else(PoisonError::into_inner)
	}
}

impl Drop for Turn {
	fn drop(&mut self) {
		self.leave();
	}
}
