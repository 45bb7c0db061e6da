//! Hashes and verifies passwords with argon2id, a bounded number at a time.
//!
//! A hash costs 19 MiB and some 5 ms of a core by design, so hundreds at once would take the memory and the
//! cores of everything else. At most one hash per core runs, each on memory blocks that are kept between hashes
//! (two cores: 38 MiB resident, no page faults); a short queue waits, and beyond it callers hear
//! [`HashingError::Overloaded`] at once.
//!
//! `argon2-rust` and not `RustCrypto`'s `argon2` hashes: the latter's portable builds reach AVX2 only through
//! what LLVM makes of a scalar loop (it vectorises across rows and spends its time gathering them), 14 ms on the
//! machine where the former, choosing AVX-512, AVX2, SSE2 or NEON at run time, takes 5 ms. A test holds the
//! two to the same answers, and [`PasswordHasher::new`] refuses to start when a known answer comes out wrong.

use std::sync::{Arc, Mutex, PoisonError};

use argon2_rust::params::Memory;
use argon2_rust::{Algorithm, Argon2, Hasher, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many callers may wait for their turn, per thread that hashes: some 0.6 s of waiting.
const WAITING_PER_THREAD: usize = 128;
/// The dearest stored hash that is still verified; a bound against a forged row, generous for older parameters.
const CEILING: (u32, u32, u32) = (256 * 1024, 16, 8);
/// argon2id, version 19, 64 KiB, one pass, one lane, 32 bytes over "password" and "somesaltsomesalt".
const KNOWN_ANSWER: &str = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$55PWTvddWPUD1GMbKxSff4ASfF85k9ibHJt4HlHQtBM";

/// What a hash costs. Chosen by the composition root: tests pass cheap ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordSettings {
    /// Memory of one hash in KiB.
    pub memory_kib: u32,
    /// Passes over that memory.
    pub passes: u32,
    /// How many hashes run at the same time; also how many memory blocks stay resident.
    pub threads: usize,
}

impl Default for PasswordSettings {
    /// 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet), a thread per core.
    fn default() -> Self {
        Self {
            memory_kib: 19 * 1024,
            passes: 2,
            threads: cores(),
        }
    }
}

impl PasswordSettings {
    /// The cheapest parameters that argon2id allows; for tests, never for real passwords.
    #[must_use]
    pub fn cheapest() -> Self {
        Self {
            memory_kib: 8,
            passes: 1,
            threads: cores(),
        }
    }
}

/// Why a password could be neither hashed nor verified; never because it was wrong.
#[derive(Debug, thiserror::Error)]
pub enum HashingError {
    /// The parameters are outside what argon2id allows, or the memory cannot be had.
    #[error("argon2id failed")]
    Argon2(#[source] argon2_rust::Error),
    /// This processor computes a wrong hash; nothing may be stored or compared with it.
    #[error("argon2id answers a known question wrongly on this processor")]
    WrongAnswer,
    /// Too many are waiting already; worth another try in a second.
    #[error("too many passwords are being hashed")]
    Overloaded,
    /// The thread that hashed broke off.
    #[error("the hashing thread broke off")]
    Thread(#[source] tokio::task::JoinError),
}

/// What verifying a password said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Not this password, or there is none to compare with.
    Wrong,
    /// This password, stored with the present parameters.
    Right,
    /// This password, stored with other parameters: hash it again while it is known.
    RightButOutdated,
}

/// Hashes passwords; clones share the threads, the queue and the memory.
#[derive(Clone)]
pub struct PasswordHasher(Arc<Shared>);

struct Shared {
    argon2: Argon2,
    prefix: String,
    ceiling: Params,
    running: Arc<Semaphore>,
    seats: Semaphore,
    idle: Mutex<Vec<Hasher>>,
    dummy: String,
}

impl std::fmt::Debug for PasswordHasher {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("PasswordHasher")
            .field("parameters", &self.0.prefix)
            .finish_non_exhaustive()
    }
}

