//! The ways of an order through its statuses: delivered, cancelled, expired, or never approved.

use std::time::Duration;

use super::{
    assert_books_balance, balance, benches, done, fund, orders, pay, place, product, products,
    wallets,
};
use crate::domain::{Feed, Role};
use crate::orders::{Expansion, Order, OrderError, OrderStatus};
use crate::wallets::EntryFilter;

#[tokio::test]
async fn an_order_goes_from_placed_to_delivered_and_leaves_a_timeline() {
    for bench in benches().await {
        let (user, admin) = (
            bench.user(Role::Member).await,
            bench.user(Role::Admin).await,
        );
        fund(&bench, user, 5_000).await;
        let lamp = product(&bench, "LAMP", 1_000, 5).await;
        let order = place(&bench, user, &lamp, 2).await.unwrap();
        assert_eq!((order.status, order.total), (OrderStatus::Pending, 2_000));
        let paid = done(pay(&bench, user, order.id, "k").await.unwrap());
        assert_eq!(
            (paid.order.status, paid.order.version),
            (OrderStatus::Paid, 2)
        );
        let ctx = bench.as_user(admin, Role::Admin);
        let service = orders(&bench);
        for to in [
            OrderStatus::Processing,
            OrderStatus::Shipped,
            OrderStatus::Delivered,
        ] {
            let moved = service
                .change_status(&ctx, order.id, to, Some("on its way"), None, None)
                .await;
            assert_eq!(done(moved.unwrap()).status, to);
        }
        let detail = service
            .get(&ctx.actor, order.id, Expansion::ALL)
            .await
            .unwrap();
        let timeline = detail.timeline.unwrap();
        let statuses: Vec<&str> = timeline.iter().map(|entry| entry.status.as_str()).collect();
        assert_eq!(
            statuses,
            ["PENDING", "PAID", "PROCESSING", "SHIPPED", "DELIVERED"]
        );
        assert_eq!(timeline[2].actor_id, Some(admin));
        assert_eq!(timeline[2].reason.as_deref(), Some("on its way"));
        assert_eq!(detail.payments.unwrap().len(), 1);
        assert_eq!(detail.product.unwrap().stock(), 3);
        let again = service
            .change_status(&ctx, order.id, OrderStatus::Cancelled, None, None, None)
            .await;
        assert!(matches!(again, Err(OrderError::StatusInvalid(_))));
        assert_books_balance(&bench).await;
    }
}

#[tokio::test]
async fn cancelling_a_paid_order_gives_back_money_and_stock() {
    for bench in benches().await {
        let user = bench.user(Role::Member).await;
        fund(&bench, user, 5_000).await;
        let lamp = product(&bench, "LAMP", 1_000, 5).await;
        let order = place(&bench, user, &lamp, 2).await.unwrap();
        pay(&bench, user, order.id, "k").await.unwrap();
        assert_eq!(balance(&bench, user).await, 3_000);
        let ctx = bench.as_user(user, Role::Member);
        let stale = |order: &Order| order.version == 1;
        let refused = orders(&bench)
            .cancel(&ctx, user, order.id, None, Some(&stale), None)
            .await;
        assert!(matches!(refused, Err(OrderError::PreconditionFailed)));
        let cancelled = done(
            orders(&bench)
                .cancel(&ctx, user, order.id, Some("changed my mind"), None, None)
                .await
                .unwrap(),
        );
        assert_eq!(
            (cancelled.status, cancelled.refunded_amount),
            (OrderStatus::Cancelled, 2_000)
        );
        assert_eq!(balance(&bench, user).await, 5_000);
        assert_eq!(products(&bench).get(lamp.id).await.unwrap().stock(), 5);
        let detail = orders(&bench)
            .get(&ctx.actor, order.id, &[Expansion::Payments])
            .await
            .unwrap();
        assert_eq!(detail.payments.unwrap()[0].status.as_str(), "REFUNDED");
        let feed: Feed<_> = wallets(&bench)
            .list_entries(user, &EntryFilter::default(), None, 2)
            .await
            .unwrap();
        let amounts: Vec<_> = feed
            .items
            .iter()
            .map(|entry| (entry.amount, entry.balance_after))
            .collect();
        assert_eq!(amounts, [(2_000, 5_000), (-2_000, 3_000)]);
        let rest = wallets(&bench)
            .list_entries(
                user,
                &EntryFilter::default(),
                feed.next_cursor.as_deref(),
                2,
            )
            .await
            .unwrap();
        assert_eq!(
            (rest.items.len(), rest.items[0].amount, rest.next_cursor),
            (1, 5_000, None)
        );
        assert_books_balance(&bench).await;
    }
}

#[tokio::test]
async fn an_order_is_not_paid_after_its_time_and_expires_once() {
    for bench in benches().await {
        let user = bench.user(Role::Member).await;
        fund(&bench, user, 5_000).await;
        let lamp = product(&bench, "LAMP", 1_000, 5).await;
        let order = place(&bench, user, &lamp, 2).await.unwrap();
        let confirmed = place(&bench, user, &lamp, 1).await.unwrap();
        let admin = bench.as_user(bench.ids.next(), Role::Admin);
        orders(&bench)
            .change_status(
                &admin,
                confirmed.id,
                OrderStatus::Confirmed,
                None,
                None,
                None,
            )
            .await
            .unwrap();
        bench.clock.advance(Duration::from_mins(15));
        assert!(matches!(
            pay(&bench, user, order.id, "late").await,
            Err(OrderError::Overdue)
        ));
        assert_eq!(balance(&bench, user).await, 5_000);
        let (one, two) = (orders(&bench), orders(&bench));
        let now = bench.clock.now();
        let (first, second) = tokio::join!(one.expire_due(now), two.expire_due(now));
        assert_eq!(first.unwrap() + second.unwrap(), 1, "{}", bench.db.name());
        let ctx = bench.as_user(user, Role::Member);
        let order = orders(&bench)
            .get(&ctx.actor, order.id, &[])
            .await
            .unwrap()
            .order;
        assert_eq!(
            (order.status, order.expires_at),
            (OrderStatus::Expired, None)
        );
        assert_eq!(products(&bench).get(lamp.id).await.unwrap().stock(), 4);
        done(pay(&bench, user, confirmed.id, "confirmed").await.unwrap());
        assert_books_balance(&bench).await;
    }
}

#[tokio::test]
async fn a_large_order_waits_for_approval_and_is_cancelled_when_nobody_decides() {
    for bench in benches().await {
        let user = bench.user(Role::Member).await;
        fund(&bench, user, 2_000_000).await;
        let lamp = product(&bench, "LAMP", 1_000_000, 5).await;
        let order = place(&bench, user, &lamp, 1).await.unwrap();
        assert_eq!(order.status, OrderStatus::PendingApproval);
        assert!(matches!(
            pay(&bench, user, order.id, "k").await,
            Err(OrderError::StatusInvalid(_))
        ));
        bench.clock.advance(Duration::from_hours(72));
        assert_eq!(
            orders(&bench).expire_due(bench.clock.now()).await.unwrap(),
            1
        );
        let ctx = bench.as_user(user, Role::Member);
        let order = orders(&bench)
            .get(&ctx.actor, order.id, &[])
            .await
            .unwrap()
            .order;
        assert_eq!(order.status, OrderStatus::Cancelled);
        assert_books_balance(&bench).await;
    }
}
