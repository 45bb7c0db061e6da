//! Whoever watches the books notices wrong ones, and that they were mended.

use std::time::Duration;

use crate::{
    on_both,
    support::{Backend, Database, Server, factories::*},
};

on_both!(books_that_are_wrong_are_noticed_until_they_are_mended);

async fn books_that_are_wrong_are_noticed_until_they_are_mended(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    top_up(&member, 5_000).await;
    server.advance(Duration::from_mins(1));
    let settings = waybill::db::DbSettings::new(database.url.clone());
    let db = waybill::db::Db::connect(&settings).await.unwrap();
    let started = server.now();
    let watch = waybill::integrity::Watch::new(db.clone(), started);
    assert_eq!(watch.look(started).await.unwrap(), Vec::<String>::new());

    // Seen once, a transfer is not looked at again: only what is new counts.
    top_up(&member, 700).await;
    paid_order(&server, &member).await;
    let member_id = &server.people().member.id;
    let steal = |amount: i64| {
        let id = match database.backend {
            Backend::Sqlite => format!("x'{}'", member_id.replace('-', "")),
            Backend::Postgres => format!("'{member_id}'"),
        };
        format!("update wallets set balance = balance + {amount} where user_id = {id}")
    };
    database.execute(&steal(1)).await;
    // It has not settled yet.
    assert_eq!(
        watch.look(server.now()).await.unwrap(),
        Vec::<String>::new()
    );
    server.advance(Duration::from_mins(1));
    for _ in 0..2 {
        let problems = watch.look(server.now()).await.unwrap();
        assert!(
            problems.len() == 1 && problems[0].contains(member_id.as_str()),
            "{problems:?}"
        );
    }
    database.execute(&steal(-1)).await;
    assert_eq!(
        watch.look(server.now()).await.unwrap(),
        Vec::<String>::new()
    );
    db.close().await;
}
