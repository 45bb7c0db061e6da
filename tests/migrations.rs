//! The schema: up, down and up again, on both databases, and alike on both.

use std::collections::BTreeMap;

use waybill::db::{Db, DbSettings};

use crate::{
    on_both,
    support::{Backend, Client, Database, Server, block_on, factories::*},
};

#[test]
fn sqlite_goes_up_down_and_up() {
    block_on(up_down_up(Backend::Sqlite));
}

#[test]
fn postgres_goes_up_down_and_up() {
    block_on(up_down_up(Backend::Postgres));
}

async fn up_down_up(backend: Backend) {
    let database = Database::empty(backend).await;
    let db = open(&database).await;
    let versions: Vec<_> = db
        .migration_status()
        .await
        .unwrap()
        .iter()
        .map(|state| state.version)
        .collect();
    assert!(versions.len() >= 6 && versions.is_sorted(), "{versions:?}");
    assert_eq!(db.pending_migrations().await.unwrap().len(), versions.len());

    db.migrate_up().await.unwrap();
    assert!(db.pending_migrations().await.unwrap().is_empty());
    let first = schema(&database).await;
    assert!(first.len() > 20, "{first:?}");
    db.migrate_up().await.unwrap();
    assert_eq!(
        schema(&database).await,
        first,
        "a second run changes nothing"
    );

    // Step by step down, and each step up again, so that every down is the inverse of its up.
    for target in versions.iter().rev().skip(1).chain([&0]) {
        let before = schema(&database).await;
        db.migrate_down(*target).await.unwrap();
        let below = schema(&database).await;
        assert_ne!(below, before, "going down to {target} changes nothing");
        db.migrate_up().await.unwrap();
        assert_eq!(
            schema(&database).await,
            first,
            "after going down to {target} and up"
        );
        db.migrate_down(*target).await.unwrap();
        assert_eq!(schema(&database).await, below);
    }
    assert!(
        schema(&database).await.is_empty(),
        "{:?}",
        schema(&database).await
    );
    db.migrate_up().await.unwrap();
    assert_eq!(schema(&database).await, first);
    db.close().await;
    database.remove().await;
}

async fn open(database: &Database) -> Db {
    Db::connect(&DbSettings::new(database.url.clone()))
        .await
        .expect("the database can be opened")
}

/// Everything that the migrations made, as text: name → definition.
async fn schema(database: &Database) -> BTreeMap<String, String> {
    let sql = match database.backend {
        Backend::Sqlite => {
            "select type || ' ' || name, coalesce(sql, '') from sqlite_master \
             where name not like 'sqlite_%' and name not like '_sqlx%'"
        }
        Backend::Postgres => {
            "select 'column ' || table_name || '.' || column_name, \
                data_type || ' ' || is_nullable || ' ' || is_identity || coalesce(' ' || column_default, '') \
             from information_schema.columns where table_schema = 'public' and table_name not like '\\_sqlx%' \
             union all \
             select 'constraint ' || conrelid::regclass::text || '.' || conname, pg_get_constraintdef(oid) \
             from pg_constraint where connamespace = 'public'::regnamespace and conrelid::regclass::text not like '\\_sqlx%' \
             union all \
             select 'index ' || indexname, indexdef from pg_indexes \
             where schemaname = 'public' and tablename not like '\\_sqlx%' \
             union all \
             select 'trigger ' || tgrelid::regclass::text || '.' || tgname, pg_get_triggerdef(oid) \
             from pg_trigger where not tgisinternal \
             union all \
             select 'function ' || proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace"
        }
    };
    let rows = database.rows(sql).await;
    rows.into_iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect()
}

#[test]
fn both_databases_have_the_same_tables_columns_and_constraints() {
    block_on(async {
        let mut shapes = Vec::new();
        for backend in [Backend::Sqlite, Backend::Postgres] {
            let database = Database::empty(backend).await;
            let db = open(&database).await;
            db.migrate_up().await.unwrap();
            db.close().await;
            shapes.push(shape(&database).await);
            database.remove().await;
        }
        let [sqlite, postgres] = &shapes[..] else {
            unreachable!()
        };
        assert_eq!(
            sqlite.keys().collect::<Vec<_>>(),
            postgres.keys().collect::<Vec<_>>()
        );
        for (name, one) in sqlite {
            assert_eq!(
                one, &postgres[name],
                "{name}: SQLite on the left, PostgreSQL on the right"
            );
        }
        assert!(sqlite.len() > 30);
    });
}

