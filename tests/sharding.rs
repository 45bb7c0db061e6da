//! Nothing in the schema stands in the way of a database that is sharded by user, and `docs/scaling.md` tells so of every
//! table.

use std::collections::{BTreeMap, BTreeSet};

use waybill::db::{Db, DbSettings};

use crate::support::{Backend, Database, block_on};

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/scaling.md");

/// What becomes of a table in a distributed database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Cut into pieces by `user_id`.
    Sharded,
    /// Whole, on every node.
    Reference,
    /// Whole, on one node.
    Local,
}

/// The tables of the document with their kinds; each says why.
fn documented() -> BTreeMap<String, Kind> {
    let text = std::fs::read_to_string(DOCUMENT).expect("docs/scaling.md");
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [tables, kind, why] = cells[..] else {
            panic!("{row}")
        };
        assert!(why.len() > 20, "{row}");
        let kind = match kind {
            "sharded" => Kind::Sharded,
            "reference" => Kind::Reference,
            "local" => Kind::Local,
            other => panic!("{other}"),
        };
        let tables = tables
            .split(", ")
            .map(|table| table.trim_matches('`').to_owned());
        tables.map(|table| (table, kind)).collect::<Vec<_>>()
    })
    .collect::<Vec<_>>()
    .concat()
    .into_iter()
    .collect()
}

/// The migrated schema, as the database itself describes it.
struct Schema {
    /// `table.column` of every column that may not be null.
    required: BTreeSet<String>,
    tables: BTreeSet<String>,
    /// By table and name: the columns of a primary key or unique index, in order.
    keys: BTreeMap<(String, String), Vec<String>>,
    /// By table and name: the parent and the pairs of columns, in order.
    references: BTreeMap<(String, String), Reference>,
}

/// The parent, and the pairs of columns.
type Reference = (String, Vec<(String, String)>);

impl Schema {
    async fn read(backend: Backend) -> Self {
        let database = Database::empty(backend).await;
        let settings = DbSettings::new(database.url.clone());
        let db = Db::connect(&settings).await.expect("a database");
        db.migrate_up().await.expect("migrations");
        db.close().await;
        let [columns, keys, references] = match backend {
            Backend::Sqlite => SQLITE,
            Backend::Postgres => POSTGRES,
        };
        let mut schema = Self {
            required: BTreeSet::new(),
            tables: BTreeSet::new(),
            keys: BTreeMap::new(),
            references: BTreeMap::new(),
        };
        for row in database.rows(columns).await {
            schema.tables.insert(row[0].clone());
            if row[2] == "required" {
                schema.required.insert(format!("{}.{}", row[0], row[1]));
            }
        }
        for row in database.rows(keys).await {
            let key = (row[0].clone(), row[1].clone());
            schema.keys.entry(key).or_default().push(row[2].clone());
        }
        for row in database.rows(references).await {
            let key = (row[0].clone(), row[1].clone());
            let reference = schema.references.entry(key);
            let (_, pairs) = reference.or_insert_with(|| (row[2].clone(), Vec::new()));
            pairs.push((row[3].clone(), row[4].clone()));
        }
        database.remove().await;
        schema
    }
}

/// Columns, keys and references, each ordered by the column's place.
const SQLITE: [&str; 3] = [
    r#"select m.name, c.name, case when c."notnull" = 1 or c.pk > 0 then 'required' else '' end
       from sqlite_master m join pragma_table_info(m.name) c
       where m.type = 'table' and m.name not like 'sqlite\_%' escape '\' and m.name not like '\_sqlx%' escape '\'"#,
    r#"select m.name, l.name, i.name
       from sqlite_master m join pragma_index_list(m.name) l join pragma_index_info(l.name) i
       where m.type = 'table' and l."unique" = 1 and m.name not like '\_sqlx%' escape '\'
       order by m.name, l.name, i.seqno"#,
    r#"select m.name, cast(f.id as text), f."table", f."from", f."to"
       from sqlite_master m join pragma_foreign_key_list(m.name) f
       where m.type = 'table' and m.name not like '\_sqlx%' escape '\'
       order by m.name, f.id, f.seq"#,
];

