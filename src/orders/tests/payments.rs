//! What a payment leaves behind: the order as it was answered, its payment, and events that name their request.

use super::{assert_books_balance, benches, done, fund, orders, pay, place, product, products};
use crate::domain::Role;
use crate::orders::{Expansion, OrderStatus};

#[tokio::test]
async fn an_order_that_costs_nothing_is_paid_without_moving_money() {
    for bench in benches().await {
        let user = bench.user(Role::Member).await;
        let gift = product(&bench, "GIFT", 0, 5).await;
        let order = place(&bench, user, &gift, 2).await.unwrap();
        let paid = done(pay(&bench, user, order.id, "k").await.unwrap());
        assert_eq!(
            (paid.order.status, paid.payment.amount),
            (OrderStatus::Paid, 0)
        );
        assert_eq!(products(&bench).get(gift.id).await.unwrap().on_hand, 3);
        assert_books_balance(&bench).await;
    }
}

#[tokio::test]
async fn what_a_payment_answers_is_what_is_stored() {
    for bench in benches().await {
        let user = bench.user(Role::Member).await;
        fund(&bench, user, 5_000).await;
        let lamp = product(&bench, "LAMP", 1_000, 5).await;
        let order = place(&bench, user, &lamp, 2).await.unwrap();
        let ctx = bench.as_user(user, Role::Member);
        let stored = orders(&bench)
            .get(&ctx.actor, order.id, &[])
            .await
            .unwrap()
            .order;
        assert_eq!(stored, order);
        let paid = done(pay(&bench, user, order.id, "k").await.unwrap());
        let detail = orders(&bench)
            .get(&ctx.actor, order.id, Expansion::ALL)
            .await
            .unwrap();
        assert_eq!(detail.order, paid.order);
        assert_eq!(detail.payments.unwrap(), [paid.payment]);
        assert_eq!(detail.timeline.unwrap().len(), 2);
    }
}

/// What follows from a request is told which one it was: the event of a new order, and that of a paid one.
#[tokio::test]
async fn events_name_the_request_that_they_follow_from() {
    for bench in benches().await {
        let user = bench.user(Role::Member).await;
        fund(&bench, user, 1_000).await;
        let lamp = product(&bench, "LAMP", 100, 10).await;
        let order = place(&bench, user, &lamp, 1).await.unwrap();
        pay(&bench, user, order.id, "paid").await.unwrap();
        let mut read = bench.db.read().await.unwrap();
        let requests: Vec<Option<String>> = crate::db::on!(&mut read, |c| sqlx::query_scalar(
            "select request_id from outbox where entity_id = $1 order by id"
        )
        .bind(order.id)
        .fetch_all(c)
        .await)
        .unwrap();
        let is_named = |id: &Option<String>| id.as_ref().is_some_and(|id| id.starts_with("req_"));
        assert_eq!(requests.len(), 2);
        assert!(
            requests.iter().all(is_named),
            "{}: {requests:?}",
            bench.db.name()
        );
    }
}
