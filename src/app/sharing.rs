//! What ties this instance to the others while it serves: Redis, messages, the shared cache.

use std::time::Duration;

use super::Api;
use crate::infra::{shutdown::Shutdown, tasks::Tasks};

/// The exchange with the other instances. It outlives the last request, which may have changed something.
pub(super) struct Sharing {
    tasks: Tasks,
    over: Shutdown,
}

impl Sharing {
    /// Connects to Redis, when there is one, and begins to listen to the others.
    pub(super) async fn begin(api: &Api) -> Self {
        let over = Shutdown::default();
        let tasks = Tasks::new(over.clone());
        if let Some(redis) = &api.redis {
            redis.connect().await;
            tasks.run(redis.clone().watch(over.clone()));
        }
        tasks.run(api.bus.clone().run(over.clone()));
        tasks.run(api.cache.clone().run(over.clone()));
        tasks.run(api.auth.cache.clone().run(over.clone()));
        Self { tasks, over }
    }

    /// Makes known what was changed last, and ends.
    pub(super) async fn end(self, api: &Api, patience: Duration) {
        api.cache.flush().await;
        api.bus.flush().await;
        self.over.begin();
        self.tasks.finish(patience).await;
    }
}
