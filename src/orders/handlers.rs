//! The operations of the tag `Orders`.

use openapi_generated::v1 as api;
use openapi_runtime as rt;

use super::{
    Expansion, NewOrder, Order, OrderDetail, OrderError, OrderFilter, OrderItem, OrderSort,
    OrderStatus, PaidOrder, Quote, TimelineEntry,
};
use crate::app::Api;
use crate::auth::Caller;
use crate::domain::{OrderId, ProductId};
use crate::http::wire;
use crate::idempotency::{Once, Outcome};
use crate::payments::{Payment, PaymentStatus};

impl api::OrdersApi for Api {
    async fn create_order(
        &self,
        call: rt::Call<Caller>,
        request: api::CreateOrderRequest,
    ) -> Result<api::CreateOrderOk, api::CreateOrderError> {
        let user = wire::account(&call);
        let new = NewOrder {
            product_id: ProductId::from_uuid(request.body.product_id),
            quantity: request.body.quantity.into(),
            coupon_code: request.body.coupon_code,
        };
        if request.dry_run {
            let quote = self.orders.quote(user, &new).await?;
            return Ok(api::CreateOrderOk::Ok {
                body: api::OrderQuoteResponse { data: quote.into() },
            });
        }
        let cx = call.cx.reply_context();
        let render = |outcome: Result<&Order, &OrderError>| match outcome {
            Ok(order) => created(order).store(&cx),
            Err(error) => api::CreateOrderError::from(error).store(&cx),
        };
        let once = request.idempotency.as_ref().map(|key| Once {
            key,
            render: &render,
        });
        let outcome = self
            .orders
            .create(
                &self.context(&call.cx, Some(call.caller())),
                user,
                &new,
                once,
            )
            .await?;
        Ok(match outcome {
            Outcome::Done(order) => {
                self.forget_catalogue();
                created(&order)
            }
            Outcome::Replayed(reply) => api::CreateOrderOk::Replayed(reply),
        })
    }

    async fn list_orders(
        &self,
        call: rt::Call<Caller>,
        request: api::ListOrdersRequest,
    ) -> Result<api::ListOrdersOk, api::ListOrdersError> {
        let filter = OrderFilter {
            user_id: Some(wire::account(&call)),
            statuses: request.status.into_iter().map(OrderStatus::from).collect(),
            from: request.from.map(wire::instant),
            to: request.to.map(wire::instant),
            ..OrderFilter::default()
        };
        let page = wire::page(request.page, request.limit);
        let found = self.orders.list(&filter, request.sort.into(), page).await?;
        let link = wire::links(&call.uri, &found.meta);
        let meta = wire::page_meta(&found.meta);
        let body = api::OrderPage {
            data: found.items.into_iter().map(api::Order::from).collect(),
            meta,
        };
        Ok(api::ListOrdersOk::Ok { body, link })
    }

    async fn get_order(
        &self,
        call: rt::Call<Caller>,
        request: api::GetOrderRequest,
    ) -> Result<api::GetOrderOk, api::GetOrderError> {
        let id = OrderId::from_uuid(request.order_id);
        let expand: Vec<Expansion> = request.expand.into_iter().map(Expansion::from).collect();
        let detail = self.orders.get(&call.caller().actor, id, &expand).await?;
        let etag = detail.etag();
        Ok(api::GetOrderOk::Ok {
            body: api::OrderDetailResponse {
                data: detail.into(),
            },
            etag,
        })
    }

