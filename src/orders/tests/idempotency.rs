//! Keys of payments: a refusal is an answer that is kept too, and a key belongs to one request at a time.

use std::time::Duration;

use super::{benches, fund, key, orders, pay, place, product, render_paid};
use crate::domain::{CursorKey, Role};
use crate::idempotency::{IdempotencyError, Once, Outcome};
use crate::orders::OrderError;
use openapi_runtime::IdempotencyKey;

#[tokio::test]
async fn a_refusal_is_stored_and_replayed_and_the_attempt_is_on_record() {
    for bench in benches().await {
        let user = bench.user(Role::Member).await;
        fund(&bench, user, 1_000).await;
        let lamp = product(&bench, "LAMP", 1_000, 5).await;
        let first = place(&bench, user, &lamp, 1).await.unwrap();
        let second = place(&bench, user, &lamp, 1).await.unwrap();
        pay(&bench, user, first.id, "one").await.unwrap();
        assert!(matches!(
            pay(&bench, user, second.id, "two").await,
            Err(OrderError::InsufficientFunds)
        ));
        fund(&bench, user, 1_000).await;
        let replay = pay(&bench, user, second.id, "two").await.unwrap();
        assert!(matches!(replay, Outcome::Replayed(stored) if stored.status == 402));
        pay(&bench, user, second.id, "three").await.unwrap();

        let other = IdempotencyKey {
            key: "one".to_owned(),
            fingerprint: [8; 32],
        };
        let once = Once {
            key: &other,
            render: &render_paid,
        };
        let reused = orders(&bench)
            .pay(&bench.as_user(user, Role::Member), user, first.id, once)
            .await;
        assert!(matches!(
            reused,
            Err(OrderError::Idempotency(IdempotencyError::Reused))
        ));

        let audit = crate::audit::Audit {
            db: bench.db.clone(),
            cursors: CursorKey::new(b"test"),
        };
        let filter = crate::audit::AuditFilter {
            action: Some("order.payment_failed".to_owned()),
            entity_id: Some(second.id.to_string()),
            ..Default::default()
        };
        assert_eq!(audit.list(&filter, None, 10).await.unwrap().items.len(), 1);

        bench.clock.advance(Duration::from_hours(24));
        assert!(
            crate::idempotency::purge_expired(&bench.db, bench.clock.now())
                .await
                .unwrap()
                >= 4
        );
    }
}

#[tokio::test]
async fn a_key_whose_request_still_runs_is_in_use() {
    for bench in benches().await {
        let user = bench.user(Role::Member).await;
        let ctx = bench.as_user(user, Role::Member);
        let (key, ttl) = (key("slow"), Duration::from_mins(1));
        let running = crate::idempotency::begin(&bench.db, &ctx, ttl, Some(&key))
            .await
            .unwrap();
        let other = bench.impatient_db().await;
        let Err(error) = crate::idempotency::begin(&other, &ctx, ttl, Some(&key)).await else {
            panic!("two requests run with one key")
        };
        // SQLite has one writer, so there the second one cannot even ask for its key.
        let expected = match bench.db.name() {
            "postgres" => "IDEMPOTENCY_KEY_IN_USE",
            _ => "SERVICE_UNAVAILABLE",
        };
        assert_eq!(error.code(), expected);
        drop(running);
        let begun = crate::idempotency::begin(&other, &ctx, ttl, Some(&key)).await;
        assert!(matches!(
            begun,
            Ok(crate::idempotency::Begun::Run(_, Some(_)))
        ));
    }
}
