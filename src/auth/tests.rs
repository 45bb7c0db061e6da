//! Log-ins from registration to revocation, on every database that this machine offers.

use std::time::Duration;

use secrecy::ExposeSecret as _;

use super::testing::{Lab, PASSWORD, code, email, labs, labs_allowing};
use super::*;
use crate::context::Actor;
use crate::domain::Role;
use crate::users::{UserChange, UserError};

#[tokio::test]
async fn whoever_registers_is_a_member_and_can_log_in() {
    for lab in labs().await {
        let user = lab.register("ada").await;
        let tokens = lab.log_in("ada").await.unwrap();
        let caller = lab.caller(&tokens).await.unwrap();

        assert_eq!(
            (user.role, user.disabled, user.version),
            (Role::Member, false, 1)
        );
        assert_eq!(tokens.user, user);
        assert!(
            matches!(caller.actor, Actor::User { id, role: Role::Member, .. } if id == user.id)
        );
        assert_eq!(tokens.access_expires_in, Duration::from_mins(15));
        assert_eq!(tokens.refresh_expires_in, Duration::from_hours(7 * 24));
        assert_eq!(lab.audited(user.id, "user.registered").await.len(), 1);
    }
}

#[tokio::test]
async fn an_address_is_registered_once_whatever_its_case_and_however_many_come_at_once() {
    for lab in labs().await {
        let register = |address: &'static str| {
            let registration = Registration {
                email: address.parse().unwrap(),
                name: "Ada".into(),
                password: PASSWORD.into(),
            };
            async { lab.auth.register(&lab.system(), registration).await }
        };
        let (one, two, three) = tokio::join!(
            register("ada@example.com"),
            register("ADA@example.com"),
            register("Ada@Example.com")
        );
        let outcomes = [one, two, three];

        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        for error in outcomes.into_iter().filter_map(Result::err) {
            assert_eq!(code(error), "EMAIL_ALREADY_EXISTS");
        }
    }
}

#[tokio::test]
async fn a_common_password_is_refused_before_anything_is_written() {
    for lab in labs().await {
        let registration = Registration {
            email: email("ada"),
            name: "Ada".into(),
            password: "Password1".into(),
        };

        let error = lab
            .auth
            .register(&lab.system(), registration)
            .await
            .unwrap_err();

        assert_eq!(code(error), "PASSWORD_TOO_COMMON");
        assert_eq!(users_find(&lab, "ada").await, None);
    }
}

async fn users_find(lab: &Lab, name: &str) -> Option<crate::users::User> {
    crate::users::find_by_email(&mut lab.db.read().await.unwrap(), &email(name))
        .await
        .unwrap()
}

#[tokio::test]
async fn unknown_wrong_uninvited_and_disabled_get_one_answer() {
    for lab in labs().await {
        let admin = lab.admin("root").await;
        let disabled = lab.register("disabled").await;
        lab.register("ada").await;
        let ctx = lab.request_of(super::testing::acting(&admin, Role::Admin));
        let shut = UserChange {
            disabled: Some(true),
            ..UserChange::default()
        };
        lab.users
            .update(&ctx, disabled.id, &shut, None)
            .await
            .unwrap();

        for (name, password) in [
            ("nobody", PASSWORD),
            ("ada", "wrong password"),
            ("disabled", PASSWORD),
        ] {
            let error = lab
                .log_in_with(name, password, Client::Web)
                .await
                .unwrap_err();
            assert_eq!(code(error), "INVALID_CREDENTIALS", "{name}");
        }
    }
}

#[tokio::test]
async fn an_account_has_so_many_attempts_and_no_more() {
    for lab in labs_allowing(Some(2)).await {
        lab.register("ada").await;
        for _ in 0..2 {
            assert_eq!(
                code(
                    lab.log_in_with("ada", "wrong", Client::Web)
                        .await
                        .unwrap_err()
                ),
                "INVALID_CREDENTIALS"
            );
        }
        let failure =
            openapi_runtime::IntoFailure::into_failure(lab.log_in("ada").await.unwrap_err());
        assert_eq!(failure.code, "RATE_LIMIT_EXCEEDED");
        assert!(failure.retry_after.is_some());
        assert!(
            failure
                .message
                .starts_with("Too many requests. Try again in "),
            "{}",
            failure.message
        );
    }
}

#[tokio::test]
async fn logging_out_ends_this_log_in_at_once_and_all_of_them_when_asked() {
    for lab in labs().await {
        lab.register("ada").await;
        let [one, two, three] = [(); 3].map(|()| lab.log_in("ada"));
        let (one, two, three) = (one.await.unwrap(), two.await.unwrap(), three.await.unwrap());
        lab.caller(&two).await.unwrap();

        lab.auth
            .log_out(&lab.request(&one).await, false)
            .await
            .unwrap();
        assert_eq!(code(lab.caller(&one).await.unwrap_err()), "INVALID_TOKEN");
        assert_eq!(
            code(lab.refresh(&one.refresh).await.unwrap_err()),
            "REFRESH_TOKEN_INVALID"
        );
        assert!(lab.caller(&two).await.is_ok());

        lab.auth
            .log_out(&lab.request(&two).await, true)
            .await
            .unwrap();
        for tokens in [&two, &three] {
            assert_eq!(code(lab.caller(tokens).await.unwrap_err()), "INVALID_TOKEN");
            assert_eq!(
                code(lab.refresh(&tokens.refresh).await.unwrap_err()),
                "REFRESH_TOKEN_INVALID"
            );
        }
    }
}

