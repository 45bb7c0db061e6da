//! Messages between instances, on one channel of Redis.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use futures_util::StreamExt as _;
use redis::{Msg, Value};
use serde::{Deserialize, Serialize};
use tokio::{
    sync::{
        mpsc::{Receiver, Sender, channel},
        oneshot,
    },
    time::{interval, sleep, timeout},
};

use super::{Delivery, Message, memory::Memory};
use crate::infra::redis::{Redis, RedisError};

/// Messages that wait to be sent. Beyond them messages are lost, as they are while Redis is away.
const OUTGOING: usize = 1_024;
/// A connection that may have broken unnoticed is asked this often.
const PING: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(1);
/// The end of the server waits no longer than this for the last messages.
const FLUSH: Duration = Duration::from_millis(300);
const RETRY: Duration = Duration::from_millis(200);

/// The bus of several instances.
#[derive(Debug)]
pub struct Shared {
    memory: Memory,
    redis: Redis,
    instance: String,
    channel: String,
    outgoing: Sender<Outgoing>,
    waiting: Mutex<Option<Receiver<Outgoing>>>,
}

/// What waits to be sent.
#[derive(Debug)]
enum Outgoing {
    Letter(String),
    /// Nothing: somebody wants to know when everything before it was sent.
    Flush(oneshot::Sender<()>),
}

/// A message on its way.
#[derive(Serialize)]
struct Letter<'a> {
    from: &'a str,
    topic: &'a str,
    payload: &'a str,
}

impl Shared {
    pub(super) fn new(redis: Redis, instance: String) -> Self {
        let (outgoing, waiting) = channel(OUTGOING);
        Self {
            memory: Memory::default(),
            channel: format!("{}:bus", redis.prefix()),
            redis,
            instance,
            outgoing,
            waiting: Mutex::new(Some(waiting)),
        }
    }

    pub(super) fn memory(&self) -> &Memory {
        &self.memory
    }

    pub(super) fn publish(&self, topic: &str, payload: &str) {
        self.memory.publish(topic, payload);
        let letter = Letter {
            from: &self.instance,
            topic,
            payload,
        };
        // Texts can always be written; a full queue loses the message, as the bus may.
        if let Ok(letter) = serde_json::to_string(&letter) {
            let _ = self.outgoing.try_send(Outgoing::Letter(letter));
        }
    }

    pub(super) async fn flush(&self) {
        let (sent, all_sent) = oneshot::channel();
        if self.outgoing.try_send(Outgoing::Flush(sent)).is_ok() {
            // Whoever does not carry messages does not answer either.
            let _ = timeout(FLUSH, all_sent).await;
        }
    }

    /// Sends and receives, for ever.
    pub(super) async fn carry(&self) {
        let waiting = self
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(waiting) = waiting else { return };
        tokio::join!(self.send(waiting), self.receive());
    }

    async fn send(&self, mut waiting: Receiver<Outgoing>) {
        while let Some(outgoing) = waiting.recv().await {
            let letter = match outgoing {
                Outgoing::Letter(letter) => letter,
                Outgoing::Flush(sent) => {
                    // Nobody minds when the one who asked has gone.
                    let _ = sent.send(());
                    continue;
                }
            };
            let mut publish = redis::cmd("PUBLISH");
            publish.arg(&self.channel).arg(letter);
            // The circuit says in log and metrics when Redis is away.
            let _ = self.redis.call::<Value>("publish", &publish).await;
        }
    }

    async fn receive(&self) {
        let mut is_deaf = false;
        loop {
            self.redis.up().await;
            if let Err(error) = self.listen().await {
                if !is_deaf {
                    tracing::warn!(error = %error, "messages of other instances cannot be heard");
                }
                is_deaf = true;
            } else {
                is_deaf = false;
            }
            sleep(RETRY).await;
        }
    }

    /// Hears what others say until the connection breaks.
    async fn listen(&self) -> Result<(), RedisError> {
        let mut receiver = self.redis.receiver().await?;
        in_time(receiver.subscribe(&self.channel)).await?;
        let (mut sink, mut messages) = receiver.split();
        // What was said until now was said to others.
        self.memory.deliver(Delivery::Gap);
        let mut pings = interval(PING);
        loop {
            tokio::select! {
                () = self.redis.down() => return Ok(()),
                message = messages.next() => match message {
                    Some(message) => self.pass_on(&message),
                    None => return Ok(()),
                },
                _ = pings.tick() => {
                    in_time(sink.ping::<Value>()).await?;
                }
            }
        }
    }

    /// Delivers a message of another instance; this one's own were delivered when they were sent.
    fn pass_on(&self, message: &Msg) {
        let Ok(letter) = serde_json::from_slice::<Incoming>(message.get_payload_bytes()) else {
            tracing::debug!("a message on the bus is none of ours");
            return;
        };
        if letter.from != self.instance {
            self.memory.deliver(Delivery::Message(Message {
                topic: letter.topic.into(),
                payload: letter.payload.into(),
                is_own: false,
            }));
        }
    }
}

/// A [`Letter`] that was received: its texts may hold escapes, so they cannot be borrowed.
#[derive(Deserialize)]
struct Incoming {
    from: String,
    topic: String,
    payload: String,
}

async fn in_time<T>(answer: impl Future<Output = redis::RedisResult<T>>) -> Result<T, RedisError> {
    let answer = timeout(PATIENCE, answer).await;
    Ok(answer.map_err(|_| RedisError::TimedOut(PATIENCE))??)
}
