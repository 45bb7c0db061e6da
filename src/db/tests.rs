//! What holds for both databases.

use std::collections::BTreeSet;
use std::time::Duration;

use sqlx::{Executor, SqlSafeStr};
use tokio::time::timeout;

use super::testing::Bench;
use super::{Databases, Db, DbSettings, Pools, Statement, StoreError, Tx, on};

fn statements() -> Vec<&'static Statement> {
    [
        crate::api_keys::store::STATEMENTS,
        crate::audit::store::STATEMENTS,
        crate::auth::store::STATEMENTS,
        crate::events::store::STATEMENTS,
        crate::idempotency::store::STATEMENTS,
        crate::infra::jobs::store::STATEMENTS,
        crate::integrity::store::STATEMENTS,
        crate::orders::store::STATEMENTS,
        crate::orders::store::COUNT_STATEMENTS,
        crate::orders::store::HOT_STATEMENTS,
        crate::orders::store::LIST_STATEMENTS,
        crate::orders::store::PAY_STATEMENTS,
        crate::orders::store::WRITE_STATEMENTS,
        crate::payments::store::STATEMENTS,
        crate::products::store::STATEMENTS,
        crate::users::store::STATEMENTS,
        crate::wallets::store::STATEMENTS,
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[tokio::test]
async fn every_statement_prepares_on_its_databases() {
    for bench in Bench::each().await {
        let mut tx = bench.db.begin().await.unwrap();
        for statement in statements() {
            let result = match (&mut tx, statement.databases) {
                (Tx::Sqlite(tx), Databases::Both | Databases::Sqlite) => (&mut **tx)
                    .prepare(statement.sql.into_sql_str())
                    .await
                    .map(drop),
                (Tx::Postgres(tx), Databases::Both | Databases::Postgres) => (&mut **tx)
                    .prepare(statement.sql.into_sql_str())
                    .await
                    .map(drop),
                _ => Ok(()),
            };
            assert!(
                result.is_ok(),
                "{}: {:?}\n{}",
                bench.db.name(),
                result,
                statement.sql
            );
        }
    }
}

#[tokio::test]
async fn migrations_go_up_down_and_up_and_end_in_equal_schemas() {
    let mut schemas = Vec::new();
    for bench in Bench::each().await {
        let first = columns(&bench).await;
        bench.db.migrate_down(0).await.unwrap();
        assert!(columns(&bench).await.is_empty(), "{}", bench.db.name());
        let all = bench.db.migration_status().await.unwrap().len();
        assert_eq!(bench.db.pending_migrations().await.unwrap().len(), all);
        bench.db.migrate_up().await.unwrap();
        assert_eq!(columns(&bench).await, first);
        assert!(bench.db.pending_migrations().await.unwrap().is_empty());
        schemas.push(first);
    }
    assert!(
        schemas.windows(2).all(|pair| pair[0] == pair[1]),
        "{schemas:#?}"
    );
}

/// `table.column type nullability` of every table, in one vocabulary.
async fn columns(bench: &Bench) -> BTreeSet<String> {
    const SQLITE: &str = r#"
        select m.name, c.name, c.type, c."notnull" from sqlite_master m, pragma_table_info(m.name) c
        where m.type = 'table' and m.name not like 'sqlite%' and m.name not like '\_sqlx%' escape '\'"#;
    const POSTGRES: &str = r"
        select table_name::text, column_name::text, data_type::text, (is_nullable = 'NO')::int::bigint
        from information_schema.columns
        where table_schema = current_schema() and table_name not like '\_sqlx%'";
    let mut read = bench.db.read().await.unwrap();
    let rows: Vec<(String, String, String, i64)> =
        on!(&mut read, [SQLITE, POSTGRES], |c, sql| sqlx::query_as(sql)
            .fetch_all(c)
            .await)
        .unwrap();
    rows.into_iter()
        .map(|(table, column, kind, not_null)| {
            let kind = match kind.to_lowercase().as_str() {
                "uuid" | "bytea" | "blob" => "bytes",
                "bigint" | "boolean" | "integer" => "integer",
                "text" => "text",
                other => panic!("{table}.{column} is {other}"),
            };
            format!("{table}.{column} {kind} {not_null}")
        })
        .collect()
}

#[tokio::test]
async fn violations_have_the_same_names_on_both_databases() {
    for bench in Bench::each().await {
        let user = bench.user(crate::domain::Role::Member).await;
        let attempt = async |sql: &'static str| -> StoreError {
            let mut tx = bench.db.begin().await.unwrap();
            on!(&mut tx, |c| sqlx::query(sql)
                .bind(user)
                .execute(c)
                .await
                .map(drop))
            .unwrap_err()
            .into()
        };
        let taken = attempt(
            "insert into users
             select id, 'x', name, role, disabled, search, version, created_at, updated_at from users where id = $1",
        );
        let taken = taken.await;
        assert!(taken.is_unique("users_pkey"), "{taken:?}");
        let taken = attempt(
            "insert into users
             select w.account_id, u.email, name, role, disabled, search, version, u.created_at, u.updated_at
             from users u join wallets w on w.user_id = u.id where u.id = $1",
        );
        let taken = taken.await;
        assert!(taken.is_unique("users_email_key"), "{taken:?}");
        let negative = attempt("update wallets set balance = -1 where user_id = $1").await;
        assert!(
            matches!(&negative, StoreError::Check(name) if name == "wallets_balance_check"),
            "{negative:?}"
        );
        let orphan = attempt(
            "insert into credentials (user_id, password_hash, updated_at)
             select id, 'x', 1 from products where id = $1 union all select account_id, 'x', 1 from wallets",
        );
        let orphan = orphan.await;
        assert!(matches!(orphan, StoreError::ForeignKey(_)), "{orphan:?}");
    }
}

