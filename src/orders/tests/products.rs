//! The catalogue that orders buy from: how it is searched, and that its stock covers what is reserved.

use super::{assert_books_balance, benches, done, fund, place, product, products};
use crate::domain::{PageRequest, Role};
use crate::products::{
    Product, ProductChanges, ProductError, ProductFilter, ProductSort, StockChange,
};

#[tokio::test]
async fn the_catalogue_is_searched_filtered_and_sorted() {
    for bench in benches().await {
        for (sku, price, stock) in [("B-1", 30, 0), ("A-1", 20, 5), ("C-1", 10, 5)] {
            product(&bench, sku, price, stock).await;
        }
        let list = async |filter: ProductFilter, sort| {
            let page = products(&bench)
                .list(&filter, sort, PageRequest::new(1, 20))
                .await
                .unwrap();
            page.items
                .into_iter()
                .map(|product| product.sku)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(
            list(ProductFilter::default(), ProductSort::CreatedAt).await,
            "B-1 A-1 C-1"
        );
        assert_eq!(
            list(ProductFilter::default(), ProductSort::PriceDescending).await,
            "B-1 A-1 C-1"
        );
        let in_stock = ProductFilter {
            in_stock: Some(true),
            ..Default::default()
        };
        assert_eq!(list(in_stock, ProductSort::Price).await, "C-1 A-1");
        let sold_out = ProductFilter {
            in_stock: Some(false),
            ..Default::default()
        };
        assert_eq!(list(sold_out, ProductSort::Price).await, "B-1");
        let q = ProductFilter {
            q: Some("a-1".to_owned()),
            ..Default::default()
        };
        assert_eq!(list(q, ProductSort::Name).await, "A-1");
        let between = ProductFilter {
            min_price: Some(15),
            max_price: Some(25),
            ..Default::default()
        };
        assert_eq!(list(between, ProductSort::Name).await, "A-1");
    }
}

#[tokio::test]
async fn stock_never_falls_below_what_open_orders_need() {
    for bench in benches().await {
        let user = bench.user(Role::Member).await;
        fund(&bench, user, 5_000).await;
        let lamp = product(&bench, "LAMP", 1_000, 5).await;
        product(&bench, "PEN", 1_000, 5).await;
        place(&bench, user, &lamp, 3).await.unwrap();
        let service = products(&bench);
        let ctx = bench.as_user(user, Role::Admin);
        let change = async |stock| {
            let changes = ProductChanges {
                stock: Some(stock),
                ..Default::default()
            };
            service
                .update(&ctx, lamp.id, &changes, None, None)
                .await
                .map(|outcome| done(outcome).stock())
        };
        assert!(matches!(
            change(StockChange::Add(-3)).await,
            Err(ProductError::StockBelowReserved { available: 2 })
        ));
        assert_eq!(change(StockChange::Add(-2)).await.unwrap(), 0);
        assert_eq!(change(StockChange::Set(7)).await.unwrap(), 7);
        let taken = ProductChanges {
            sku: Some("PEN".to_owned()),
            ..Default::default()
        };
        assert!(matches!(
            service.update(&ctx, lamp.id, &taken, None, None).await,
            Err(ProductError::SkuAlreadyExists)
        ));
        let stale = |_: &Product| false;
        assert!(matches!(
            service
                .update(&ctx, lamp.id, &taken, Some(&stale), None)
                .await,
            Err(ProductError::PreconditionFailed)
        ));
        assert_books_balance(&bench).await;
    }
}