#[tokio::test]
async fn what_one_instance_ends_another_notices_within_five_seconds() {
    for lab in labs().await {
        lab.register("ada").await;
        let neighbour = lab.neighbour();
        let tokens = lab.log_in("ada").await.unwrap();
        neighbour.caller(&tokens).await.unwrap();
        lab.auth
            .log_out(&lab.request(&tokens).await, false)
            .await
            .unwrap();

        // The cache's age is real time, which no test clock moves: let it pass.
        tokio::time::sleep(MAX_AGE + Duration::from_millis(300)).await;

        assert_eq!(
            code(neighbour.caller(&tokens).await.unwrap_err()),
            "INVALID_TOKEN"
        );
    }
}

#[tokio::test]
async fn a_new_password_ends_every_other_log_in() {
    for lab in labs().await {
        let user = lab.register("ada").await;
        let here = lab.log_in("ada").await.unwrap();
        let there = lab.log_in("ada").await.unwrap();
        lab.caller(&there).await.unwrap();
        let ctx = lab.request(&here).await;

        let wrong = lab
            .auth
            .change_password(&ctx, "wrong".into(), "nine loud rivers".into())
            .await
            .unwrap_err();
        assert_eq!(code(wrong), "INVALID_CREDENTIALS");
        let common = lab
            .auth
            .change_password(&ctx, PASSWORD.into(), "password123".into())
            .await
            .unwrap_err();
        assert_eq!(code(common), "PASSWORD_TOO_COMMON");
        lab.auth
            .change_password(&ctx, PASSWORD.into(), "nine loud rivers".into())
            .await
            .unwrap();

        assert!(lab.caller(&here).await.is_ok());
        assert_eq!(code(lab.caller(&there).await.unwrap_err()), "INVALID_TOKEN");
        assert_eq!(
            code(lab.log_in("ada").await.unwrap_err()),
            "INVALID_CREDENTIALS"
        );
        assert!(
            lab.log_in_with("ada", "nine loud rivers", Client::Web)
                .await
                .is_ok()
        );
        assert_eq!(lab.audited(user.id, "user.password_changed").await.len(), 1);
    }
}

#[tokio::test]
async fn a_log_in_with_the_old_password_never_slips_past_its_change() {
    for lab in labs().await {
        lab.register("ada").await;
        let neighbour = lab.neighbour();
        let mut old = PASSWORD.to_owned();
        for round in 0..10 {
            let new = format!("nine loud rivers {round}");
            let here = lab.log_in_with("ada", &old, Client::Web).await.unwrap();
            let ctx = lab.request(&here).await;
            let (changed, slipped) = tokio::join!(
                lab.auth
                    .change_password(&ctx, old.as_str().into(), new.as_str().into()),
                neighbour.log_in_with("ada", &old, Client::Web)
            );
            changed.unwrap();
            if let Ok(slipped) = slipped {
                assert_eq!(
                    code(lab.refresh(&slipped.refresh).await.unwrap_err()),
                    "REFRESH_TOKEN_INVALID"
                );
            }
            old = new;
        }
    }
}

#[tokio::test]
async fn a_hash_of_cheaper_parameters_is_replaced_at_the_next_log_in() {
    for mut lab in labs().await {
        let user = lab.register("ada").await;
        let dearer = PasswordSettings {
            passes: 2,
            ..PasswordSettings::cheapest()
        };
        lab.auth.hasher = PasswordHasher::new(dearer).unwrap();

        lab.log_in("ada").await.unwrap();

        let mut read = lab.db.read().await.unwrap();
        let stored = store::find_password_hash(&mut read, user.id)
            .await
            .unwrap()
            .unwrap();
        assert!(
            stored.starts_with("$argon2id$v=19$m=8,t=2,p=1$"),
            "{stored}"
        );
        drop(read);
        assert!(lab.log_in("ada").await.is_ok());
    }
}

#[tokio::test]
async fn an_api_key_is_no_log_in() {
    for lab in labs().await {
        let user = lab.register("ada").await;
        let ctx = lab.request_of(Actor::ApiKey {
            id: lab.ids.next(),
            owner: user.id,
            role: Role::Member,
            scopes: Vec::new(),
        });
        assert_eq!(
            code(lab.auth.log_out(&ctx, true).await.unwrap_err()),
            "FORBIDDEN"
        );
        let change = lab
            .auth
            .change_password(&ctx, PASSWORD.into(), "nine loud rivers".into())
            .await;
        assert_eq!(code(change.unwrap_err()), "FORBIDDEN");
    }
}

#[tokio::test]
async fn no_secret_shows_in_debug_output() {
    for lab in labs().await {
        lab.register("ada").await;
        let tokens = lab.log_in("ada").await.unwrap();
        let shown = format!(
            "{tokens:?} {:?} {:?} {:?}",
            lab.auth, lab.api_keys, lab.authenticator
        );
        for secret in [
            tokens.access.expose_secret(),
            tokens.refresh.expose_secret(),
            "0123456789abcdef",
        ] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[tokio::test]
async fn an_account_that_vanished_or_whose_error_is_of_users_keeps_its_code() {
    assert_eq!(
        code(AuthError::from(UserError::EmailTaken)),
        "EMAIL_ALREADY_EXISTS"
    );
}
