//! The operations of the tag `Administration`.

use std::collections::BTreeMap;

use openapi_generated::v1 as api;
use openapi_runtime as rt;

use crate::app::Api;
use crate::audit::{AuditFilter, AuditLog};
use crate::auth::Caller;
use crate::domain::{OrderId, ProductId, UserId};
use crate::http::wire;
use crate::idempotency::{Once, Outcome};
use crate::integrity::{Check, CheckName, Report};
use crate::orders::{Order, OrderError, OrderFilter, OrderStatus};

impl api::AdministrationApi for Api {
    async fn list_all_orders(
        &self,
        call: rt::Call<Caller>,
        request: api::ListAllOrdersRequest,
    ) -> Result<api::ListAllOrdersOk, api::ListAllOrdersError> {
        let filter = OrderFilter {
            user_id: request.user_id.map(UserId::from_uuid),
            statuses: request.status.into_iter().map(OrderStatus::from).collect(),
            product_id: request.product_id.map(ProductId::from_uuid),
            q: request.q,
            from: request.from.map(wire::instant),
            to: request.to.map(wire::instant),
            min_total: request.min_total,
            max_total: request.max_total,
        };
        let page = wire::page(request.page, request.limit);
        let found = self
            .orders
            .list_for_staff(&filter, request.sort.into(), page)
            .await?;
        let link = wire::links(&call.uri, &found.meta);
        let meta = wire::page_meta(&found.meta);
        let body = api::OrderPage {
            data: found.items.into_iter().map(api::Order::from).collect(),
            meta,
        };
        Ok(api::ListAllOrdersOk::Ok { body, link })
    }

    async fn update_order_status(
        &self,
        call: rt::Call<Caller>,
        request: api::UpdateOrderStatusRequest,
    ) -> Result<api::UpdateOrderStatusOk, api::UpdateOrderStatusError> {
        let id = OrderId::from_uuid(request.order_id);
        let to = OrderStatus::from(request.body.status);
        let cx = call.cx.reply_context();
        let render = |outcome: Result<&Order, &OrderError>| match outcome {
            Ok(order) => updated(order).store(&cx),
            Err(error) => api::UpdateOrderStatusError::from(error).store(&cx),
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
        let reason = request.body.reason.as_deref();
        let ctx = self.context(&call.cx, Some(call.caller()));
        let outcome = self
            .orders
            .change_status(&ctx, id, to, reason, Some(&is_current), once)
            .await?;
        Ok(match outcome {
            Outcome::Done(order) => {
                // Only an order that is given up moves stock.
                if order.status == OrderStatus::Cancelled {
                    self.forget_catalogue();
                }
                updated(&order)
            }
            Outcome::Replayed(reply) => api::UpdateOrderStatusOk::Replayed(reply),
        })
    }

    async fn list_audit_logs(
        &self,
        _call: rt::Call<Caller>,
        request: api::ListAuditLogsRequest,
    ) -> Result<api::ListAuditLogsOk, api::ListAuditLogsError> {
        let filter = AuditFilter {
            action: request.action,
            entity_type: request.entity_type,
            entity_id: request.entity_id,
            actor_id: request.actor_id.map(UserId::from_uuid),
            from: request.from.map(wire::instant),
            to: request.to.map(wire::instant),
        };
        let feed = self
            .audit
            .list(&filter, request.cursor.as_deref(), request.limit.into())
            .await?;
        let data = feed.items.into_iter().map(api::AuditLog::from).collect();
        let body = api::AuditLogFeed {
            data,
            meta: wire::cursor_meta(feed.limit, feed.next_cursor),
        };
        Ok(api::ListAuditLogsOk::Ok { body })
    }

    async fn check_integrity(
        &self,
        call: rt::Call<Caller>,
        request: api::CheckIntegrityRequest,
    ) -> Result<api::CheckIntegrityOk, api::CheckIntegrityError> {
        let checks: Vec<CheckName> = request.checks.into_iter().map(CheckName::from).collect();
        let report = self
            .integrity
            .check(&checks, wire::instant(call.cx.received_at))
            .await?;
        Ok(api::CheckIntegrityOk::Ok {
            body: api::IntegrityResponse {
                data: report.into(),
            },
        })
    }
}

fn updated(order: &Order) -> api::UpdateOrderStatusOk {
    api::UpdateOrderStatusOk::Ok {
        body: api::OrderResponse {
            data: order.clone().into(),
        },
        etag: order.etag(),
    }
}

impl From<AuditLog> for api::AuditLog {
    fn from(row: AuditLog) -> Self {
        Self {
            id: row.id.as_uuid(),
            seq: row.seq,
            action: row.action,
            entity_type: row.entity_type,
            entity_id: row.entity_id.to_string(),
            actor_id: row.actor_id.map(UserId::as_uuid),
            actor_type: match row.actor_type.as_str() {
                "user" => api::ActorType::User,
                "api_key" => api::ActorType::ApiKey,
                _ => api::ActorType::System,
            },
            metadata: row.metadata.into(),
            request_id: row.request_id,
            ip: row.ip,
            at: wire::time(row.at),
        }
    }
}

impl From<api::IntegrityCheckName> for CheckName {
    fn from(name: api::IntegrityCheckName) -> Self {
        match name {
            api::IntegrityCheckName::Ledger => Self::Ledger,
            api::IntegrityCheckName::Stock => Self::Stock,
        }
    }
}

impl From<Report> for api::Integrity {
    fn from(report: Report) -> Self {
        Self {
            ok: report.is_ok(),
            checked_at: wire::time(report.checked_at),
            checks: report
                .checks
                .into_iter()
                .map(api::IntegrityCheck::from)
                .collect(),
        }
    }
}

impl From<Check> for api::IntegrityCheck {
    fn from(check: Check) -> Self {
        let figures: BTreeMap<String, i64> = check
            .figures
            .iter()
            .map(|(name, figure)| ((*name).to_owned(), *figure))
            .collect();
        Self {
            name: match check.name {
                CheckName::Ledger => api::IntegrityCheckName::Ledger,
                CheckName::Stock => api::IntegrityCheckName::Stock,
            },
            ok: check.is_ok(),
            figures: figures.into(),
            problems: check.problems,
        }
    }
}
