//! Mails: who gets which, what stands in them, and what happens when the mail server does not do its part.

use std::{collections::BTreeSet, path::Path, time::Duration};

use serde_json::json;
use tokio::time::timeout;
use waybill::{
    config::{MailConfig, SmtpAddress, SmtpTls},
    domain::Timestamp,
    infra::mailer::{Mail, MailError, Mailer},
    notifications::{Outcome, SendMail, Skipped, Template},
};

use crate::{
    on_both,
    support::{
        Database, Server, block_on,
        factories::{self, PASSWORD, path_of, unique},
        smtp::{Manner, Received, Smtp},
    },
};

on_both!(
    an_order_is_confirmed_receipted_and_announced_by_mail,
    whoever_is_invited_gets_a_password_by_mail,
    an_invitation_that_is_tried_again_makes_a_new_password_until_somebody_logs_in,
    nobody_is_written_to_who_is_gone_or_for_nothing,
    a_mail_that_is_refused_for_good_is_a_dead_letter_that_names_nobody,
    a_mail_server_that_hangs_holds_up_nothing_and_gets_every_mail_later,
);

pub fn config(sink: &Smtp) -> MailConfig {
    MailConfig {
        smtp: Some(address(sink)),
        folder: "/nonexistent".into(),
        from: "Waybill <orders@waybill.example>".parse().unwrap(),
    }
}

fn address(sink: &Smtp) -> SmtpAddress {
    let (host, port) = sink
        .url
        .trim_start_matches("smtp://")
        .split_once(':')
        .unwrap();
    SmtpAddress {
        host: host.to_owned(),
        port: port.parse().unwrap(),
        tls: SmtpTls::Off,
        credentials: None,
        hello: Some("waybill.example".to_owned()),
    }
}

fn mail(id: &str) -> Mail {
    Mail {
        id: id.to_owned(),
        template: "test",
        to: "ada@example.com".parse().unwrap(),
        to_name: "Ada".to_owned(),
        subject: "Hello".to_owned(),
        text: "Dear Ada,\n.\nthis line follows a lone dot\n".to_owned(),
        html: "<p>Dear Ada</p>\n".to_owned(),
        at: Timestamp::from_micros(1_767_323_045_000_000),
    }
}

#[test]
fn mails_after_each_other_arrive_whole_on_one_connection() {
    block_on(async {
        let sink = Smtp::start(Manner::Accept).await;
        let mailer = Mailer::new(&config(&sink)).unwrap();

        for id in ["one", "two", "three"] {
            mailer.send(&mail(id)).await.unwrap();
        }

        let mails = sink.wait_for_mails(3).await;
        let ids: Vec<_> = mails.iter().map(|mail| mail.header("Message-ID")).collect();
        assert_eq!(
            ids,
            [
                "<one@waybill.example>",
                "<two@waybill.example>",
                "<three@waybill.example>"
            ]
        );
        assert_eq!(mails[0].to, "ada@example.com");
        assert!(mails[0].readable().contains("this line follows a lone dot"));
        assert_eq!(sink.connections(), 1);
    });
}

#[test]
fn a_no_for_good_is_told_from_a_no_for_now() {
    block_on(async {
        let sink = Smtp::start(Manner::Accept).await;
        let mailer = Mailer::new(&config(&sink)).unwrap();
        let expected = [
            (Manner::Refuse(550), true),
            (Manner::Refuse(451), false),
            // Ours to mend, not the mail's fault.
            (Manner::Deny, false),
        ];
        for (manner, is_permanent) in expected {
            sink.behave(manner);
            let error = mailer.send(&mail("one")).await.unwrap_err();
            assert_eq!(error.is_permanent(), is_permanent, "{manner:?}: {error}");
            // The sink repeats the recipient, as servers do.
            let told = format!("{error} {error:?}");
            assert!(!told.contains("ada"), "{told}");
        }
        sink.behave(Manner::Accept);
        mailer.send(&mail("two")).await.unwrap();
        assert_eq!(sink.mails().len(), 1);
    });
}

#[test]
fn no_server_at_all_is_no_reason_to_give_up() {
    block_on(async {
        let sink = Smtp::start(Manner::Accept).await;
        let config = config(&sink);
        drop(sink);
        let error = Mailer::new(&config)
            .unwrap()
            .send(&mail("one"))
            .await
            .unwrap_err();
        assert!(
            matches!(error, MailError::Unreachable { .. }) && !error.is_permanent(),
            "{error:?}"
        );
    });
}

#[test]
fn a_connection_on_which_a_mail_was_given_up_is_not_used_again() {
    block_on(async {
        let sink = Smtp::start(Manner::HangAfterData).await;
        let mailer = Mailer::new(&config(&sink)).unwrap();
        let first = mail("one");
        // Whoever sends gives up while the server has the mail and says nothing.
        tokio::select! {
            sent = mailer.send(&first) => panic!("the sink says nothing, but {sent:?}"),
            () = sink.wait_for_held(1) => {}
        }
        sink.wait_for_connections(1).await;

        sink.behave(Manner::Accept);
        mailer.send(&mail("two")).await.unwrap();

        let mails = sink.mails();
        assert_eq!(mails.len(), 1, "{mails:?}");
        assert_eq!(mails[0].header("Message-ID"), "<two@waybill.example>");
        assert_eq!(sink.connections(), 2);
    });
}

