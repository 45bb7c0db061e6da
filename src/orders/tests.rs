//! Orders, wallets and stock together, also when everybody comes at once.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::*;
use crate::db::testing::Bench;
use crate::domain::{CursorKey, Feed, OrderId, PageRequest, Role, UserId};
use crate::events::Outbox;
use crate::idempotency::{IdempotencyError, Once, Outcome};
use crate::integrity::Integrity;
use crate::products::{NewProduct, Product, ProductChanges, ProductError, Products, StockChange};
use crate::wallets::{EntryFilter, NewTopUp, TopUp, WalletError, Wallets};
use openapi_runtime::{IdempotencyKey, StoredReply};

fn orders(bench: &Bench) -> Orders {
    Orders {
        db: bench.db.clone(),
        ids: bench.ids.clone(),
        outbox: Outbox::new(bench.ids.clone()),
        settings: OrderSettings::default(),
    }
}

fn wallets(bench: &Bench) -> Wallets {
    Wallets {
        db: bench.db.clone(),
        ids: bench.ids.clone(),
        outbox: Outbox::new(bench.ids.clone()),
        cursors: CursorKey::new(b"test"),
        idempotency_ttl: Duration::from_mins(1),
    }
}

fn products(bench: &Bench) -> Products {
    Products {
        db: bench.db.clone(),
        ids: bench.ids.clone(),
        idempotency_ttl: Duration::from_mins(1),
    }
}

fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey {
        key: text.to_owned(),
        fingerprint: [7; 32],
    }
}

fn reply(status: u16, body: String) -> StoredReply {
    StoredReply {
        status,
        content_type: "application/json".to_owned(),
        body: Bytes::from(body),
        headers: Vec::new(),
        original_request_id: None,
    }
}

fn status_of(error: &OrderError) -> u16 {
    match error.code() {
        "INSUFFICIENT_FUNDS" => 402,
        "ORDER_NOT_FOUND" => 404,
        "OUT_OF_STOCK" | "ORDER_ALREADY_PAID" => 409,
        "PRECONDITION_FAILED" => 412,
        _ => 422,
    }
}

fn render_order(result: Result<&Order, &OrderError>) -> StoredReply {
    match result {
        Ok(order) => reply(201, order.id.to_string()),
        Err(error) => reply(status_of(error), error.code().to_owned()),
    }
}

fn render_paid(result: Result<&PaidOrder, &OrderError>) -> StoredReply {
    match result {
        Ok(paid) => reply(200, paid.payment.id.to_string()),
        Err(error) => reply(status_of(error), error.code().to_owned()),
    }
}

fn render_top_up(result: Result<&TopUp, &WalletError>) -> StoredReply {
    reply(if result.is_ok() { 201 } else { 402 }, "top-up".to_owned())
}

pub(crate) async fn fund(bench: &Bench, user: UserId, amount: i64) {
    let ctx = bench.as_user(user, Role::Member);
    let key = key(&bench.ids.next_uuid().to_string());
    let new = NewTopUp {
        amount: Bench::usd(amount),
        source: "card".to_owned(),
    };
    let once = Once {
        key: &key,
        render: &render_top_up,
    };
    wallets(bench).top_up(&ctx, user, &new, once).await.unwrap();
}

async fn product(bench: &Bench, sku: &str, price: i64, stock: i64) -> Product {
    let admin = bench.ids.next();
    let new = NewProduct {
        sku: sku.to_owned(),
        name: "Lamp".to_owned(),
        description: None,
        price: Bench::usd(price),
        stock,
    };
    let ctx = bench.as_user(admin, Role::Admin);
    done(products(bench).create(&ctx, &new, None).await.unwrap())
}

fn done<T>(outcome: Outcome<T>) -> T {
    match outcome {
        Outcome::Done(value) => value,
        Outcome::Replayed(reply) => panic!("replayed {reply:?}"),
    }
}

async fn place(
    bench: &Bench,
    user: UserId,
    product: &Product,
    quantity: i64,
) -> Result<Order, OrderError> {
    let new = NewOrder {
        product_id: product.id,
        quantity,
        coupon_code: None,
    };
    let ctx = bench.as_user(user, Role::Member);
    orders(bench).create(&ctx, user, &new, None).await.map(done)
}

async fn pay(
    bench: &Bench,
    user: UserId,
    order: OrderId,
    key_text: &str,
) -> Result<Outcome<PaidOrder>, OrderError> {
    let key = key(key_text);
    let once = Once {
        key: &key,
        render: &render_paid,
    };
    let ctx = bench.as_user(user, Role::Member);
    orders(bench).pay(&ctx, user, order, once).await
}

async fn balance(bench: &Bench, user: UserId) -> i64 {
    wallets(bench).get(user).await.unwrap().balance
}

async fn assert_books_balance(bench: &Bench) {
    let report = Integrity {
        db: bench.db.clone(),
    }
    .check(&[], bench.clock.now())
    .await
    .unwrap();
    assert!(report.is_ok(), "{}: {report:#?}", bench.db.name());
}

/// Runs `count` of them at once.
async fn at_once<T, F>(count: usize, start: impl Fn(usize) -> F) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let mut tasks = tokio::task::JoinSet::new();
    for index in 0..count {
        tasks.spawn(start(index));
    }
    tasks.join_all().await
}

async fn benches() -> Vec<Arc<Bench>> {
    Bench::each().await.into_iter().map(Arc::new).collect()
}

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

#[tokio::test]
async fn declined_and_impossible_top_ups_change_nothing() {
    for bench in benches().await {
        let user = bench.user(Role::Member).await;
        fund(&bench, user, 100).await;
        let ctx = bench.as_user(user, Role::Member);
        let service = wallets(&bench);
        let attempt = async |amount, source: &str, key_text: &str| {
            let key = key(key_text);
            let once = Once {
                key: &key,
                render: &render_top_up,
            };
            service
                .top_up(
                    &ctx,
                    user,
                    &NewTopUp {
                        amount,
                        source: source.to_owned(),
                    },
                    once,
                )
                .await
        };
        let declined = attempt(Bench::usd(1), "card_DECLINE", "a").await;
        assert!(matches!(declined, Err(WalletError::PaymentDeclined)));
        let too_much = attempt(Bench::usd(crate::domain::MAX_AMOUNT), "card", "b").await;
        assert!(matches!(too_much, Err(WalletError::LimitExceeded)));
        let euro = crate::domain::Money::new(1, "EUR".parse().unwrap()).unwrap();
        assert!(matches!(
            attempt(euro, "card", "c").await,
            Err(WalletError::CurrencyMismatch(_))
        ));
        assert_eq!(balance(&bench, user).await, 100);
        assert_books_balance(&bench).await;
    }
}

#[tokio::test]
async fn the_catalogue_is_searched_filtered_and_sorted() {
    use crate::products::{ProductFilter, ProductSort};
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