#[tokio::test]
async fn ledger_and_audit_log_are_append_only() {
    for bench in Bench::each().await {
        let user = bench.user(crate::domain::Role::Member).await;
        for sql in [
            "update transfers set amount = 1",
            "delete from transfers",
            "update postings set amount = 1",
            "delete from postings",
            "update audit_logs set action = 'x'",
            "delete from audit_logs",
        ] {
            crate::orders::tests::fund(&bench, user, 500).await;
            let mut tx = bench.db.begin().await.unwrap();
            let result = on!(&mut tx, |c| sqlx::query(sql).execute(c).await.map(drop));
            assert!(
                result.unwrap_err().to_string().contains("append-only"),
                "{sql}"
            );
        }
    }
}

#[tokio::test]
async fn a_reading_connection_does_not_write() {
    let benches = Bench::each().await;
    let mut read = benches[0].db.read().await.unwrap();
    let result = on!(&mut read, |c| sqlx::query("delete from users")
        .execute(c)
        .await
        .map(drop));
    assert!(result.is_err());
}

/// Statements that a store runs stand in its list: every constant of a store's file is named in it.
#[tokio::test]
async fn keeping_connections_open_takes_none_from_those_who_work() {
    for bench in Bench::each().await {
        let mut settings = DbSettings::clone(&bench.db.settings);
        settings.pool_max = 2;
        let db = Db::connect(&settings).await.unwrap();
        let Pools::Postgres { primary, .. } = &db.pools else {
            continue;
        };
        // Given one connection at work, and room for one more.
        let _at_work = primary.lease(None).await.unwrap();
        assert_eq!(primary.pool.size(), 1);
        // When two are to be open, then the second is, although the first is not given back,
        let soon = Duration::from_secs(15);
        timeout(soon, primary.warm_up(2)).await.unwrap();
        assert_eq!(primary.pool.size(), 2);
        // and it is there for whoever comes.
        let next = timeout(soon, primary.lease(None)).await;
        assert!(next.unwrap().is_ok());
    }
}

#[test]
fn no_store_forgets_a_statement() {
    fn visit(folder: &std::path::Path, found: &mut usize) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.ends_with("db/tests.rs") {
                continue;
            }
            if path.is_dir() {
                visit(&path, found);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let Some((_, list)) = text.split_once("STATEMENTS: &[Statement]") else {
                continue;
            };
            let list = list.split("];").next().unwrap();
            for line in text.lines() {
                let Some(rest) = line.trim_start().strip_prefix("const ") else {
                    continue;
                };
                let Some((name, _)) = rest.split_once(": &str =") else {
                    continue;
                };
                let is_alias = rest.ends_with("= FIND;");
                assert!(
                    is_alias || list.contains(&format!("({name})")),
                    "{}: {name}",
                    path.display()
                );
                *found += 1;
            }
        }
    }
    let mut found = 0;
    visit(
        std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
        &mut found,
    );
    assert!(found > 60, "{found}");
}
