//! API keys from issue to revocation, on every database that this machine offers.

use std::time::Duration;

use openapi_runtime::{IntoFailure as _, Principal as _};
use secrecy::{ExposeSecret as _, SecretString};

use super::*;
use crate::auth::testing::{Lab, acting, labs, member};
use crate::auth::{AuthError, Caller};
use crate::context::{Actor, RequestContext};
use crate::domain::{PageRequest, Role, Scope};
use crate::users::UserChange;

fn code(error: ApiKeyError) -> &'static str {
    error.into_failure().code
}

fn new(scopes: &[Scope]) -> NewApiKey {
    NewApiKey {
        name: "Export".into(),
        scopes: scopes.to_vec(),
        expires_at: None,
    }
}

async fn issue(lab: &Lab, ctx: &RequestContext, scopes: &[Scope]) -> IssuedApiKey {
    lab.api_keys.issue(ctx, &new(scopes)).await.unwrap()
}

async fn caller(lab: &Lab, key: &SecretString) -> Result<Caller, AuthError> {
    lab.authenticator
        .api_key(key.expose_secret(), lab.clock.now())
        .await
}

async fn listed(lab: &Lab, ctx: &RequestContext) -> Vec<ApiKey> {
    lab.api_keys
        .list(ctx, PageRequest::new(1, 20))
        .await
        .unwrap()
        .items
}

#[tokio::test]
async fn a_key_acts_for_its_owner_within_its_scopes() {
    for lab in labs().await {
        let ada = lab.register("ada").await;
        let ctx = lab.request_of(member(&ada));
        let issued = issue(&lab, &ctx, &[Scope::WalletRead, Scope::OrdersRead]).await;
        let caller = caller(&lab, &issued.secret).await.unwrap();

        assert!(issued.secret.expose_secret().starts_with("wb_test_"));
        assert!(matches!(&caller.actor, Actor::ApiKey { owner, .. } if *owner == ada.id));
        assert!(caller.has_scope("orders:read") && caller.has_scope("wallet:read"));
        assert!(!caller.has_scope("orders:write"));
        assert_eq!(
            listed(&lab, &ctx).await[0].scopes,
            [Scope::OrdersRead, Scope::WalletRead]
        );
        assert_eq!(lab.audited(issued.key.id, "api_key.issued").await.len(), 1);
    }
}

#[tokio::test]
async fn nobody_issues_a_key_that_may_do_more_than_they_may() {
    for lab in labs().await {
        let ada = lab.register("ada").await;
        for (role, scope) in [
            (Role::Member, Scope::Admin),
            (Role::Member, Scope::ProductsWrite),
            (Role::Viewer, Scope::OrdersWrite),
            (Role::Viewer, Scope::WalletWrite),
        ] {
            let ctx = lab.request_of(acting(&ada, role));
            let refused = lab
                .api_keys
                .issue(&ctx, &new(&[Scope::OrdersRead, scope]))
                .await
                .unwrap_err();
            assert_eq!(code(refused), "SCOPE_NOT_ALLOWED", "{role} {scope}");
        }
        assert!(listed(&lab, &lab.request_of(member(&ada))).await.is_empty());
    }
}

#[tokio::test]
async fn a_key_issues_and_revokes_no_keys() {
    for lab in labs().await {
        let ada = lab.register("ada").await;
        let issued = issue(&lab, &lab.request_of(member(&ada)), &[Scope::OrdersRead]).await;
        let ctx = lab.request_of(caller(&lab, &issued.secret).await.unwrap().actor);

        assert_eq!(
            code(
                lab.api_keys
                    .issue(&ctx, &new(&[Scope::OrdersRead]))
                    .await
                    .unwrap_err()
            ),
            "FORBIDDEN"
        );
        assert_eq!(
            code(lab.api_keys.revoke(&ctx, issued.key.id).await.unwrap_err()),
            "FORBIDDEN"
        );
    }
}

#[tokio::test]
async fn a_key_ends_when_it_says() {
    for lab in labs().await {
        let ada = lab.register("ada").await;
        let ctx = lab.request_of(member(&ada));
        let end = lab.clock.now().plus(Duration::from_mins(1));
        let ending = NewApiKey {
            expires_at: Some(end),
            ..new(&[Scope::OrdersRead])
        };
        let issued = lab.api_keys.issue(&ctx, &ending).await.unwrap();

        assert!(caller(&lab, &issued.secret).await.is_ok());
        lab.clock.advance(Duration::from_mins(1));
        assert!(matches!(
            caller(&lab, &issued.secret).await,
            Err(AuthError::InvalidApiKey)
        ));
        let late = lab
            .api_keys
            .issue(&lab.request_of(member(&ada)), &ending)
            .await
            .unwrap_err()
            .into_failure();
        assert_eq!(
            (late.code, late.details[0].field.as_str()),
            ("VALIDATION_ERROR", "expiresAt")
        );
    }
}

