//! The catalogue, which needs no log-in.

use serde_json::json;

use super::client::Shop;
use crate::support::{
    Contract, NOBODY, PRODUCT, answer, currency, id, path_with_id, refuse, whole,
};

pub(super) async fn browsing_the_catalogue(contract: &Contract) {
    let server = contract.expect("a search of the catalogue", |i| {
        let params = json!({ "name": "Brass desk lamp", "price": 4900, "stock": 12 });
        i.given_with_params("a product is in the catalogue", &params);
        i.request
            .path("/api/v1/products")
            .query_param("q", term!("^.+$", "lamp"))
            .query_param("inStock", "true")
            .query_param("sort", "price")
            .query_param("page", term!("^[1-9][0-9]*$", "1"))
            .query_param("limit", term!("^[1-9][0-9]?$", "12"));
        answer(
            i,
            200,
            json_pattern!({
                "success": true,
                "data": each_like!({
                    "id": id(PRODUCT),
                    "name": like!("Brass desk lamp"),
                    "price": whole(4900),
                    "currency": currency(),
                    "stock": whole(12),
                }),
                "meta": { "page": whole(1), "totalPages": whole(1) },
            }),
        );
    });
    let catalogue = Shop::open(server.url()).browse("lamp", 1).await;
    let catalogue = catalogue.expect("a catalogue");
    assert_eq!(catalogue.meta.page, 1);
    assert_eq!(catalogue.meta.total_pages, 1);
    let [lamp] = catalogue.data.as_slice() else {
        panic!("one product: {catalogue:?}");
    };
    assert_eq!((lamp.price, lamp.currency.as_str()), (4900, "USD"));
    assert_eq!(lamp.stock, 12);
}

pub(super) async fn reading_a_product(contract: &Contract) {
    let server = contract.expect("a look at a product", |i| {
        let params = json!({ "name": "Brass desk lamp", "price": 4900, "stock": 12 });
        i.given_with_params("a product is in the catalogue", &params);
        path_with_id(&mut i.request, "/api/v1/products/{}", "productId", PRODUCT);
        answer(
            i,
            200,
            json_pattern!({
                "success": true,
                "data": {
                    "id": id(PRODUCT),
                    "name": "Brass desk lamp",
                    "description": like!("It swings both ways."),
                    "price": 4900,
                    "currency": "USD",
                    "stock": whole(12),
                },
            }),
        );
    });
    let lamp = Shop::open(server.url()).product(PRODUCT).await;
    let lamp = lamp.expect("a product");
    assert_eq!(
        (lamp.id.as_str(), lamp.name.as_str()),
        (PRODUCT, "Brass desk lamp")
    );
    assert!(lamp.description.is_some());
}

pub(super) async fn reading_no_product(contract: &Contract) {
    let server = contract.expect("a look at a product that does not exist", |i| {
        i.request.path(format!("/api/v1/products/{NOBODY}"));
        refuse(i, 404, "PRODUCT_NOT_FOUND");
    });
    let refused = Shop::open(server.url()).product(NOBODY).await;
    assert_eq!(
        refused.expect_err("none").refused(),
        (404, "PRODUCT_NOT_FOUND")
    );
}