    async fn pay_order(
        &self,
        call: rt::Call<Caller>,
        request: api::PayOrderRequest,
    ) -> Result<api::PayOrderOk, api::PayOrderError> {
        let id = OrderId::from_uuid(request.order_id);
        let cx = call.cx.reply_context();
        let render = |outcome: Result<&PaidOrder, &OrderError>| match outcome {
            Ok(order) => paid(order).store(&cx),
            Err(error) => api::PayOrderError::from(error).store(&cx),
        };
        let once = Once {
            key: &request.idempotency,
            render: &render,
        };
        let outcome = self
            .orders
            .pay(
                &self.context(&call.cx, Some(call.caller())),
                wire::account(&call),
                id,
                once,
            )
            .await?;
        Ok(match outcome {
            Outcome::Done(order) => paid(&order),
            Outcome::Replayed(reply) => api::PayOrderOk::Replayed(reply),
        })
    }

    async fn cancel_order(
        &self,
        call: rt::Call<Caller>,
        request: api::CancelOrderRequest,
    ) -> Result<api::CancelOrderOk, api::CancelOrderError> {
        let id = OrderId::from_uuid(request.order_id);
        let reason = request.body.and_then(|body| body.reason);
        let cx = call.cx.reply_context();
        let render = |outcome: Result<&Order, &OrderError>| match outcome {
            Ok(order) => cancelled(order).store(&cx),
            Err(error) => api::CancelOrderError::from(error).store(&cx),
        };
        let once = request.idempotency.as_ref().map(|key| Once {
            key,
            render: &render,
        });
        let is_current = |order: &Order| {
            call.if_match
                .as_ref()
                .is_none_or(|tags| tags.permits(&order.etag()))
        };
        let ctx = self.context(&call.cx, Some(call.caller()));
        let outcome = self
            .orders
            .cancel(
                &ctx,
                wire::account(&call),
                id,
                reason.as_deref(),
                Some(&is_current),
                once,
            )
            .await?;
        Ok(match outcome {
            Outcome::Done(order) => {
                self.forget_catalogue();
                cancelled(&order)
            }
            Outcome::Replayed(reply) => api::CancelOrderOk::Replayed(reply),
        })
    }
}

fn created(order: &Order) -> api::CreateOrderOk {
    api::CreateOrderOk::Created {
        body: api::OrderResponse {
            data: order.clone().into(),
        },
        location: format!("/api/v1/orders/{}", order.id),
        etag: order.etag(),
    }
}

fn paid(paid: &PaidOrder) -> api::PayOrderOk {
    api::PayOrderOk::Ok {
        etag: paid.order.etag(),
        body: api::OrderPaidResponse {
            data: paid.clone().into(),
        },
    }
}

fn cancelled(order: &Order) -> api::CancelOrderOk {
    api::CancelOrderOk::Ok {
        body: api::OrderResponse {
            data: order.clone().into(),
        },
        etag: order.etag(),
    }
}

impl From<Order> for api::Order {
    fn from(order: Order) -> Self {
        Self {
            id: order.id.as_uuid(),
            user_id: order.user_id.as_uuid(),
            status: order.status.into(),
            items: order.items.into_iter().map(api::OrderItem::from).collect(),
            subtotal: order.subtotal,
            discount: order.discount,
            total: order.total,
            refunded_amount: order.refunded_amount,
            currency: order.currency.as_str().to_owned(),
            coupon_code: order.coupon_code,
            expires_at: order.expires_at.map(wire::time),
            paid_at: order.paid_at.map(wire::time),
            created_at: wire::time(order.created_at),
            updated_at: wire::time(order.updated_at),
        }
    }
}

impl From<OrderItem> for api::OrderItem {
    fn from(item: OrderItem) -> Self {
        Self {
            product_id: item.product_id.as_uuid(),
            sku: item.sku,
            name: item.name,
            quantity: wire::small(item.quantity),
            unit_price: item.unit_price,
            subtotal: item.subtotal,
        }
    }
}

