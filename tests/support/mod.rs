//! What the tests stand on: a database each, a server in the process, and a client that knows the document.

pub mod client;
pub mod collector;
pub mod contract;
pub mod coverage;
pub mod database;
pub mod exceptions;
pub mod exposition;
pub mod factories;
pub mod http2;
pub mod patience;
pub mod process;
pub mod promql;
pub mod proxy;
pub mod raw;
pub mod server;
pub mod services;
pub mod smtp;
mod verdict;

use std::{future::Future, panic::AssertUnwindSafe};

pub use client::{Answer, Client};
pub use database::{Backend, Database};
pub use server::Server;
pub use verdict::judge;

/// Runs each test function on both databases, as `…::NAME::sqlite` and `…::NAME::postgres`.
///
/// A test is `async fn NAME(database: Database)`; the database is its own, migrated, and gone afterwards.
#[macro_export]
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            use $crate::support::{Backend, run};

            #[test]
            fn sqlite() {
                run(Backend::Sqlite, super::$name);
            }

            #[test]
            fn postgres() {
                run(Backend::Postgres, super::$name);
            }
        }
    )+};
}

/// Gives a test its own database, runs it, and removes the database whatever happened.
pub fn run<T>(backend: Backend, test: impl FnOnce(Database) -> T)
where
    T: Future<Output = ()>,
{
    block_on(async {
        let database = Database::migrated(backend).await;
        let outcome = catch_unwind(test(database.clone())).await;
        database.remove().await;
        if let Err(panic) = outcome {
            std::panic::resume_unwind(panic);
        }
    });
}

/// Runs a test on a runtime of its own, with two threads, so that tasks of one test really meet.
pub fn block_on<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let runtime = runtime.expect("a runtime can be built");
    let output = runtime.block_on(test);
    runtime.shutdown_background();
    output
}

async fn catch_unwind<T>(test: impl Future<Output = T>) -> std::thread::Result<T> {
    let mut test = Box::pin(test);
    std::future::poll_fn(move |context| {
        match std::panic::catch_unwind(AssertUnwindSafe(|| test.as_mut().poll(context))) {
            Ok(poll) => poll.map(Ok),
            Err(panic) => std::task::Poll::Ready(Err(panic)),
        }
    })
    .await
}
