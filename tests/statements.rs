//! Every SQL text of every store is understood by the databases that it is meant for.

use sqlx::{Executor as _, SqlSafeStr as _};
use waybill::db::{Databases, Statement};

use crate::{
    on_both,
    support::{Backend, Database},
};

on_both!(every_statement_prepares);

/// The lists of all stores.
fn all() -> Vec<(&'static str, &'static [Statement])> {
    vec![
        //TMP ("api_keys", waybill::api_keys::store::STATEMENTS),
        ("audit", waybill::audit::store::STATEMENTS),
        //TMP ("auth", waybill::auth::store::STATEMENTS),
        ("events", waybill::events::store::STATEMENTS),
        ("idempotency", waybill::idempotency::store::STATEMENTS),
        ("integrity", waybill::integrity::store::STATEMENTS),
        ("orders", waybill::orders::store::STATEMENTS),
        ("payments", waybill::payments::store::STATEMENTS),
        ("products", waybill::products::store::STATEMENTS),
        //TMP ("users", waybill::users::store::STATEMENTS),
        ("wallets", waybill::wallets::store::STATEMENTS),
    ]
}

async fn every_statement_prepares(database: Database) {
    let wanted = match database.backend {
        Backend::Sqlite => [Databases::Both, Databases::Sqlite],
        Backend::Postgres => [Databases::Both, Databases::Postgres],
    };
    let mut faults = Vec::new();
    let mut prepared = 0;
    for (store, statements) in all() {
        for statement in statements.iter().filter(|statement| wanted.contains(&statement.databases)) {
            let sql = sqlx::AssertSqlSafe(statement.sql).into_sql_str();
            let outcome = match database.backend {
                Backend::Sqlite => database.sqlite_connection().await.prepare(sql).await.map(drop),
                Backend::Postgres => database.postgres_connection().await.prepare(sql).await.map(drop),
            };
            prepared += 1;
            if let Err(error) = outcome {
                faults.push(format!("{store}: {error}\n{}", statement.sql));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    assert!(prepared > 40, "{prepared} statements");
}

#[test]
fn every_statement_is_on_the_list_of_its_store() {
    let mut faults = Vec::new();
    for file in stores() {
        let text = std::fs::read_to_string(&file).unwrap();
        for name in sql_constants(&text) {
            if !["both", "sqlite", "postgres"].iter().any(|kind| text.contains(&format!("Statement::{kind}({name})"))) {
                faults.push(format!("{}: {name}", file.display()));
            }
        }
    }
    assert!(faults.is_empty(), "SQL that no list names:\n{}", faults.join("\n"));
    assert_eq!(stores().len(), all().len(), "a store without its list: {:#?}", stores());
}

fn stores() -> Vec<std::path::PathBuf> {
    let src = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let features = std::fs::read_dir(src).unwrap().map(|entry| entry.unwrap().path().join("store.rs"));
    features.filter(|store| store.exists()).collect()
}

/// The names of the text constants that hold SQL.
fn sql_constants(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in text.split("\nconst ").skip(1) {
        let Some((name, rest)) = part.split_once(": &str =") else {
            continue;
        };
        let body = rest.trim_start().trim_start_matches(['"', 'r', '#']).trim_start();
        if ["select", "insert", "update", "delete", "with"].iter().any(|verb| body.starts_with(verb)) {
            names.push(name.trim().to_owned());
        }
    }
    names
}
