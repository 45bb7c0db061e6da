//! The product's main job in one go: from a new customer to a delivered order, and the trail that it leaves.

use serde_json::{Value, json};

use crate::{
    on_both,
    support::{Database, Server, factories::*},
};

on_both!(a_customer_registers_tops_up_orders_pays_and_receives);

async fn a_customer_registers_tops_up_orders_pays_and_receives(database: Database) {
    let server = Server::start(&database).await;
    let anonymous = server.anonymous();
    product(&server, 5, 1_250).await;

    let (email, user) = register(&anonymous).await;
    assert_eq!(user["role"], "member");
    let tokens = log_in(&anonymous, &email).await;
    let ada = anonymous.bearer(tokens["accessToken"].as_str().unwrap());

    let catalogue = anonymous
        .get("/api/v1/products?inStock=true")
        .await
        .must(200);
    let chosen = catalogue.data()[0].clone();
    assert_eq!(chosen["price"], 1_250);

    let top_up = top_up(&ada, 10_000).await;
    assert_eq!(top_up["balance"], 10_000);
    let order = order(&ada, &chosen, 2).await;
    assert_eq!(
        (&order["status"], &order["total"]),
        (&json!("PENDING"), &json!(2_500))
    );
    let paid = try_pay(&ada, &order).await.must(200).data();
    assert_eq!(
        (&paid["status"], &paid["payment"]["amount"]),
        (&json!("PAID"), &json!(2_500))
    );
    assert_eq!(balance(&ada).await, 7_500);

    let delivered = walk(&server, &order, &["PROCESSING", "SHIPPED", "DELIVERED"]).await;
    assert_eq!(delivered["status"], "DELIVERED");
    let seen = ada
        .get(format!("{}?expand=payments,timeline", path_of(&order)))
        .await
        .must(200);
    assert_eq!(
        statuses(&seen.data()["timeline"]),
        ["PENDING", "PAID", "PROCESSING", "SHIPPED", "DELIVERED"]
    );

    let trail = trail_of(&server, &id(&order)).await;
    assert_eq!(
        trail,
        [
            "null → PENDING",
            "PENDING → PAID",
            "PAID → PROCESSING",
            "PROCESSING → SHIPPED",
            "SHIPPED → DELIVERED"
        ]
    );
    for entity in [id(&user), id(&chosen)] {
        let logs = audit_of(&server, &entity).await;
        assert!(!logs.is_empty(), "nothing in the audit log about {entity}");
    }
    assert_balanced(&server).await;
}

fn statuses(timeline: &Value) -> Vec<&str> {
    let steps = timeline.as_array().expect("a timeline");
    steps
        .iter()
        .map(|step| step["status"].as_str().expect("a status"))
        .collect()
}

async fn audit_of(server: &Server, entity: &str) -> Vec<Value> {
    let path = format!("/api/v1/admin/audit-logs?entityId={entity}&limit=100");
    let logs = server.admin().get(path).await.must(200).data();
    let mut logs = logs.as_array().expect("a list").clone();
    logs.sort_by_key(|log| log["seq"].as_i64());
    logs
}

/// The changes of an order's status, oldest first.
async fn trail_of(server: &Server, order: &str) -> Vec<String> {
    let logs = audit_of(server, order).await;
    let step = |log: &Value| {
        let (from, to) = (&log["metadata"]["from"], log["metadata"]["to"].as_str()?);
        Some(format!("{} → {to}", from.as_str().unwrap_or("null")))
    };
    logs.iter().filter_map(step).collect()
}
