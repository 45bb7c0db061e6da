//! Messages within this process.

use tokio::sync::broadcast::{Receiver, Sender};

use super::{Delivery, Message};

/// Messages that a slow subscriber may be behind; whoever is further behind gets a gap in their place.
const CAPACITY: usize = 1_024;

/// The subscribers of this process.
#[derive(Debug, Clone)]
pub struct Memory(Sender<Delivery>);

impl Default for Memory {
    fn default() -> Self {
        Self(Sender::new(CAPACITY))
    }
}

impl Memory {
    pub(super) fn publish(&self, topic: &str, payload: &str) {
        self.deliver(Delivery::Message(Message {
            topic: topic.into(),
            payload: payload.into(),
            is_own: true,
        }));
    }

    pub(super) fn deliver(&self, delivery: Delivery) {
        // An error says that nobody listens, which is nobody's problem.
        let _ = self.0.send(delivery);
    }

    pub(super) fn deliveries(&self) -> Receiver<Delivery> {
        self.0.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Bus, Delivery};
    use super::CAPACITY;

    #[tokio::test]
    async fn a_subscriber_hears_its_topic_only() {
        let bus = Bus::memory();
        let mut fruit = bus.subscribe("fruit");
        bus.publish("weather", "rain");
        bus.publish("fruit", "pear");
        let Some(Delivery::Message(message)) = fruit.next().await else {
            panic!("nothing was heard")
        };
        assert_eq!((&*message.payload, message.is_own), ("pear", true));
    }

    #[tokio::test]
    async fn a_slow_subscriber_is_told_what_it_missed() {
        let bus = Bus::memory();
        let mut fruit = bus.subscribe("fruit");
        for _ in 0..=CAPACITY {
            bus.publish("fruit", "pear");
        }
        assert_eq!(fruit.next().await, Some(Delivery::Gap));
        assert!(matches!(fruit.next().await, Some(Delivery::Message(_))));
    }
}