/// A server whose mails go to the sink.
async fn server(database: &Database, sink: &Smtp) -> Server {
    let mail = config(sink);
    Server::with(database, |config| config.mail = mail).await
}

/// The jobs that send mails, by state.
async fn jobs(database: &Database) -> Vec<String> {
    let sql = "select state from jobs where queue = 'mails' order by created_at, id";
    let rows = database.rows(sql).await;
    rows.into_iter().map(|row| row[0].clone()).collect()
}

fn uuid(text: &str) -> uuid::Uuid {
    text.parse().unwrap()
}

/// The job of a mail about something, as an event would have made it.
fn job(template: Template, user: &str, entity: &str) -> SendMail {
    SendMail {
        event_id: uuid(entity),
        template,
        user_id: uuid(user),
        entity_id: uuid(entity),
    }
}

async fn send(server: &Server, job: &SendMail) -> Outcome {
    let sent = server.api().notifications.send(job, server.now()).await;
    sent.unwrap()
}

async fn an_order_is_confirmed_receipted_and_announced_by_mail(database: Database) {
    let sink = Smtp::start(Manner::Accept).await;
    let server = server(&database, &sink).await;
    let order = factories::pending_order(&server, &server.member()).await;
    server.work().await;
    factories::try_pay(&server.member(), &order).await.must(200);
    server.work().await;
    factories::walk(&server, &order, &["PROCESSING", "SHIPPED"]).await;
    server.work().await;

    let mails = sink.mails();
    let id = factories::id(&order);
    let subjects: Vec<_> = mails.iter().map(|mail| mail.header("Subject")).collect();
    assert_eq!(
        subjects,
        [
            format!("Your order {id}"),
            format!("Receipt for your order {id}"),
            format!("Your order {id} is on its way"),
        ]
    );
    for mail in &mails {
        assert_eq!(mail.to, server.people().member.email);
        assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
        let text = mail.readable();
        assert!(
            text.contains("10.00 USD") && text.contains("Paper clips"),
            "{text}"
        );
    }
    assert_eq!(jobs(&database).await, ["done", "done", "done"]);
    // A second try is recognisable as such.
    let repeated = job(Template::Shipping, &server.people().member.id, &id);
    for _ in 0..2 {
        assert_eq!(send(&server, &repeated).await, Outcome::Sent);
    }
    let ids: Vec<_> = sink.mails().into_iter().skip(3).collect();
    assert_eq!(ids[0].header("Message-ID"), ids[1].header("Message-ID"));
    server.stop().await;
}

/// Invites somebody; answers address and id.
async fn invite(server: &Server) -> (String, String) {
    let email = format!("{}@example.com", unique("lin"));
    let body = json!({ "email": email, "name": "Lin\u{202e} <b>Shen</b>", "role": "viewer" });
    let user = server
        .admin()
        .post("/api/v1/users")
        .json(body)
        .await
        .must(201)
        .data();
    (email, factories::id(&user))
}

/// The password in an invitation.
fn password_in(mail: &Received) -> String {
    let text = mail.readable();
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("Password: "));
    line.unwrap_or_else(|| panic!("no password in {text}"))
        .to_owned()
}

async fn log_in(server: &Server, email: &str, password: &str) -> crate::support::Answer {
    let body = json!({ "email": email, "password": password });
    server
        .anonymous()
        .post("/api/v1/auth/login")
        .json(body)
        .await
}

async fn whoever_is_invited_gets_a_password_by_mail(database: Database) {
    let sink = Smtp::start(Manner::Accept).await;
    let server = server(&database, &sink).await;
    let (email, _) = invite(&server).await;

    server.work().await;

    let mail = sink.mails().remove(0);
    assert_eq!(mail.to, email);
    let password = password_in(&mail);
    let tokens = log_in(&server, &email, &password).await.must(200).data();
    let lin = server
        .anonymous()
        .bearer(tokens["accessToken"].as_str().unwrap());
    let change = json!({ "currentPassword": password, "newPassword": PASSWORD });
    lin.post("/api/v1/auth/password")
        .json(change)
        .await
        .must(204);
    log_in(&server, &email, PASSWORD).await.must(200);
    log_in(&server, &email, &password).await.must(401);
    // Nothing that is stored holds it, whatever it is called.
    for (table, column) in [
        ("outbox", "payload"),
        ("jobs", "payload"),
        ("audit_logs", "metadata"),
    ] {
        let rows = database
            .rows(&format!("select {column} from {table}"))
            .await;
        assert!(!rows.is_empty());
        assert!(
            !rows.iter().any(|row| row[0].contains(&password)),
            "{rows:?}"
        );
    }
    server.stop().await;
}