impl PasswordHasher {
    /// Prepares a hasher: checks a known answer and makes the hash that unknown accounts are compared with.
    /// Blocks for the time of one hash.
    ///
    /// # Errors
    /// [`HashingError::Argon2`] for impossible parameters, [`HashingError::WrongAnswer`] on a faulty processor.
    pub fn new(settings: PasswordSettings) -> Result<Self, HashingError> {
        let params = parameters(settings.memory_kib, settings.passes, 1)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let (memory, passes, lanes) = CEILING;
        let ceiling = parameters(
            memory.max(settings.memory_kib),
            passes.max(settings.passes),
            lanes,
        )?;
        Argon2::verify_encoded(KNOWN_ANSWER, b"password", Algorithm::Argon2id)
            .map_err(|_| HashingError::WrongAnswer)?;
        // Its memory is given back: a server that nobody logs in to does without.
        let mut first = argon2.hasher();
        // Nobody's password: what it is does not matter, for comparing with it is always answered `Wrong`.
        let dummy = first
            .hash_password_with_random_salt(b"no account")
            .map_err(HashingError::Argon2)?;
        drop(first);
        let threads = settings.threads.max(1);
        Ok(Self(Arc::new(Shared {
            argon2,
            prefix: format!(
                "$argon2id$v=19$m={},t={},p=1$",
                settings.memory_kib, settings.passes
            ),
            ceiling,
            running: Arc::new(Semaphore::new(threads)),
            seats: Semaphore::new(threads.saturating_mul(1 + WAITING_PER_THREAD)),
            idle: Mutex::default(),
            dummy,
        })))
    }

    /// Hashes a password with a fresh salt into a PHC string.
    ///
    /// # Errors
    /// [`HashingError::Overloaded`] when the queue is full; anything else is a fault of the machine.
    pub async fn hash(&self, password: SecretString) -> Result<String, HashingError> {
        self.run(move |hasher| {
            hasher
                .hash_password_with_random_salt(password.expose_secret().as_bytes())
                .map_err(HashingError::Argon2)
        })
        .await
    }

    /// Compares a password with a stored hash, or with a dummy when there is none: both take the same time, so
    /// that nobody learns from a clock whether an account exists.
    ///
    /// # Errors
    /// As [`Self::hash`]; a stored text that is no argon2id hash is [`HashingError::Argon2`].
    pub async fn verify(
        &self,
        password: SecretString,
        stored: Option<String>,
    ) -> Result<Verdict, HashingError> {
        let shared = Arc::clone(&self.0);
        self.run(move |hasher| {
            let target = stored.as_deref().unwrap_or(&shared.dummy);
            let password = password.expose_secret().as_bytes();
            match hasher.verify_encoded_bounded(
                target,
                password,
                Algorithm::Argon2id,
                &shared.ceiling,
            ) {
                Ok(()) if stored.is_none() => Ok(Verdict::Wrong),
                Ok(()) if target.starts_with(&shared.prefix) => Ok(Verdict::Right),
                Ok(()) => Ok(Verdict::RightButOutdated),
                Err(argon2_rust::Error::VerifyMismatch) => Ok(Verdict::Wrong),
                Err(error) => Err(HashingError::Argon2(error)),
            }
        })
        .await
    }

    /// Runs `work` on a blocking thread when its turn comes. The permit moves into the thread: a caller that
    /// goes away does not free a place that is still in use.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Hasher) -> Result<T, HashingError> + Send + 'static,
    ) -> Result<T, HashingError> {
        let _seat = self
            .0
            .seats
            .try_acquire()
            .map_err(|_| HashingError::Overloaded)?;
        let permit = Arc::clone(&self.0.running)
            .acquire_owned()
            .await
            .map_err(|_| HashingError::Overloaded)?;
        let shared = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || shared.with_memory(permit, work))
            .await
            .map_err(HashingError::Thread)?
    }
}

impl Shared {
    fn with_memory<T>(
        &self,
        permit: OwnedSemaphorePermit,
        work: impl FnOnce(&mut Hasher) -> Result<T, HashingError>,
    ) -> Result<T, HashingError> {
        let kept = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let mut hasher = kept.unwrap_or_else(|| self.argon2.hasher());
        let outcome = work(&mut hasher);
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(hasher);
        drop(permit);
        outcome
    }
}

fn parameters(memory_kib: u32, passes: u32, lanes: u32) -> Result<Params, HashingError> {
    Params::builder()
        .memory(Memory::kib(u64::from(memory_kib)))
        .passes(passes)
        .lanes(lanes)
        .build()
        .map_err(HashingError::Argon2)
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

#[cfg(test)]
#[path = "hashing_tests.rs"]
mod tests;
