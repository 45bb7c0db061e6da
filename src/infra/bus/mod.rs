//! Messages from one instance to all of them, itself included.
//!
//! A message arrives at most once: it may be lost when Redis goes away or a subscriber is slow, and is not sent again.
//! So nothing correct depends on one; a message only makes known at once what everybody finds out a little later anyway.
//! Whoever may have missed some is told so ([`Delivery::Gap`]).

mod memory;
mod shared;

use std::sync::Arc;

use tokio::sync::broadcast::{Receiver, error::RecvError};

use self::{memory::Memory, shared::Shared};
use super::{redis::Redis, shutdown::Shutdown};

/// How messages travel. Clones send and receive on the same bus.
#[derive(Debug, Clone)]
pub enum Bus {
    /// In this process, which is the only instance.
    Memory(Memory),
    /// Through Redis; in this process alone while it is away.
    Redis(Arc<Shared>),
}

/// What a subscriber gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// Somebody said something.
    Message(Message),
    /// Something may have been said and was not heard.
    Gap,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What it is about.
    pub topic: Arc<str>,
    /// What it says; the topic decides how that is written.
    pub payload: Arc<str>,
    /// Whether this instance said it.
    pub is_own: bool,
}

/// What was said on one topic since it was made.
#[derive(Debug)]
pub struct Subscription {
    topic: &'static str,
    deliveries: Receiver<Delivery>,
}

impl Bus {
    /// A bus for one instance.
    #[must_use]
    pub fn memory() -> Self {
        Self::Memory(Memory::default())
    }

    /// A bus for all instances at one Redis. `instance` names this one among them.
    #[must_use]
    pub fn redis(redis: Redis, instance: String) -> Self {
        Self::Redis(Arc::new(Shared::new(redis, instance)))
    }

    /// Says something: at once in this process, and to the others as soon as may be. Never waits.
    pub fn publish(&self, topic: &'static str, payload: &str) {
        match self {
            Self::Memory(memory) => memory.publish(topic, payload),
            Self::Redis(shared) => shared.publish(topic, payload),
        }
    }

    /// Listens to a topic from now on.
    #[must_use]
    pub fn subscribe(&self, topic: &'static str) -> Subscription {
        let memory = match self {
            Self::Memory(memory) => memory,
            Self::Redis(shared) => shared.memory(),
        };
        Subscription {
            topic,
            deliveries: memory.deliveries(),
        }
    }

    /// Waits until what was said before is on its way, but not for long. For the end of the server.
    pub async fn flush(&self) {
        if let Self::Redis(shared) = self {
            shared.flush().await;
        }
    }

    /// Carries messages between this process and Redis until the server stops.
    pub async fn run(self, shutdown: Shutdown) {
        match self {
            Self::Memory(_) => {}
            Self::Redis(shared) => tokio::select! {
                () = shutdown.wait() => {}
                () = shared.carry() => {}
            },
        }
    }
}

impl Subscription {
    /// Waits for the next message of the topic. `None` when the bus is gone.
    pub async fn next(&mut self) -> Option<Delivery> {
        loop {
            match self.deliveries.recv().await {
                Ok(Delivery::Message(message)) if &*message.topic != self.topic => {}
                Ok(delivery) => return Some(delivery),
                Err(RecvError::Lagged(_)) => return Some(Delivery::Gap),
                Err(RecvError::Closed) => return None,
            }
        }
    }
}