async fn an_invitation_that_is_tried_again_makes_a_new_password_until_somebody_logs_in(
    database: Database,
) {
    let sink = Smtp::start(Manner::Refuse(451)).await;
    let server = server(&database, &sink).await;
    let (email, id) = invite(&server).await;
    server.work().await;
    assert_eq!(jobs(&database).await, ["waiting"]);
    sink.behave(Manner::Accept);
    server.advance(Duration::from_mins(1));
    server.work().await;
    assert_eq!(jobs(&database).await, ["done"]);

    // The first mail's acceptance got lost, so it is sent again.
    let again = job(Template::Invitation, &id, &id);
    assert_eq!(send(&server, &again).await, Outcome::Sent);

    let passwords: Vec<String> = sink.mails().iter().map(password_in).collect();
    assert_ne!(passwords[0], passwords[1]);
    log_in(&server, &email, &passwords[0]).await.must(401);
    log_in(&server, &email, &passwords[1]).await.must(200);
    let late = send(&server, &again).await;
    assert_eq!(late, Outcome::Skipped(Skipped::Arrived));
    log_in(&server, &email, &passwords[1]).await.must(200);
    server.stop().await;
}

async fn nobody_is_written_to_who_is_gone_or_for_nothing(database: Database) {
    let sink = Smtp::start(Manner::Accept).await;
    let server = server(&database, &sink).await;
    // Cancelled before its confirmation went out.
    let order = factories::pending_order(&server, &server.member()).await;
    let cancel = format!("{}/cancel", path_of(&order));
    server.member().post(cancel).json(json!({})).await.must(200);
    // Shut before the invitation went out.
    let (_, id) = invite(&server).await;
    let path = format!("/api/v1/users/{id}");
    server
        .admin()
        .patch(path)
        .json(json!({ "disabled": true }))
        .await
        .must(200);

    server.work().await;

    assert!(sink.mails().is_empty());
    assert_eq!(jobs(&database).await, ["done", "done"]);
    // Somebody else's order does not get into one's mail, whatever a job says.
    let order = factories::pending_order(&server, &server.member()).await;
    let strange = job(
        Template::OrderConfirmation,
        &server.people().other.id,
        &factories::id(&order),
    );
    assert_eq!(
        send(&server, &strange).await,
        Outcome::Skipped(Skipped::Outdated)
    );
    assert!(sink.mails().is_empty());
    server.stop().await;
}

async fn a_mail_that_is_refused_for_good_is_a_dead_letter_that_names_nobody(database: Database) {
    let sink = Smtp::start(Manner::Refuse(550)).await;
    let server = server(&database, &sink).await;
    factories::pending_order(&server, &server.member()).await;

    server.work().await;

    assert_eq!(jobs(&database).await, ["dead"]);
    let told = database.rows("select last_error from jobs").await;
    assert_eq!(
        told,
        [["the job cannot succeed: the mail server refused the mail with 550"]]
    );
    server.stop().await;
}

/// The jobs run beside the requests, as in production, while the mail server lets them wait.
async fn a_mail_server_that_hangs_holds_up_nothing_and_gets_every_mail_later(database: Database) {
    const ORDERS: usize = 50;
    let sink = Smtp::start(Manner::Hang).await;
    let mail = config(&sink);
    let server = Server::with(&database, |config| {
        config.mail = mail;
        config.jobs.concurrency = 4;
    })
    .await;
    let member = server.member();
    factories::top_up(&member, 100_000).await;
    let product = factories::product(&server, 1_000, 1_000).await;
    let first = factories::order(&member, &product, 1).await;
    sink.wait_for_connections(1).await;

    factories::try_pay(&member, &first).await.must(200);
    for _ in 1..ORDERS {
        let order = factories::order(&member, &product, 1).await;
        factories::try_pay(&member, &order).await.must(200);
    }

    assert!(sink.mails().is_empty(), "the sink has not said a word yet");
    sink.behave(Manner::Accept);
    let mut ids = BTreeSet::new();
    while ids.len() < 2 * ORDERS {
        // What was hung up on is tried again when its pause is over. A lease that is kept must not run out meanwhile.
        if !jobs(&database).await.contains(&"running".to_owned()) {
            server.advance(Duration::from_mins(1));
        }
        let seen = sink.mails().len();
        let _ = timeout(Duration::from_millis(200), sink.wait_for_mails(seen + 1)).await;
        ids = sink
            .mails()
            .iter()
            .map(|mail| mail.header("Message-ID").to_owned())
            .collect();
    }
    server.stop().await;
}

#[test]
fn without_a_mail_server_mails_are_files() {
    crate::support::run(crate::support::Backend::Sqlite, async |database| {
        let server = Server::start(&database).await;
        factories::pending_order(&server, &server.member()).await;

        server.work().await;

        let files = files(server.mails());
        assert!(
            files.len() == 1 && files[0].contains("order_confirmation"),
            "{files:?}"
        );
        assert!(
            !files[0].contains("member"),
            "no name names a recipient: {files:?}"
        );
        let text = std::fs::read_to_string(server.mails().join(&files[0])).unwrap();
        assert!(text.contains("10.00 USD"), "{text}");
        server.stop().await;
    });
}

fn files(folder: &Path) -> Vec<String> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}
