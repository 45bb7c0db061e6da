//! The operations of the tag `Wallet`.

use openapi_generated::v1 as api;
use openapi_runtime as rt;

use super::{EntryFilter, NewTopUp, TopUp, TransferKind, Wallet, WalletEntry, WalletError};
use crate::app::Api;
use crate::auth::Caller;
use crate::db::StoreError;
use crate::http::wire;
use crate::idempotency::{Once, Outcome};

impl api::WalletApi for Api {
    async fn get_wallet(
        &self,
        call: rt::Call<Caller>,
        _request: api::GetWalletRequest,
    ) -> Result<api::GetWalletOk, api::GetWalletError> {
        let wallet = self.wallets.get(wire::account(&call)).await?;
        Ok(api::GetWalletOk::Ok {
            body: api::WalletResponse {
                data: wallet.into(),
            },
        })
    }

    async fn list_wallet_entries(
        &self,
        call: rt::Call<Caller>,
        request: api::ListWalletEntriesRequest,
    ) -> Result<api::ListWalletEntriesOk, api::ListWalletEntriesError> {
        let filter = EntryFilter {
            kind: request.kind.map(TransferKind::from),
            from: request.from.map(wire::instant),
            to: request.to.map(wire::instant),
        };
        let cursor = request.cursor.as_deref();
        let feed = self
            .wallets
            .list_entries(wire::account(&call), &filter, cursor, request.limit.into())
            .await?;
        let data = feed.items.iter().map(entry).collect::<Result<_, _>>()?;
        let body = api::WalletEntryFeed {
            data,
            meta: wire::cursor_meta(feed.limit, feed.next_cursor),
        };
        Ok(api::ListWalletEntriesOk::Ok { body })
    }

    async fn top_up_wallet(
        &self,
        call: rt::Call<Caller>,
        request: api::TopUpWalletRequest,
    ) -> Result<api::TopUpWalletOk, api::TopUpWalletError> {
        let new = NewTopUp {
            amount: wire::money(request.body.amount, &request.body.currency)?,
            source: request.body.source,
        };
        let cx = call.cx.reply_context();
        let render = |outcome: Result<&TopUp, &WalletError>| match outcome {
            Ok(top_up) => topped_up(top_up).store(&cx),
            Err(error) => api::TopUpWalletError::from(error).store(&cx),
        };
        let once = Once {
            key: &request.idempotency,
            render: &render,
        };
        let outcome = self
            .wallets
            .top_up(
                &self.context(&call.cx, Some(call.caller())),
                wire::account(&call),
                &new,
                once,
            )
            .await?;
        Ok(match outcome {
            Outcome::Done(top_up) => topped_up(&top_up),
            Outcome::Replayed(reply) => api::TopUpWalletOk::Replayed(reply),
        })
    }
}

fn topped_up(top_up: &TopUp) -> api::TopUpWalletOk {
    let data = api::TopUp {
        id: top_up.id.as_uuid(),
        amount: top_up.amount.amount(),
        currency: top_up.amount.currency().as_str().to_owned(),
        balance: top_up.balance,
        created_at: wire::time(top_up.created_at),
    };
    api::TopUpWalletOk::Created {
        body: api::TopUpResponse { data },
    }
}

impl From<Wallet> for api::Wallet {
    fn from(wallet: Wallet) -> Self {
        Self {
            user_id: wallet.user_id.as_uuid(),
            balance: wallet.balance,
            currency: wallet.currency.as_str().to_owned(),
            updated_at: wire::time(wallet.updated_at),
        }
    }
}

impl From<api::WalletEntryKind> for TransferKind {
    fn from(kind: api::WalletEntryKind) -> Self {
        match kind {
            api::WalletEntryKind::Topup => Self::TopUp,
            api::WalletEntryKind::Payment => Self::Payment,
            api::WalletEntryKind::Refund => Self::Refund,
            api::WalletEntryKind::Adjustment => Self::Adjustment,
        }
    }
}

/// A line in the form of its kind. Payments and refunds always have their order.
fn entry(entry: &WalletEntry) -> Result<api::WalletEntry, WalletError> {
    let id = entry.id.as_uuid();
    let currency = entry.currency.as_str().to_owned();
    let created_at = wire::time(entry.created_at);
    let &WalletEntry {
        amount,
        balance_after,
        ..
    } = entry;
    let order_id = entry
        .order_id
        .map(crate::domain::OrderId::as_uuid)
        .ok_or(WalletError::Store(StoreError::Corrupt(
            "transfers.order_id",
        )));
    Ok(match entry.kind {
        TransferKind::TopUp => api::WalletEntry::TopUpEntry(api::TopUpEntry {
            id,
            amount,
            balance_after,
            currency,
            created_at,
        }),
        TransferKind::Payment => {
            let order_id = order_id?;
            api::WalletEntry::PaymentEntry(api::PaymentEntry {
                id,
                amount,
                balance_after,
                currency,
                order_id,
                created_at,
            })
        }
        TransferKind::Refund => {
            let order_id = order_id?;
            api::WalletEntry::RefundEntry(api::RefundEntry {
                id,
                amount,
                balance_after,
                currency,
                order_id,
                created_at,
            })
        }
        TransferKind::Adjustment => api::WalletEntry::AdjustmentEntry(api::AdjustmentEntry {
            id,
            amount,
            balance_after,
            currency,
            created_at,
        }),
    })
}