impl From<OrderDetail> for api::OrderDetail {
    fn from(detail: OrderDetail) -> Self {
        let order = api::Order::from(detail.order);
        Self {
            id: order.id,
            user_id: order.user_id,
            status: order.status,
            items: order.items,
            subtotal: order.subtotal,
            discount: order.discount,
            total: order.total,
            refunded_amount: order.refunded_amount,
            currency: order.currency,
            coupon_code: order.coupon_code,
            expires_at: order.expires_at,
            paid_at: order.paid_at,
            created_at: order.created_at,
            updated_at: order.updated_at,
            payments: detail
                .payments
                .map(|all| all.into_iter().map(api::Payment::from).collect()),
            timeline: detail
                .timeline
                .map(|all| all.into_iter().map(api::TimelineEntry::from).collect()),
            product: detail.product.map(api::Product::from),
        }
    }
}

impl From<PaidOrder> for api::PaidOrder {
    fn from(paid: PaidOrder) -> Self {
        let order = api::Order::from(paid.order);
        Self {
            id: order.id,
            user_id: order.user_id,
            status: order.status,
            items: order.items,
            subtotal: order.subtotal,
            discount: order.discount,
            total: order.total,
            refunded_amount: order.refunded_amount,
            currency: order.currency,
            coupon_code: order.coupon_code,
            expires_at: order.expires_at,
            paid_at: order.paid_at,
            created_at: order.created_at,
            updated_at: order.updated_at,
            payment: paid.payment.into(),
        }
    }
}

impl From<Quote> for api::OrderQuote {
    fn from(quote: Quote) -> Self {
        Self {
            items: quote.items.into_iter().map(api::OrderItem::from).collect(),
            subtotal: quote.subtotal,
            discount: quote.discount,
            total: quote.total,
            currency: quote.currency.as_str().to_owned(),
        }
    }
}

impl From<Payment> for api::Payment {
    fn from(payment: Payment) -> Self {
        Self {
            id: payment.id.as_uuid(),
            order_id: payment.order_id.as_uuid(),
            amount: payment.amount,
            currency: payment.currency.as_str().to_owned(),
            status: match payment.status {
                PaymentStatus::Completed => api::PaymentStatus::Completed,
                PaymentStatus::Failed => api::PaymentStatus::Failed,
                PaymentStatus::Refunded => api::PaymentStatus::Refunded,
            },
            created_at: wire::time(payment.created_at),
        }
    }
}

impl From<TimelineEntry> for api::TimelineEntry {
    fn from(entry: TimelineEntry) -> Self {
        Self {
            status: entry.status.into(),
            at: wire::time(entry.at),
            actor_id: entry.actor_id.map(crate::domain::UserId::as_uuid),
            reason: entry.reason,
        }
    }
}

impl From<api::OrderExpansion> for Expansion {
    fn from(expansion: api::OrderExpansion) -> Self {
        match expansion {
            api::OrderExpansion::Payments => Self::Payments,
            api::OrderExpansion::Timeline => Self::Timeline,
            api::OrderExpansion::Product => Self::Product,
        }
    }
}

impl From<api::OrderSort> for OrderSort {
    fn from(sort: api::OrderSort) -> Self {
        match sort {
            api::OrderSort::CreatedAt => Self::CreatedAt,
            api::OrderSort::MinusCreatedAt => Self::CreatedAtDescending,
            api::OrderSort::Total => Self::Total,
            api::OrderSort::MinusTotal => Self::TotalDescending,
        }
    }
}

/// Both ways between the statuses of the contract and ours, so that neither can have one that the other lacks.
macro_rules! same_statuses {
    ($($status:ident),* $(,)?) => {
        impl From<OrderStatus> for api::OrderStatus {
            fn from(status: OrderStatus) -> Self {
                match status { $(OrderStatus::$status => Self::$status,)* }
            }
        }

        impl From<api::OrderStatus> for OrderStatus {
            fn from(status: api::OrderStatus) -> Self {
                match status { $(api::OrderStatus::$status => Self::$status,)* }
            }
        }
    };
}

same_statuses!(
    PendingApproval,
    Pending,
    Confirmed,
    Paid,
    Processing,
    Shipped,
    Delivered,
    Cancelled,
    Expired,
    Refunded,
);
