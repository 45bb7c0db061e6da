//! Every SQL text of every store is understood by the databases that it is meant for.

use std::path::PathBuf;

use sqlx::{Executor as _, SqlSafeStr as _};
use waybill::db::{Databases, Db, DbSettings, Statement};

use crate::support::{Backend, Database, block_on};

/// The lists of all stores.
fn all() -> Vec<(&'static str, &'static [Statement])> {
    vec![
        ("api_keys", waybill::api_keys::store::STATEMENTS),
        ("audit", waybill::audit::store::STATEMENTS),
        ("auth", waybill::auth::store::STATEMENTS),
        ("events", waybill::events::store::STATEMENTS),
        ("idempotency", waybill::idempotency::store::STATEMENTS),
        ("integrity", waybill::integrity::store::STATEMENTS),
        ("orders", waybill::orders::store::STATEMENTS),
        ("payments", waybill::payments::store::STATEMENTS),
        ("products", waybill::products::store::STATEMENTS),
        ("users", waybill::users::store::STATEMENTS),
        ("wallets", waybill::wallets::store::STATEMENTS),
    ]
}

#[test]
fn every_statement_prepares_on_sqlite() {
    block_on(every_statement_prepares(Backend::Sqlite));
}

#[test]
fn every_statement_prepares_on_postgres() {
    block_on(every_statement_prepares(Backend::Postgres));
}

async fn every_statement_prepares(backend: Backend) {
    let database = Database::empty(backend).await;
    let db = Db::connect(&DbSettings::new(database.url.clone()))
        .await
        .unwrap();
    db.migrate_up().await.unwrap();
    db.close().await;
    let wanted = match database.backend {
        Backend::Sqlite => [Databases::Both, Databases::Sqlite],
        Backend::Postgres => [Databases::Both, Databases::Postgres],
    };
    let mut faults = Vec::new();
    let mut prepared = 0;
    for (store, statements) in all() {
        for statement in statements
            .iter()
            .filter(|statement| wanted.contains(&statement.databases))
        {
            let sql = sqlx::AssertSqlSafe(statement.sql).into_sql_str();
            let outcome = match database.backend {
                Backend::Sqlite => database
                    .sqlite_connection()
                    .await
                    .prepare(sql)
                    .await
                    .map(drop),
                Backend::Postgres => database
                    .postgres_connection()
                    .await
                    .prepare(sql)
                    .await
                    .map(drop),
            };
            prepared += 1;
            if let Err(error) = outcome {
                faults.push(format!("{store}: {error}\n{}", statement.sql));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    assert!(prepared > 40, "{prepared} statements");
    database.remove().await;
}

#[test]
fn every_statement_is_on_the_list_of_its_store() {
    let mut faults = Vec::new();
    for (feature, files) in stores() {
        let text: String = files
            .iter()
            .map(|file| std::fs::read_to_string(file).unwrap())
            .collect();
        for name in sql_constants(&text) {
            let is_listed = |kind: &&str| text.contains(&format!("Statement::{kind}({name})"));
            if !["both", "sqlite", "postgres"].iter().any(is_listed) {
                faults.push(format!("{feature}: {name}"));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "SQL that no list names:\n{}",
        faults.join("\n")
    );
    let features: Vec<_> = stores().into_iter().map(|(feature, _)| feature).collect();
    assert_eq!(
        features,
        all().iter().map(|(name, _)| *name).collect::<Vec<_>>(),
        "a store without its list"
    );
}

/// Every feature with the files of its store.
fn stores() -> Vec<(String, Vec<PathBuf>)> {
    let src = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let features = std::fs::read_dir(src)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut stores: Vec<_> = features
        .filter_map(|feature| {
            let parts = std::fs::read_dir(feature.join("store"))
                .into_iter()
                .flatten();
            let mut files: Vec<_> = parts.map(|part| part.unwrap().path()).collect();
            files.extend(
                [feature.join("store.rs")]
                    .into_iter()
                    .filter(|file| file.exists()),
            );
            let name = feature.file_name()?.to_str()?.to_owned();
            (!files.is_empty()).then_some((name, files))
        })
        .collect();
    stores.sort();
    stores
}

/// The names of the text constants that hold SQL.
fn sql_constants(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in text.split("const ").skip(1) {
        let Some((name, rest)) = part.split_once(": &str =") else {
            continue;
        };
        let body = rest
            .trim_start()
            .trim_start_matches(['"', 'r', '#'])
            .trim_start();
        if ["select", "insert", "update", "delete", "with"]
            .iter()
            .any(|verb| body.starts_with(verb))
        {
            names.push(name.trim().to_owned());
        }
    }
    names
}