/// What both databases can be compared by: columns with nullability, names of constraints and of indexes.
async fn shape(database: &Database) -> BTreeMap<String, String> {
    let mut shape = BTreeMap::new();
    match database.backend {
        Backend::Sqlite => {
            let columns = "select 'column ' || m.name || '.' || c.name, \
                case when c.\"notnull\" = 1 or c.pk > 0 then 'not null' else 'null' end \
                from sqlite_master m join pragma_table_info(m.name) c \
                where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like '_sqlx%'";
            shape.extend(pairs(database, columns).await);
            let indexes = "select 'index ' || name, '' from sqlite_master \
                where type = 'index' and sql is not null and name not like '_sqlx%'";
            shape.extend(pairs(database, indexes).await);
            let tables = "select name, sql from sqlite_master where type = 'table' \
                and name not like 'sqlite_%' and name not like '_sqlx%'";
            for row in database.rows(tables).await {
                for name in named_constraints(&row[1]) {
                    shape.insert(format!("constraint {}.{name}", row[0]), String::new());
                }
            }
        }
        Backend::Postgres => {
            let columns = "select 'column ' || table_name || '.' || column_name, \
                case when is_nullable = 'NO' then 'not null' else 'null' end \
                from information_schema.columns where table_schema = 'public' and table_name not like '\\_sqlx%'";
            shape.extend(pairs(database, columns).await);
            let indexes = "select 'index ' || i.indexname, '' from pg_indexes i where i.schemaname = 'public' \
                and i.tablename not like '\\_sqlx%' \
                and not exists (select from pg_constraint c where c.conname = i.indexname)";
            shape.extend(pairs(database, indexes).await);
            let constraints = "select 'constraint ' || conrelid::regclass::text || '.' || conname, '' \
                from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n' \
                and conrelid::regclass::text not like '\\_sqlx%'";
            shape.extend(pairs(database, constraints).await);
        }
    }
    // A flag is a boolean in one database and an integer that must be 0 or 1 in the other.
    shape.retain(|name, _| !IS_FLAG_CHECK.iter().any(|check| name.ends_with(check)));
    shape
}

/// Checks that only SQLite needs, because it has no booleans.
const IS_FLAG_CHECK: [&str; 2] = [
    "users.users_disabled_check",
    "products.products_archived_check",
];

async fn pairs(database: &Database, sql: &str) -> Vec<(String, String)> {
    let rows = database.rows(sql).await;
    rows.into_iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect()
}

/// The names after the word `constraint` in the text of a table.
fn named_constraints(sql: &str) -> Vec<String> {
    let words: Vec<_> = sql.split_whitespace().collect();
    let named = words.windows(2).filter(|pair| pair[0] == "constraint");
    named.map(|pair| pair[1].to_owned()).collect()
}

#[test]
fn every_migration_has_its_four_files() {
    let folder = |name: &str| {
        let path = format!("{}/migrations/{name}", env!("CARGO_MANIFEST_DIR"));
        let mut names: Vec<_> = std::fs::read_dir(path)
            .expect("migrations")
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .filter(|name: &String| name.contains(".sql"))
            .collect();
        names.sort();
        names
    };
    let (sqlite, postgres) = (folder("sqlite"), folder("postgres"));
    assert_eq!(sqlite, postgres);
    for name in sqlite.iter().filter(|name| name.ends_with(".up.sql")) {
        assert!(
            sqlite.contains(&name.replace(".up.", ".down.")),
            "{name} cannot be reverted"
        );
    }
}

on_both!(a_migration_keeps_what_was_there_and_makes_the_planner_look);

/// Down to before the keys began with the user, and up again, with people who are logged in and orders that are paid.
async fn a_migration_keeps_what_was_there_and_makes_the_planner_look(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    paid_order(&server, &member).await;
    let tokens = log_in(&server.anonymous(), &server.people().member.email).await;
    let entries = async |client: &Client| {
        let answer = client.get("/api/v1/wallet/entries").await;
        answer.must(200).data()
    };
    let before = entries(&member).await;
    assert_eq!(before.as_array().map(Vec::len), Some(2));
    server.stop().await;

    let db = open(&database).await;
    db.migrate_down(7).await.unwrap();
    db.migrate_up().await.unwrap();
    db.close().await;

    if database.backend == Backend::Postgres {
        // Never analyzed is -1.
        let rows = "select cast(reltuples as bigint) from pg_class where relname = 'postings'";
        assert_eq!(database.number(rows).await, 4);
    }
    let server = Server::start(&database).await;
    assert_eq!(entries(&server.member()).await, before);
    assert_balanced(&server).await;
    let body = serde_json::json!({ "refreshToken": tokens["refreshToken"] });
    let refresh = server.anonymous().post("/api/v1/auth/refresh").json(body);
    refresh.await.must(200);
    let appended = database.try_execute("delete from postings").await;
    appended.expect_err("the ledger is append-only");
}
