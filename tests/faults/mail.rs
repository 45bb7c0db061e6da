//! A mail server that takes connections and says nothing.

use crate::{
    auditor::{check_mails, compare},
    parameters::{rounds, scenarios},
    stage::Stage,
    support::{
        services::PrivatePostgres,
        smtp::{Manner, Smtp},
    },
    traffic::Traffic,
};

scenarios!(a_stalled_mail_server_holds_up_no_request_and_loses_no_mail);

async fn a_stalled_mail_server_holds_up_no_request_and_loses_no_mail() {
    let sink = Smtp::start(Manner::Hang).await;
    let postgres = PrivatePostgres::start().await;
    let mut stage = Stage::on_postgres(&postgres).await;
    stage.set("SMTP_URL", &sink.url);
    stage.open(2).await;
    let traffic = Traffic::start(&stage).await;
    sink.wait_for_connections(2).await;
    // Many more wishes than mails could hang at once.
    traffic.until_more(50 * rounds()).await;
    assert!(sink.mails().is_empty(), "it does not hang");
    // One server dies with its hands full of mails.
    stage.instances[0].kill().await;
    stage.restart(0).await;
    traffic.until_more(20).await;
    assert_eq!(stage.doors.count("503 SERVICE_UNAVAILABLE"), 0);
    sink.behave(Manner::Accept);
    let told = compare(&stage, traffic).await;
    let mails = sink.mails();
    let id = |text: &str| {
        let id = text.trim_start_matches('<').split('@').next();
        id.expect("an id").to_owned()
    };
    let ids = mails.iter().map(|mail| id(mail.header("Message-ID")));
    check_mails(&told, &ids.collect());
    stage.close().await;
}
