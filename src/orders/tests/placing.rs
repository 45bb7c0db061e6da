//! For what reasons an order is not placed, and that a quote reserves nothing.

use super::{benches, done, fund, key, orders, product, products, render_order};
use crate::domain::Role;
use crate::idempotency::{Once, Outcome};
use crate::orders::{NewOrder, OrderError};
use crate::products::ProductChanges;

#[tokio::test]
async fn placing_an_order_is_refused_for_the_documented_reasons() {
    for bench in benches().await {
        let user = bench.user(Role::Member).await;
        let lamp = product(&bench, "LAMP", 1_000, 1).await;
        let service = orders(&bench);
        let new = NewOrder {
            product_id: lamp.id,
            quantity: 1,
            coupon_code: None,
        };
        assert!(matches!(
            service.quote(user, &new).await,
            Err(OrderError::InsufficientFunds)
        ));
        fund(&bench, user, 5_000).await;
        let quote = service.quote(user, &new).await.unwrap();
        assert_eq!((quote.total, quote.items.len()), (1_000, 1));
        assert_eq!(products(&bench).get(lamp.id).await.unwrap().stock(), 1);
        let coupon = NewOrder {
            coupon_code: Some("X".to_owned()),
            ..new.clone()
        };
        assert!(matches!(
            service.quote(user, &coupon).await,
            Err(OrderError::CouponInvalid)
        ));
        let many = NewOrder {
            quantity: 2,
            ..new.clone()
        };
        assert!(matches!(
            service.quote(user, &many).await,
            Err(OrderError::OutOfStock { available: 1 })
        ));
        let unknown = NewOrder {
            product_id: bench.ids.next(),
            ..new.clone()
        };
        assert!(matches!(
            service.quote(user, &unknown).await,
            Err(OrderError::ProductNotFound)
        ));

        let ctx = bench.as_user(user, Role::Member);
        let key = key("create");
        let once = Once {
            key: &key,
            render: &render_order,
        };
        let order = done(service.create(&ctx, user, &new, Some(once)).await.unwrap());
        let again = service.create(&ctx, user, &new, Some(once)).await.unwrap();
        assert!(matches!(again, Outcome::Replayed(stored) if stored.body == order.id.to_string()));

        let euro = ProductChanges {
            currency: Some("EUR".parse().unwrap()),
            ..Default::default()
        };
        products(&bench)
            .update(&ctx, lamp.id, &euro, None, None)
            .await
            .unwrap();
        assert!(matches!(
            service.quote(user, &new).await,
            Err(OrderError::CurrencyMismatch { .. })
        ));
    }
}
