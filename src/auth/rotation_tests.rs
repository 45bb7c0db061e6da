//! Refresh tokens from the log-in to the theft, on every database that this machine offers.

use std::time::Duration;

use secrecy::ExposeSecret as _;

use super::testing::{PASSWORD, code, labs};
use super::*;

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn a_refresh_token_is_exchanged_once_and_its_successor_goes_on() {
    for lab in labs().await {
        lab.register("ada").await;
        let first = lab
            .log_in_with("ada", PASSWORD, Client::Mobile)
            .await
            .unwrap();
        lab.clock.advance(60 * SECOND);
        let second = lab.refresh(&first.refresh).await.unwrap();
        lab.clock.advance(60 * SECOND);
        let third = lab.refresh(&second.refresh).await.unwrap();

        assert_ne!(
            first.refresh.expose_secret(),
            second.refresh.expose_secret()
        );
        assert_eq!(third.refresh_expires_in, Duration::from_hours(30 * 24));
        assert!(lab.caller(&third).await.is_ok());
        assert!(
            lab.caller(&first).await.is_ok(),
            "an access token lives until it expires or its log-in ends"
        );
    }
}

#[tokio::test]
async fn a_stolen_refresh_token_ends_the_log_in_for_thief_and_owner() {
    for lab in labs().await {
        lab.register("ada").await;
        let stolen = lab.log_in("ada").await.unwrap();
        let other = lab.log_in("ada").await.unwrap();
        let session = AccessTokens::verify(
            &lab.auth.access_tokens,
            stolen.access.expose_secret(),
            lab.clock.now(),
        );
        let owners = lab.refresh(&stolen.refresh).await.unwrap();
        assert!(lab.caller(&owners).await.is_ok());
        lab.clock.advance(11 * SECOND);

        assert_eq!(
            code(lab.refresh(&stolen.refresh).await.unwrap_err()),
            "REFRESH_TOKEN_REUSED"
        );
        assert_eq!(
            code(lab.refresh(&owners.refresh).await.unwrap_err()),
            "REFRESH_TOKEN_INVALID"
        );
        assert_eq!(
            code(lab.caller(&owners).await.unwrap_err()),
            "INVALID_TOKEN"
        );
        assert!(
            lab.refresh(&other.refresh).await.is_ok(),
            "another log-in is none of the thief's"
        );
        assert_eq!(
            lab.audited(session.unwrap().session, "session.token_reused")
                .await
                .len(),
            1
        );
    }
}

#[tokio::test]
async fn a_repetition_is_forgiven_for_ten_seconds_while_no_successor_is_used() {
    for lab in labs().await {
        lab.register("ada").await;
        let first = lab.log_in("ada").await.unwrap();
        let lost = lab.refresh(&first.refresh).await.unwrap();
        lab.clock.advance(10 * SECOND);
        let again = lab.refresh(&first.refresh).await.unwrap();

        // Whichever answer the client kept is good, and using it makes the other old.
        lab.clock.advance(600 * SECOND);
        let kept = lab.refresh(&again.refresh).await.unwrap();
        assert!(lab.caller(&kept).await.is_ok());
        lab.clock.advance(600 * SECOND);
        assert_eq!(
            code(lab.refresh(&lost.refresh).await.unwrap_err()),
            "REFRESH_TOKEN_REUSED"
        );
    }
}

#[tokio::test]
async fn a_repetition_after_its_successor_was_used_is_theft_however_soon() {
    for lab in labs().await {
        lab.register("ada").await;
        let first = lab.log_in("ada").await.unwrap();
        let second = lab.refresh(&first.refresh).await.unwrap();
        lab.refresh(&second.refresh).await.unwrap();

        assert_eq!(
            code(lab.refresh(&first.refresh).await.unwrap_err()),
            "REFRESH_TOKEN_REUSED"
        );
    }
}

#[tokio::test]
async fn one_token_at_two_instances_at_once_harms_nobody() {
    for lab in labs().await {
        lab.register("ada").await;
        let neighbour = lab.neighbour();
        for _ in 0..20 {
            let tokens = lab.log_in("ada").await.unwrap();
            let (here, there) = tokio::join!(
                lab.refresh(&tokens.refresh),
                neighbour.refresh(&tokens.refresh)
            );
            let (here, there) = (here.unwrap(), there.unwrap());

            // Both are of one generation: either goes on.
            lab.clock.advance(20 * SECOND);
            assert!(lab.refresh(&there.refresh).await.is_ok());
            assert!(
                lab.refresh(&here.refresh).await.is_ok(),
                "within the grace of the other's rotation"
            );
        }
    }
}

#[tokio::test]
async fn a_family_ends_after_ninety_days_however_often_it_rotates() {
    for lab in labs().await {
        lab.register("ada").await;
        let mut tokens = lab
            .log_in_with("ada", PASSWORD, Client::Mobile)
            .await
            .unwrap();
        for _ in 0..4 {
            lab.clock.advance(Duration::from_hours(20 * 24));
            tokens = lab.refresh(&tokens.refresh).await.unwrap();
        }
        assert_eq!(tokens.refresh_expires_in, Duration::from_hours(10 * 24));
        lab.clock.advance(Duration::from_hours(10 * 24));
        assert_eq!(
            code(lab.refresh(&tokens.refresh).await.unwrap_err()),
            "REFRESH_TOKEN_INVALID"
        );
    }
}

#[tokio::test]
async fn what_was_never_handed_out_is_invalid_and_so_is_an_access_token() {
    for lab in labs().await {
        lab.register("ada").await;
        let tokens = lab.log_in("ada").await.unwrap();
        let invented = format!("rt_{}", "A".repeat(43)).into();
        for token in [&invented, &tokens.access] {
            assert_eq!(
                code(lab.refresh(token).await.unwrap_err()),
                "REFRESH_TOKEN_INVALID"
            );
        }
        let as_bearer = lab
            .authenticator
            .bearer(tokens.refresh.expose_secret(), lab.clock.now())
            .await;
        assert_eq!(code(as_bearer.unwrap_err()), "INVALID_TOKEN");
    }
}

#[tokio::test]
async fn expired_log_ins_are_deleted_and_running_ones_stay() {
    for lab in labs().await {
        lab.register("ada").await;
        let old = lab.log_in("ada").await.unwrap();
        lab.clock.advance(Duration::from_hours(92 * 24));
        let new = lab.log_in("ada").await.unwrap();

        lab.auth.delete_expired(lab.clock.now()).await.unwrap();

        assert_eq!(
            code(lab.refresh(&old.refresh).await.unwrap_err()),
            "REFRESH_TOKEN_INVALID"
        );
        assert!(lab.refresh(&new.refresh).await.is_ok());
    }
}
