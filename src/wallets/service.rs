//! Use cases of wallets.

use std::time::Duration;

use serde_json::json;

use super::model::Transfer;
use super::{
    AccountKind, EntryFilter, NewTopUp, TopUp, TransferKind, Wallet, WalletEntry, WalletError,
    store,
};
use crate::audit::{self, Entry};
use crate::context::RequestContext;
use crate::db::{Db, Tx};
use crate::domain::{CursorKey, Feed, Ids, MAX_AMOUNT, TransferId, UserId};
use crate::events::{Event, Outbox};
use crate::idempotency::{self, Begun, Once, Outcome};
use crate::payments::Attempt;

/// Wallets.
#[derive(Debug, Clone)]
pub struct Wallets {
    /// The database.
    pub db: Db,
    /// Makes ids.
    pub ids: Ids,
    /// Where events are left.
    pub outbox: Outbox,
    /// Authenticates cursors.
    pub cursors: CursorKey,
    /// How long an idempotency key is kept.
    pub idempotency_ttl: Duration,
}

impl Wallets {
    /// The user's wallet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn get(&self, user: UserId) -> Result<Wallet, WalletError> {
        store::find(&mut self.db.read().await?, user)
            .await?
            .ok_or(WalletError::Missing)
    }

    /// The lines of the user's wallet that match `filter`, newest first, from where `cursor` left off.
    ///
    /// # Errors
    /// [`WalletError::InvalidCursor`] for a cursor of somewhere else, or of somebody else.
    pub async fn list_entries(
        &self,
        user: UserId,
        filter: &EntryFilter,
        cursor: Option<&str>,
        limit: i64,
    ) -> Result<Feed<WalletEntry>, WalletError> {
        let feed = format!("wallet-entries/{user}");
        let before = cursor
            .map(|cursor| self.cursors.decode(&feed, cursor))
            .transpose()?;
        let mut read = self.db.read().await?;
        let wallet = store::find(&mut read, user)
            .await?
            .ok_or(WalletError::Missing)?;
        let rows = store::list_entries(
            &mut read,
            (user, wallet.account_id),
            filter,
            before,
            limit.saturating_add(1),
        )
        .await?;
        Ok(Feed::new(rows, limit, |last| {
            self.cursors.encode(&feed, last.seq)
        }))
    }

    /// Pays money into the caller's wallet. An attempt that the provider declines is written down too.
    ///
    /// # Errors
    /// [`WalletError::CurrencyMismatch`], [`WalletError::LimitExceeded`], [`WalletError::PaymentDeclined`].
    pub async fn top_up(
        &self,
        ctx: &RequestContext,
        user: UserId,
        new: &NewTopUp,
        once: Once<'_, TopUp, WalletError>,
    ) -> Result<Outcome<TopUp>, WalletError> {
        let outcome = self
            .db
            .retrying(|| async {
                let (mut tx, ticket) =
                    match idempotency::begin(&self.db, ctx, self.idempotency_ttl, Some(once.key))
                        .await?
                    {
                        Begun::Run(tx, ticket) => (tx, ticket),
                        Begun::Replay(reply) => return Ok(Outcome::Replayed(reply)),
                    };
                let result = self.top_up_in(&mut tx, ctx, user, new).await;
                let top_up = idempotency::finish(tx, ticket, result, Some(once.render)).await?;
                Ok(Outcome::Done(top_up))
            })
            .await;
        if let Some(attempt) = attempt(&outcome) {
            attempt.count();
        }
        outcome
    }

    async fn top_up_in(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        user: UserId,
        new: &NewTopUp,
    ) -> Result<TopUp, WalletError> {
        let wallet = store::find(tx, user).await?.ok_or(WalletError::Missing)?;
        if wallet.currency != new.amount.currency() {
            return Err(WalletError::CurrencyMismatch(wallet.currency));
        }
        if wallet.balance > MAX_AMOUNT - new.amount.amount() {
            return Err(WalletError::LimitExceeded);
        }
        if is_declined_by_sandbox(&new.source) {
            let entry = Entry::new("wallet.top_up_failed", "wallet", user)
                .with("amount", new.amount)
                .with("reason", "PAYMENT_DECLINED");
            audit::record(tx, &self.ids, ctx, &entry).await?;
            return Err(WalletError::PaymentDeclined);
        }
        let Some(movement) = store::credit(tx, user, new.amount, ctx.now).await? else {
            return Err(WalletError::LimitExceeded);
        };

        let id: TransferId = self.ids.next();
        let transfer = Transfer {
            id,
            kind: TransferKind::TopUp,
            ref_type: "top_up",
            ref_id: id.as_uuid(),
            user,
            order: None,
            amount: new.amount,
            counterpart: AccountKind::Provider,
        };
        store::post(tx, &transfer, movement, new.amount.amount(), ctx.now).await?;
        let entry = Entry::new("wallet.topped_up", "wallet", user)
            .with("amount", new.amount)
            .with("balance", movement.balance)
            .with("transferId", id);
        audit::record(tx, &self.ids, ctx, &entry).await?;
        let event = Event {
            event_type: "wallet.topped_up",
            user_id: Some(user),
            entity_id: user.as_uuid(),
            payload: json!({
                "userId": user.as_uuid(), "topUpId": id.as_uuid(), "amount": new.amount.amount(),
                "currency": new.amount.currency().as_str(), "balance": movement.balance,
            }),
        };
        self.outbox.announce(tx, ctx, &event).await?;
        Ok(TopUp {
            id,
            amount: new.amount,
            balance: movement.balance,
            created_at: ctx.now,
        })
    }
}

/// The built-in provider takes every source but those that say `decline`, in whatever case.
fn is_declined_by_sandbox(source: &str) -> bool {
    source.to_ascii_lowercase().contains("decline")
}

/// How the attempt ended; nothing when it did not, or had ended before.
fn attempt(outcome: &Result<Outcome<TopUp>, WalletError>) -> Option<Attempt> {
    match outcome {
        Ok(Outcome::Done(_)) => Some(Attempt::Completed),
        Err(WalletError::PaymentDeclined) => Some(Attempt::Declined),
        Err(WalletError::CurrencyMismatch(_) | WalletError::LimitExceeded) => {
            Some(Attempt::Refused)
        }
        Ok(Outcome::Replayed(_)) | Err(_) => None,
    }
}
