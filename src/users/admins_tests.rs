//! There is always an administrator, and never one that nobody made, on every database that this machine offers.

use super::tests::{code, disabled, query, to_role, update};
use super::*;
use crate::auth::testing::{PASSWORD, acting, email, labs};
use crate::domain::Role;

#[tokio::test]
async fn the_last_administrator_stays_one() {
    for lab in labs().await {
        let root = lab.admin("root").await;
        let ctx = lab.request_of(acting(&root, Role::Admin));
        for change in [to_role(Role::Viewer), disabled(true)] {
            assert_eq!(
                code(update(&lab, &ctx, root.id, &change).await.unwrap_err()),
                "LAST_ADMIN"
            );
        }
        // One who cannot log in is no administrator to rely on.
        let other = lab.admin("other").await;
        update(&lab, &ctx, other.id, &disabled(true)).await.unwrap();
        assert_eq!(
            code(
                update(&lab, &ctx, root.id, &to_role(Role::Member))
                    .await
                    .unwrap_err()
            ),
            "LAST_ADMIN"
        );
    }
}

#[tokio::test]
async fn administrators_who_demote_each_other_at_once_leave_one() {
    for lab in labs().await {
        let (one, two) = (lab.admin("one").await, lab.admin("two").await);
        let (by_one, by_two) = (
            lab.request_of(acting(&one, Role::Admin)),
            lab.request_of(acting(&two, Role::Admin)),
        );
        let neighbour = lab.neighbour();
        for _ in 0..10 {
            let (first, second) = (to_role(Role::Member), to_role(Role::Viewer));
            let (here, there) = tokio::join!(
                update(&lab, &by_one, two.id, &first),
                update(&neighbour, &by_two, one.id, &second)
            );

            let refused: Vec<_> = [here, there]
                .into_iter()
                .filter_map(Result::err)
                .map(code)
                .collect();
            assert_eq!(refused, ["LAST_ADMIN"]);
            let left = UserQuery {
                role: Some(Role::Admin),
                ..query()
            };
            assert_eq!(lab.users.list(&left).await.unwrap().meta.total, 1);
            for id in [one.id, two.id] {
                update(&lab, &lab.system(), id, &to_role(Role::Admin))
                    .await
                    .unwrap();
            }
        }
    }
}

#[tokio::test]
async fn instances_that_start_at_once_create_one_administrator() {
    for lab in labs().await {
        let neighbour = lab.neighbour();
        let ctx = lab.system();
        let (here, there) = tokio::join!(
            lab.admins.bootstrap(&ctx, email("root"), PASSWORD.into()),
            neighbour
                .admins
                .bootstrap(&ctx, email("root"), PASSWORD.into())
        );

        let created = [here.unwrap(), there.unwrap()]
            .into_iter()
            .filter(|outcome| matches!(outcome, Bootstrap::Created(_)));
        assert_eq!(created.count(), 1);
        let again = lab
            .admins
            .bootstrap(&ctx, email("other"), PASSWORD.into())
            .await
            .unwrap();
        assert_eq!(again, Bootstrap::NotNeeded);
        assert!(lab.log_in("root").await.is_ok());
    }
}

#[tokio::test]
async fn the_bootstrap_promotes_nobody() {
    for lab in labs().await {
        lab.register("root").await;
        let outcome = lab
            .admins
            .bootstrap(&lab.system(), email("root"), "nine loud rivers".into())
            .await
            .unwrap();
        assert_eq!(outcome, Bootstrap::AddressTaken);
        assert!(
            lab.log_in("root").await.is_ok(),
            "nor does it change a password"
        );
    }
}
