//! Accounts as staff and their owners see and change them, on every database that this machine offers.

use openapi_runtime::IntoFailure as _;

use super::*;
use crate::auth::AuthError;
use crate::auth::testing::{Lab, PASSWORD, acting, email, labs, member};
use crate::context::RequestContext;
use crate::domain::{PageRequest, Role};
use crate::idempotency::Outcome;

pub(super) fn code(error: UserError) -> &'static str {
    error.into_failure().code
}

pub(super) fn to_role(role: Role) -> UserChange {
    UserChange {
        role: Some(role),
        ..UserChange::default()
    }
}

pub(super) fn disabled(disabled: bool) -> UserChange {
    UserChange {
        disabled: Some(disabled),
        ..UserChange::default()
    }
}

fn named(name: &str) -> UserChange {
    UserChange {
        name: Some(name.to_owned()),
        ..UserChange::default()
    }
}

pub(super) async fn update(
    lab: &Lab,
    ctx: &RequestContext,
    id: crate::domain::UserId,
    change: &UserChange,
) -> Result<User, UserError> {
    lab.users.update(ctx, id, change, None).await
}

pub(super) fn query() -> UserQuery {
    UserQuery {
        role: None,
        q: None,
        sort: UserSort::default(),
        page: PageRequest::new(1, 20),
    }
}

#[tokio::test]
async fn the_list_filters_searches_sorts_and_counts() {
    for lab in labs().await {
        let names = async |query: UserQuery| -> (Vec<String>, i64) {
            let page = lab.users.list(&query).await.unwrap();
            (
                page.items.into_iter().map(|user| user.name).collect(),
                page.meta.total,
            )
        };
        lab.register("Änne").await;
        lab.register("bob").await;
        lab.register("100%_Carl").await;
        lab.admin("root").await;

        assert_eq!(
            names(query()).await,
            (
                vec![
                    "root".into(),
                    "100%_Carl".into(),
                    "bob".into(),
                    "Änne".into()
                ],
                4
            )
        );
        let admins = UserQuery {
            role: Some(Role::Admin),
            ..query()
        };
        assert_eq!(names(admins).await, (vec!["root".into()], 1));
        for (q, found) in [
            ("ÄNN", "Änne"),
            ("0%_c", "100%_Carl"),
            ("BOB@example", "bob"),
        ] {
            let search = UserQuery {
                q: Some(q.into()),
                ..query()
            };
            assert_eq!(names(search).await, (vec![found.into()], 1), "{q}");
        }
        let search = UserQuery {
            q: Some("b%b".into()),
            ..query()
        };
        assert_eq!(names(search).await, (vec![], 0));
        let second = UserQuery {
            sort: UserSort::Email,
            page: PageRequest::new(2, 3),
            ..query()
        };
        assert_eq!(names(second).await.1, 4);
        for sort in [
            UserSort::Oldest,
            UserSort::Name,
            UserSort::NameDescending,
            UserSort::EmailDescending,
        ] {
            assert_eq!(names(UserQuery { sort, ..query() }).await.0.len(), 4);
        }
    }
}

#[tokio::test]
async fn whoever_is_invited_cannot_log_in_with_any_password() {
    for lab in labs().await {
        let root = lab.admin("root").await;
        let ctx = lab.request_of(acting(&root, Role::Admin));
        let new = NewUser {
            email: email("lin"),
            name: "Lin".into(),
            role: Role::Viewer,
        };

        let Outcome::Done(lin) = lab.users.invite(&ctx, &new, None).await.unwrap() else {
            panic!("no key, no replay")
        };

        assert_eq!(lin.role, Role::Viewer);
        for password in [PASSWORD, "no account", ""] {
            let refused = lab
                .log_in_with("lin", password, crate::auth::Client::Web)
                .await
                .unwrap_err();
            assert!(
                matches!(refused, AuthError::InvalidCredentials),
                "{refused:?}"
            );
        }
        assert_eq!(
            code(lab.users.invite(&ctx, &new, None).await.unwrap_err()),
            "EMAIL_ALREADY_EXISTS"
        );
        assert_eq!(lab.audited(lin.id, "user.invited").await.len(), 1);
    }
}

#[tokio::test]
async fn to_others_an_account_does_not_exist() {
    for lab in labs().await {
        let (ada, bob) = (lab.register("ada").await, lab.register("bob").await);
        let ctx = lab.request_of(member(&bob));

        assert_eq!(lab.users.get(&ctx, bob.id).await.unwrap(), bob);
        assert_eq!(
            code(lab.users.get(&ctx, ada.id).await.unwrap_err()),
            "USER_NOT_FOUND"
        );
        assert_eq!(
            code(update(&lab, &ctx, ada.id, &named("Eve")).await.unwrap_err()),
            "USER_NOT_FOUND"
        );
        let viewer = lab.request_of(acting(&bob, Role::Viewer));
        assert_eq!(lab.users.get(&viewer, ada.id).await.unwrap(), ada);
        assert_eq!(
            code(
                update(&lab, &viewer, ada.id, &named("Eve"))
                    .await
                    .unwrap_err()
            ),
            "FORBIDDEN"
        );
        let nobody = lab.users.get(&viewer, lab.ids.next()).await.unwrap_err();
        assert_eq!(code(nobody), "USER_NOT_FOUND");
    }
}

