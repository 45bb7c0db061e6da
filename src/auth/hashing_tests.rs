//! The hasher agrees with a second implementation, answers alike for unknown accounts, and stays bounded.

use argon2::PasswordVerifier as _;
use argon2::password_hash::phc::PasswordHash;

use super::*;

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn cheap() -> PasswordHasher {
    PasswordHasher::new(PasswordSettings::cheapest()).unwrap()
}

#[tokio::test]
async fn a_password_verifies_against_its_own_hash_only() {
    let hasher = cheap();
    let stored = hasher.hash(secret("gr8-wolf")).await.unwrap();

    let right = hasher
        .verify(secret("gr8-wolf"), Some(stored.clone()))
        .await
        .unwrap();
    let wrong = hasher
        .verify(secret("gr8-wolg"), Some(stored))
        .await
        .unwrap();

    assert_eq!((right, wrong), (Verdict::Right, Verdict::Wrong));
}

#[tokio::test]
async fn an_account_without_a_password_is_wrong_even_for_the_dummy() {
    let verdict = cheap().verify(secret("no account"), None).await.unwrap();

    assert_eq!(verdict, Verdict::Wrong);
}

#[tokio::test]
async fn a_hash_of_older_parameters_is_right_but_outdated() {
    let stored = cheap().hash(secret("gr8-wolf")).await.unwrap();
    let dearer = PasswordSettings {
        passes: 2,
        ..PasswordSettings::cheapest()
    };

    let verdict = PasswordHasher::new(dearer)
        .unwrap()
        .verify(secret("gr8-wolf"), Some(stored))
        .await
        .unwrap();

    assert_eq!(verdict, Verdict::RightButOutdated);
}

#[tokio::test]
async fn two_implementations_of_argon2id_agree() {
    for (memory_kib, passes) in [(8, 1), (64, 3), (1024, 2), (19 * 1024, 2)] {
        let settings = PasswordSettings {
            memory_kib,
            passes,
            threads: 1,
        };
        let stored = PasswordHasher::new(settings)
            .unwrap()
            .hash(secret("gr8-wölf"))
            .await
            .unwrap();

        let parsed = PasswordHash::new(&stored).unwrap();
        assert!(
            argon2::Argon2::default()
                .verify_password("gr8-wölf".as_bytes(), &parsed)
                .is_ok(),
            "{stored}"
        );
        assert!(
            argon2::Argon2::default()
                .verify_password(b"gr8-wolf", &parsed)
                .is_err(),
            "{stored}"
        );
    }
}

#[tokio::test]
async fn a_long_password_is_not_cut_off() {
    let hasher = cheap();
    let long = "x".repeat(127);
    let stored = hasher.hash(secret(&format!("{long}a"))).await.unwrap();

    let verdict = hasher
        .verify(secret(&format!("{long}b")), Some(stored))
        .await
        .unwrap();

    assert_eq!(verdict, Verdict::Wrong);
}

#[tokio::test]
async fn a_stored_hash_that_asks_for_too_much_memory_is_an_error_not_an_outage() {
    let forged =
        "$argon2id$v=19$m=4294967295,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAA";

    let outcome = cheap()
        .verify(secret("gr8-wolf"), Some(forged.to_owned()))
        .await;

    assert!(
        matches!(outcome, Err(HashingError::Argon2(_))),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn the_memory_of_a_hash_is_used_again_and_bounded_by_the_threads() {
    let hasher = PasswordHasher::new(PasswordSettings {
        threads: 2,
        ..PasswordSettings::cheapest()
    })
    .unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let hasher = hasher.clone();
        tasks.spawn(async move { hasher.hash(secret("gr8-wolf")).await });
    }
    while let Some(outcome) = tasks.join_next().await {
        outcome.unwrap().unwrap();
    }

    assert!(hasher.0.idle.lock().unwrap().len() <= 2);
}

#[tokio::test]
async fn a_full_queue_is_answered_at_once() {
    let hasher = cheap();
    let seats = hasher.0.seats.available_permits();
    let _taken = hasher
        .0
        .seats
        .try_acquire_many(u32::try_from(seats).unwrap())
        .unwrap();

    let outcome = hasher.hash(secret("gr8-wolf")).await;

    assert!(
        matches!(outcome, Err(HashingError::Overloaded)),
        "{outcome:?}"
    );
}

/// Prints what a hash costs here; figures belong into benchmarks, so nothing is asserted.
#[tokio::test]
#[ignore = "a measurement: cargo test -p waybill -- --ignored --nocapture the_cost"]
async fn the_cost_of_a_hash() {
    let hasher = PasswordHasher::new(PasswordSettings::default()).unwrap();
    let mut times = Vec::new();
    for _ in 0..40 {
        let start = std::time::Instant::now();
        hasher.hash(secret("gr8-wolf")).await.unwrap();
        times.push(start.elapsed());
    }
    times.sort();
    eprintln!("median {:?}, least {:?}", times.get(20), times.first());
}
