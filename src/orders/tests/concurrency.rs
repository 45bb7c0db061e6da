//! What holds when everybody comes at once: a payment is charged once, a wallet is not overdrawn, stock is not oversold.

use std::sync::Arc;

use super::{
    assert_books_balance, at_once, balance, benches, fund, pay, place, product, products,
    render_paid,
};
use crate::domain::Role;
use crate::idempotency::Outcome;
use crate::orders::OrderError;

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_pays_with_a_hundred_keys_charge_once() {
    for bench in benches().await {
        let user = bench.user(Role::Member).await;
        fund(&bench, user, 100_000).await;
        let lamp = product(&bench, "LAMP", 1_000, 5).await;
        let order = place(&bench, user, &lamp, 2).await.unwrap();
        let results = at_once(100, |index| {
            let bench = Arc::clone(&bench);
            async move { pay(&bench, user, order.id, &format!("key-{index}")).await }
        })
        .await;
        let paid = results.iter().filter(|result| result.is_ok()).count();
        let refused = results
            .iter()
            .filter(|result| matches!(result, Err(OrderError::AlreadyPaid)))
            .count();
        assert_eq!((paid, refused), (1, 99), "{}", bench.db.name());
        assert_eq!(balance(&bench, user).await, 98_000);
        assert_books_balance(&bench).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_pays_with_one_key_run_once_and_are_answered_alike() {
    for bench in benches().await {
        let user = bench.user(Role::Member).await;
        fund(&bench, user, 100_000).await;
        let lamp = product(&bench, "LAMP", 1_000, 5).await;
        let order = place(&bench, user, &lamp, 1).await.unwrap();
        let results = at_once(100, |_| {
            let bench = Arc::clone(&bench);
            async move { pay(&bench, user, order.id, "one").await.unwrap() }
        })
        .await;
        let mut bodies = Vec::new();
        let mut runs = 0;
        for result in results {
            match result {
                Outcome::Done(paid) => {
                    runs += 1;
                    bodies.push(render_paid(Ok(&paid)).body);
                }
                Outcome::Replayed(stored) => bodies.push(stored.body),
            }
        }
        bodies.dedup();
        assert_eq!((runs, bodies.len()), (1, 1), "{}", bench.db.name());
        assert_eq!(balance(&bench, user).await, 99_000);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wallet_for_ten_orders_pays_exactly_ten_of_fifty() {
    for bench in benches().await {
        let user = bench.user(Role::Member).await;
        fund(&bench, user, 10_000).await;
        let lamp = product(&bench, "LAMP", 1_000, 100).await;
        let mut placed = Vec::new();
        for _ in 0..50 {
            placed.push(place(&bench, user, &lamp, 1).await.unwrap().id);
        }
        let results = at_once(50, |index| {
            let (bench, order) = (Arc::clone(&bench), placed[index]);
            async move {
                let result = pay(&bench, user, order, &format!("key-{index}")).await;
                assert_books_balance(&bench).await;
                result
            }
        })
        .await;
        let paid = results.iter().filter(|result| result.is_ok()).count();
        let refused = results
            .iter()
            .filter(|result| matches!(result, Err(OrderError::InsufficientFunds)))
            .count();
        assert_eq!((paid, refused), (10, 40), "{}", bench.db.name());
        assert_eq!(balance(&bench, user).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_units_are_sold_exactly_ten_times_to_two_hundred() {
    for bench in benches().await {
        let lamp = product(&bench, "LAMP", 1_000, 10).await;
        let mut users = Vec::new();
        for _ in 0..20 {
            let user = bench.user(Role::Member).await;
            fund(&bench, user, 100_000).await;
            users.push(user);
        }
        let results = at_once(200, |index| {
            let (bench, user, lamp) = (Arc::clone(&bench), users[index % 20], lamp.clone());
            async move { place(&bench, user, &lamp, 1).await }
        })
        .await;
        let placed = results.iter().filter(|result| result.is_ok()).count();
        let refused = results
            .iter()
            .filter(|result| matches!(result, Err(OrderError::OutOfStock { available: 0 })))
            .count();
        assert_eq!((placed, refused), (10, 190), "{}", bench.db.name());
        let product = products(&bench).get(lamp.id).await.unwrap();
        assert_eq!(
            (product.on_hand, product.reserved, product.stock()),
            (10, 10, 0)
        );
        assert_books_balance(&bench).await;
    }
}
