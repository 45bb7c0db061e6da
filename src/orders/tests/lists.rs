//! Who sees which orders, in which order, and how many there are.

use super::{benches, fund, orders, pay, place, product};
use crate::domain::{PageRequest, Role};
use crate::orders::{OrderError, OrderFilter, OrderSort, OrderStatus};

#[tokio::test]
async fn orders_of_others_are_not_found_and_lists_filter() {
    for bench in benches().await {
        let (user, other) = (
            bench.user(Role::Member).await,
            bench.user(Role::Member).await,
        );
        fund(&bench, user, 50_000).await;
        let lamp = product(&bench, "LAMP", 1_000, 50).await;
        let order = place(&bench, user, &lamp, 2).await.unwrap();
        let service = orders(&bench);
        let stranger = bench.as_user(other, Role::Member);
        assert!(matches!(
            service.get(&stranger.actor, order.id, &[]).await,
            Err(OrderError::NotFound)
        ));
        assert!(matches!(
            pay(&bench, other, order.id, "k").await,
            Err(OrderError::NotFound)
        ));
        let staff = bench.as_user(other, Role::Viewer);
        assert_eq!(
            service
                .get(&staff.actor, order.id, &[])
                .await
                .unwrap()
                .order,
            order
        );
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one list, asked in many ways")]
async fn a_list_of_orders_filters_and_sorts() {
    for bench in benches().await {
        let (user, other) = (
            bench.user(Role::Member).await,
            bench.user(Role::Member).await,
        );
        fund(&bench, user, 50_000).await;
        let lamp = product(&bench, "LAMP", 1_000, 50).await;
        let pen = product(&bench, "PEN", 10, 50).await;
        let order = place(&bench, user, &lamp, 2).await.unwrap();
        for _ in 0..3 {
            place(&bench, user, &pen, 1).await.unwrap();
        }
        let service = orders(&bench);
        let count = async |filter: OrderFilter| {
            let page = PageRequest::new(1, 2);
            let page = service
                .list(&filter, OrderSort::TotalDescending, page)
                .await
                .unwrap();
            (page.meta.total, page.items.first().map(|order| order.total))
        };
        let mine = OrderFilter {
            user_id: Some(user),
            ..Default::default()
        };
        assert_eq!(count(mine.clone()).await, (4, Some(2_000)));
        assert_eq!(
            count(OrderFilter {
                user_id: Some(other),
                ..Default::default()
            })
            .await,
            (0, None)
        );
        assert_eq!(
            count(OrderFilter {
                q: Some("LaMp".to_owned()),
                ..Default::default()
            })
            .await
            .0,
            4
        );
        assert_eq!(
            count(OrderFilter {
                q: Some("pen".to_owned()),
                ..mine.clone()
            })
            .await,
            (3, Some(10))
        );
        assert_eq!(
            count(OrderFilter {
                q: Some("%".to_owned()),
                ..Default::default()
            })
            .await
            .0,
            0
        );
        assert_eq!(
            count(OrderFilter {
                product_id: Some(lamp.id),
                ..Default::default()
            })
            .await
            .0,
            1
        );
        assert_eq!(
            count(OrderFilter {
                min_total: Some(11),
                ..mine.clone()
            })
            .await
            .0,
            1
        );
        assert_eq!(
            count(OrderFilter {
                max_total: Some(11),
                ..mine.clone()
            })
            .await
            .0,
            3
        );
        let statuses = vec![OrderStatus::Paid, OrderStatus::Pending];
        assert_eq!(
            count(OrderFilter {
                statuses,
                ..mine.clone()
            })
            .await
            .0,
            4
        );
        let statuses = vec![OrderStatus::Paid];
        assert_eq!(
            count(OrderFilter {
                statuses,
                ..Default::default()
            })
            .await
            .0,
            0
        );
        assert_eq!(
            count(OrderFilter {
                from: Some(order.created_at),
                ..mine.clone()
            })
            .await
            .0,
            4
        );
        assert_eq!(
            count(OrderFilter {
                to: Some(order.created_at),
                ..mine
            })
            .await
            .0,
            0
        );
    }
}

/// The counts that lists use are those of the table, whatever happened and whether or not they were added up meanwhile.
#[tokio::test]
async fn orders_are_counted_without_being_looked_at() {
    for bench in benches().await {
        let (orders, user) = (orders(&bench), bench.user(Role::Member).await);
        fund(&bench, user, 1_000).await;
        let lamp = product(&bench, "LAMP", 100, 10).await;
        let total = async |statuses: &[OrderStatus]| {
            let filter = OrderFilter {
                statuses: statuses.to_vec(),
                ..OrderFilter::default()
            };
            let page = orders
                .list(&filter, OrderSort::CreatedAt, PageRequest::new(1, 1))
                .await;
            page.unwrap().meta.total
        };
        let order = place(&bench, user, &lamp, 1).await.unwrap();
        place(&bench, user, &lamp, 1).await.unwrap();
        assert_eq!(
            (total(&[]).await, total(&[OrderStatus::Pending]).await),
            (2, 2)
        );

        orders.settle_counts().await.unwrap();
        let ctx = bench.as_user(user, Role::Member);
        orders
            .cancel(&ctx, user, order.id, None, None, None)
            .await
            .unwrap();
        for _ in 0..2 {
            assert_eq!(total(&[]).await, 2);
            assert_eq!(total(&[OrderStatus::Pending]).await, 1);
            assert_eq!(total(&[OrderStatus::Cancelled]).await, 1);
            assert_eq!(total(&[OrderStatus::Paid]).await, 0);
            orders.settle_counts().await.unwrap();
        }

        // What is rolled back was never counted.
        let mut tx = bench.db.begin().await.unwrap();
        crate::db::on!(&mut tx, |c| sqlx::query(
            "update orders set status = 'PAID'"
        )
        .execute(c)
        .await
        .map(drop))
        .unwrap();
        tx.rollback().await.unwrap();
        assert_eq!(total(&[OrderStatus::Paid]).await, 0);
    }
}
