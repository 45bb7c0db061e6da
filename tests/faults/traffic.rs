//! Many customers with two devices each, at work while things fail.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use rand::{SeedableRng as _, rngs::StdRng};
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{Instant, sleep},
};

use crate::{
    journal::Account,
    parameters::{PATIENCE, seed},
    shopper::Shopper,
    stage::Stage,
    support::factories::register,
};

const CUSTOMERS: u64 = 4;
const DEVICES: u64 = 2;

/// Shoppers at work.
pub struct Traffic {
    pub accounts: Vec<Arc<Account>>,
    devices: Vec<JoinHandle<Shopper>>,
    stop: watch::Sender<bool>,
}

impl Traffic {
    /// Registers customers and lets them shop.
    pub async fn start(stage: &Stage) -> Self {
        let (stop, stopped) = watch::channel(false);
        let mut traffic = Self {
            accounts: Vec::new(),
            devices: Vec::new(),
            stop,
        };
        for customer in 0..CUSTOMERS {
            let (email, _) = register(&stage.client()).await;
            let account = Arc::new(Account::new(email));
            traffic.accounts.push(Arc::clone(&account));
            for device in 0..DEVICES {
                let number = customer * DEVICES + device;
                let shopper = Shopper::new(
                    Arc::clone(&account),
                    Arc::clone(&stage.products),
                    stage.doors.clone(),
                    StdRng::seed_from_u64(seed().wrapping_mul(1_000).wrapping_add(number)),
                    format!("device-{number}"),
                );
                let shopper = shopper.await;
                let stopped = stopped.clone();
                traffic.devices.push(tokio::spawn(shopper.shop(stopped)));
            }
        }
        traffic
    }

    /// How many wishes were acknowledged so far.
    pub fn acknowledged(&self) -> u64 {
        let accounts = self.accounts.iter();
        let counts = accounts.map(|account| account.acknowledged.load(Ordering::Relaxed));
        counts.sum()
    }

    /// How many attempts had to be repeated so far.
    pub fn disturbed(&self) -> u64 {
        let accounts = self.accounts.iter();
        let counts = accounts.map(|account| account.disturbed.load(Ordering::Relaxed));
        counts.sum()
    }

    /// Waits until so many more wishes are acknowledged; answers how long that took.
    pub async fn until_more(&self, wishes: u64) -> Duration {
        let goal = self.acknowledged() + wishes;
        let started = Instant::now();
        while self.acknowledged() < goal {
            // A device that failed its expectations speaks when it is waited for.
            if self.devices.iter().any(JoinHandle::is_finished) {
                break;
            }
            let waited = started.elapsed();
            assert!(waited < PATIENCE, "nothing is acknowledged any more");
            sleep(Duration::from_millis(5)).await;
        }
        started.elapsed()
    }

    /// Lets everybody bring to an end what was begun; answers the devices.
    pub async fn finish(self) -> Vec<Shopper> {
        self.stop.send_replace(true);
        let mut shoppers = Vec::new();
        for device in self.devices {
            match device.await {
                Ok(shopper) => shoppers.push(shopper),
                Err(failed) => std::panic::resume_unwind(failed.into_panic()),
            }
        }
        shoppers
    }
}
