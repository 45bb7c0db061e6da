//! What is stored of tokens, keys and passwords: hashes, wherever one looks.

use crate::{
    on_both,
    support::{Backend, Database, Server, factories::*},
};

on_both!(tokens_are_stored_as_hashes_only);

async fn tokens_are_stored_as_hashes_only(database: Database) {
    let server = Server::start(&database).await;
    let tokens = log_in(&server.anonymous(), &server.people().member.email).await;
    let key = api_key(&server.member(), &["wallet:read"]).await;
    let (_, key) = key.credential().unwrap();
    let refresh = tokens["refreshToken"]
        .as_str()
        .unwrap()
        .trim_start_matches("rt_");
    let content = content(&database).await;
    let email = server.people().member.email.as_bytes();
    assert!(contains(&content, email), "this looks at the wrong place");
    for secret in [refresh, &key[20..], PASSWORD] {
        assert!(!contains(&content, secret.as_bytes()), "{secret} is stored");
    }
}

/// Everything that is stored: the files of SQLite, every row of PostgreSQL as text.
async fn content(database: &Database) -> Vec<u8> {
    if database.backend == Backend::Sqlite {
        let folder = database.file().parent().unwrap().to_owned();
        let files = std::fs::read_dir(folder).unwrap();
        let bytes = files.map(|file| std::fs::read(file.unwrap().path()).unwrap());
        return bytes.collect::<Vec<_>>().concat();
    }
    let tables = "select cast(table_name as text) from information_schema.tables where table_schema = 'public'";
    let mut content = String::new();
    for table in database.rows(tables).await.into_iter().flatten() {
        let rows = database
            .rows(&format!("select cast(t as text) from {table} t"))
            .await;
        content.extend(rows.into_iter().flatten());
    }
    content.into_bytes()
}

fn contains(content: &[u8], text: &[u8]) -> bool {
    content.windows(text.len()).any(|window| window == text)
}