const POSTGRES: [&str; 3] = [
    r"select cast(table_name as text), cast(column_name as text),
          case is_nullable when 'NO' then 'required' else '' end
       from information_schema.columns
       where table_schema = 'public' and table_name not like '\_sqlx%'",
    r"select cast(t.relname as text), cast(i.relname as text), cast(a.attname as text)
       from pg_index x
       join pg_class t on t.oid = x.indrelid
       join pg_class i on i.oid = x.indexrelid
       cross join lateral unnest(x.indkey) with ordinality k(attnum, place)
       join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum
       where t.relnamespace = 'public'::regnamespace and x.indisunique and t.relname not like '\_sqlx%'
       order by t.relname, i.relname, k.place",
    r"select cast(t.relname as text), cast(c.conname as text), cast(p.relname as text), cast(a.attname as text),
          cast(b.attname as text)
       from pg_constraint c
       join pg_class t on t.oid = c.conrelid
       join pg_class p on p.oid = c.confrelid
       cross join lateral unnest(c.conkey, c.confkey) with ordinality k(child, parent, place)
       join pg_attribute a on a.attrelid = t.oid and a.attnum = k.child
       join pg_attribute b on b.attrelid = p.oid and b.attnum = k.parent
       where c.contype = 'f' and c.connamespace = 'public'::regnamespace
       order by t.relname, c.conname, k.place",
];

/// What would stand in the way.
fn obstacles(schema: &Schema, kinds: &BTreeMap<String, Kind>) -> Vec<String> {
    let kind = |table: &String| kinds.get(table).copied();
    let mut obstacles = Vec::new();
    for table in &schema.tables {
        match kind(table) {
            None => obstacles.push(format!("{table} is not in docs/scaling.md")),
            Some(Kind::Sharded) if !schema.required.contains(&format!("{table}.user_id")) => {
                obstacles.push(format!("{table} has rows without a user"));
            }
            Some(_) => {}
        }
        if !schema.keys.keys().any(|(of, _)| of == table) && kind(table) == Some(Kind::Sharded) {
            obstacles.push(format!("{table} has no key"));
        }
    }
    for table in kinds.keys().filter(|table| !schema.tables.contains(*table)) {
        obstacles.push(format!("{table} is in docs/scaling.md and nowhere else"));
    }
    for ((table, name), columns) in &schema.keys {
        if kind(table) == Some(Kind::Sharded) && columns[0] != "user_id" {
            obstacles.push(format!("{table}: {name} begins with {}", columns[0]));
        }
    }
    for ((table, name), (parent, pairs)) in &schema.references {
        let is_by_user = pairs[0] == ("user_id".to_owned(), "user_id".to_owned());
        let is_fine = match (kind(table), kind(parent)) {
            (Some(Kind::Sharded), Some(Kind::Sharded)) => is_by_user,
            (_, Some(Kind::Reference)) | (Some(Kind::Local), Some(Kind::Local)) => true,
            _ => false,
        };
        if !is_fine {
            obstacles.push(format!("{table}: {name} refers to {parent} by {pairs:?}"));
        }
    }
    obstacles
}

#[test]
fn every_key_of_what_a_user_owns_begins_with_the_user_and_no_reference_crosses_users() {
    block_on(async {
        let kinds = documented();
        for backend in [Backend::Sqlite, Backend::Postgres] {
            let schema = Schema::read(backend).await;
            assert!(schema.keys.len() > 15, "{backend:?}: {:?}", schema.keys);
            assert!(
                schema.references.len() > 8,
                "{backend:?}: {:?}",
                schema.references
            );
            let obstacles = obstacles(&schema, &kinds);
            assert!(
                obstacles.is_empty(),
                "{backend:?}:\n{}",
                obstacles.join("\n")
            );
        }
    });
}

#[test]
fn a_schema_that_forgets_the_user_is_found_out() {
    block_on(async {
        let mut schema = Schema::read(Backend::Sqlite).await;
        let name = |table: &str| (table.to_owned(), "wrong".to_owned());
        schema.keys.insert(name("orders"), vec!["id".to_owned()]);
        let pair = ("order_id".to_owned(), "id".to_owned());
        schema
            .references
            .insert(name("payments"), ("orders".to_owned(), vec![pair]));
        schema.references.insert(
            name("products"),
            ("orders".to_owned(), vec![Default::default()]),
        );
        schema.tables.insert("coupons".to_owned());
        schema.required.remove("wallets.user_id");
        assert_eq!(obstacles(&schema, &documented()).len(), 5);
    });
}
