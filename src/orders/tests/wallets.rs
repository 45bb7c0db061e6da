//! The wallets that orders are paid from: top-ups that are refused change nothing.

use super::{assert_books_balance, balance, benches, fund, key, render_top_up, wallets};
use crate::db::testing::Bench;
use crate::domain::Role;
use crate::idempotency::Once;
use crate::wallets::{NewTopUp, WalletError};

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