#[tokio::test]
async fn a_revoked_key_opens_nothing_at_once_and_is_revoked_once() {
    for lab in labs().await {
        let (ada, bob, root) = (
            lab.register("ada").await,
            lab.register("bob").await,
            lab.admin("root").await,
        );
        let ctx = lab.request_of(member(&ada));
        let (one, two) = (
            issue(&lab, &ctx, &[Scope::OrdersRead]).await,
            issue(&lab, &ctx, &[Scope::OrdersRead]).await,
        );
        caller(&lab, &one.secret).await.unwrap();

        let others = lab
            .api_keys
            .revoke(&lab.request_of(member(&bob)), one.key.id)
            .await
            .unwrap_err();
        assert_eq!(code(others), "API_KEY_NOT_FOUND");
        lab.api_keys.revoke(&ctx, one.key.id).await.unwrap();
        assert!(matches!(
            caller(&lab, &one.secret).await,
            Err(AuthError::InvalidApiKey)
        ));
        assert_eq!(
            code(lab.api_keys.revoke(&ctx, one.key.id).await.unwrap_err()),
            "API_KEY_NOT_FOUND"
        );

        lab.api_keys
            .revoke(&lab.request_of(acting(&root, Role::Admin)), two.key.id)
            .await
            .unwrap();
        assert!(listed(&lab, &ctx).await.is_empty());
        let rows = lab.audited(two.key.id, "api_key.revoked").await;
        assert_eq!((rows.len(), rows[0].actor_id), (1, Some(root.id)));
    }
}

#[tokio::test]
async fn a_key_shrinks_with_the_role_of_its_owner_and_ends_with_the_account() {
    for lab in labs().await {
        lab.admin("root").await;
        let ada = lab.admin("ada").await;
        let ctx = lab.request_of(acting(&ada, Role::Admin));
        let issued = issue(&lab, &ctx, &[Scope::ProductsWrite, Scope::OrdersRead]).await;
        assert!(
            caller(&lab, &issued.secret)
                .await
                .unwrap()
                .has_scope("products:write")
        );

        let demoted = UserChange {
            role: Some(Role::Viewer),
            ..UserChange::default()
        };
        lab.users
            .update(&lab.system(), ada.id, &demoted, None)
            .await
            .unwrap();
        let demoted = caller(&lab, &issued.secret).await.unwrap();
        assert!(demoted.has_scope("orders:read") && !demoted.has_scope("products:write"));
        assert!(demoted.has_role("viewer") && !demoted.has_role("admin"));

        let shut = UserChange {
            disabled: Some(true),
            ..UserChange::default()
        };
        lab.users
            .update(&lab.system(), ada.id, &shut, None)
            .await
            .unwrap();
        assert!(matches!(
            caller(&lab, &issued.secret).await,
            Err(AuthError::InvalidApiKey)
        ));
    }
}

#[tokio::test]
async fn the_use_of_a_key_is_noted_coarsely() {
    for lab in labs().await {
        let ada = lab.register("ada").await;
        let ctx = lab.request_of(member(&ada));
        let issued = issue(&lab, &ctx, &[Scope::OrdersRead]).await;
        let first_use = lab.clock.now();
        caller(&lab, &issued.secret).await.unwrap();
        assert_eq!(listed(&lab, &ctx).await[0].last_used_at, Some(first_use));

        lab.clock.advance(Duration::from_secs(299));
        caller(&lab.neighbour(), &issued.secret).await.unwrap();
        assert_eq!(listed(&lab, &ctx).await[0].last_used_at, Some(first_use));
        lab.clock.advance(Duration::from_secs(2));
        caller(&lab.neighbour(), &issued.secret).await.unwrap();
        assert_eq!(
            listed(&lab, &ctx).await[0].last_used_at,
            Some(lab.clock.now())
        );
    }
}

#[tokio::test]
async fn the_database_does_not_hold_the_key() {
    for lab in labs().await {
        let ada = lab.register("ada").await;
        let issued = issue(&lab, &lab.request_of(member(&ada)), &[Scope::OrdersRead]).await;
        let secret = issued.secret.expose_secret();

        assert!(secret.len() > issued.key.prefix.len() + 30);
        assert!(!format!("{issued:?}").contains(secret));
        for text in [
            "",
            "wb_test_",
            "wb_live_",
            &secret[..50],
            &secret.replace("test", "live"),
        ] {
            let refused = lab.authenticator.api_key(text, lab.clock.now()).await;
            assert!(matches!(refused, Err(AuthError::InvalidApiKey)), "{text}");
        }
    }
}