#[tokio::test]
async fn oneself_changes_the_name_and_nothing_else() {
    for lab in labs().await {
        let ada = lab.register("ada").await;
        let ctx = lab.request_of(member(&ada));

        let renamed = update(&lab, &ctx, ada.id, &named("Ada King"))
            .await
            .unwrap();
        assert_eq!((renamed.name.as_str(), renamed.version), ("Ada King", 2));
        let both = UserChange {
            role: Some(Role::Admin),
            ..named("Ada Queen")
        };
        let failure = update(&lab, &ctx, ada.id, &both)
            .await
            .unwrap_err()
            .into_failure();
        assert_eq!(
            (failure.code, failure.details.len()),
            ("FIELD_FORBIDDEN", 1)
        );
        assert_eq!(lab.users.get(&ctx, ada.id).await.unwrap(), renamed);
        let rows = lab.audited(ada.id, "user.renamed").await;
        assert_eq!(rows[0].metadata["to"].as_deref(), Some("Ada King"));
    }
}

#[tokio::test]
async fn a_change_of_a_version_that_is_gone_is_refused() {
    for lab in labs().await {
        let ada = lab.register("ada").await;
        let ctx = lab.request_of(member(&ada));
        let seen = ada.etag();
        update(&lab, &ctx, ada.id, &named("One")).await.unwrap();

        let stale = lab
            .users
            .update(
                &ctx,
                ada.id,
                &named("Two"),
                Some(&|user: &User| user.etag() == seen),
            )
            .await
            .unwrap_err();

        assert_eq!(code(stale), "PRECONDITION_FAILED");
    }
}

#[tokio::test]
async fn a_change_that_changes_nothing_leaves_no_trace() {
    for lab in labs().await {
        let ada = lab.register("ada").await;
        let ctx = lab.request_of(member(&ada));

        assert_eq!(
            update(&lab, &ctx, ada.id, &named("ada")).await.unwrap(),
            ada
        );

        assert!(lab.audited(ada.id, "user.renamed").await.is_empty());
    }
}

#[tokio::test]
async fn a_new_role_counts_for_log_ins_that_are_open() {
    for lab in labs().await {
        let (root, ada) = (lab.admin("root").await, lab.register("ada").await);
        let ctx = lab.request_of(acting(&root, Role::Admin));
        let tokens = lab.log_in("ada").await.unwrap();
        lab.caller(&tokens).await.unwrap();

        update(&lab, &ctx, ada.id, &to_role(Role::Viewer))
            .await
            .unwrap();

        let caller = lab.caller(&tokens).await.unwrap();
        assert!(openapi_runtime::Principal::has_role(&caller, "viewer"));
        let rows = lab.audited(ada.id, "user.role_changed").await;
        let detail = |name: &str| rows[0].metadata[name].as_deref();
        assert_eq!(
            (detail("from"), detail("to")),
            (Some("member"), Some("viewer"))
        );
        assert_eq!(rows[0].actor_id, Some(root.id));
    }
}

#[tokio::test]
async fn a_disabled_account_is_shut_out_at_once_and_its_log_ins_stay_ended() {
    for lab in labs().await {
        let (root, ada) = (lab.admin("root").await, lab.register("ada").await);
        let ctx = lab.request_of(acting(&root, Role::Admin));
        let tokens = lab.log_in("ada").await.unwrap();
        lab.caller(&tokens).await.unwrap();

        update(&lab, &ctx, ada.id, &disabled(true)).await.unwrap();
        assert!(lab.caller(&tokens).await.is_err());
        assert!(lab.refresh(&tokens.refresh).await.is_err());
        update(&lab, &ctx, ada.id, &disabled(false)).await.unwrap();

        assert!(lab.caller(&tokens).await.is_err());
        assert!(lab.log_in("ada").await.is_ok());
        assert_eq!(lab.audited(ada.id, "user.disabled").await.len(), 1);
        assert_eq!(lab.audited(ada.id, "user.enabled").await.len(), 1);
    }
}

#[tokio::test]
async fn changes_of_different_fields_at_once_are_both_kept() {
    for lab in labs().await {
        let ada = lab.register("ada").await;
        let (system, own) = (lab.system(), lab.request_of(member(&ada)));
        let (role, name) = (to_role(Role::Viewer), named("Ada King"));
        let neighbour = lab.neighbour();
        let (one, two) = tokio::join!(
            update(&lab, &system, ada.id, &role),
            update(&neighbour, &own, ada.id, &name)
        );
        one.unwrap();
        two.unwrap();

        let now = lab.users.get(&lab.system(), ada.id).await.unwrap();
        assert_eq!(
            (now.name.as_str(), now.role, now.version),
            ("Ada King", Role::Viewer, 3)
        );
    }
}
