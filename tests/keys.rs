//! Secrets: made, carried to safety and back, and exchanged while people are logged in.

use std::{
    collections::BTreeMap,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Output, Stdio},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;

use crate::{
    on_both,
    support::{Client, Database, Server, block_on, factories, process},
};

on_both!(
    the_signing_key_is_exchanged_without_logging_anybody_out,
    the_key_of_refresh_tokens_is_exchanged_without_logging_anybody_out,
);

const OLD: &str = "r7Qw1Zk0vX9sT4yU8pL2mN6bV3cX5zA1dF7gH9jK";
const OLD_REFRESH: &str = "pO9iU7yT5rE3wQ1aS2dF4gH6jK8lZ0xC3vB5nM7q";
const NEW: &str = "Lw3xYc8Kq1Vn6Rt0Bz5Hj9Pm2Sf7Dg4Ua8Ei1Oy6T";
const PASSPHRASE: &str = "tram quilt otter basalt vow";

/// What a production server is started with.
fn production() -> Vec<(&'static str, &'static str)> {
    vec![
        ("APP_ENV", "production"),
        (
            "DATABASE_URL",
            "postgres://waybill:p%40ss-word@db.example/waybill",
        ),
        ("JWT_SECRET", OLD),
        ("JWT_REFRESH_SECRET", OLD_REFRESH),
    ]
}

async fn keys(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let arguments: Vec<&str> = ["keys"].iter().chain(arguments).copied().collect();
    process::run(folder, &arguments, environment).await
}

/// The settings in what a command printed.
fn settings(output: &Output) -> BTreeMap<String, String> {
    assert!(output.status.success(), "{}", process::text(output));
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once('=').unwrap())
        .map(|(key, value)| (key.to_owned(), value.trim_matches('\'').to_owned()))
        .collect()
}

fn refused(output: &Output, word: &str) {
    let text = process::text(output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains(word), "{word}: {text}");
}

#[test]
fn fresh_secrets_are_good_enough_for_production() {
    block_on(async {
        let folder = tempfile::tempdir().unwrap();
        // Whoever has no good configuration yet needs secrets for one.
        let made = keys(folder.path(), &["generate"], &[("PORT", "soon")]).await;
        let made = settings(&made);
        assert_ne!(made["JWT_SECRET"], made["JWT_REFRESH_SECRET"]);
        let again = settings(&keys(folder.path(), &["generate"], &[]).await);
        assert_ne!(again["JWT_SECRET"], made["JWT_SECRET"]);

        let mut environment = production();
        environment.truncate(2);
        environment.extend(
            made.iter()
                .map(|(key, value)| (key.as_str(), value.as_str())),
        );
        let checked = process::run(folder.path(), &["config", "check"], &environment).await;
        assert!(checked.status.success(), "{}", process::text(&checked));

        let toml = keys(folder.path(), &["generate", "--format", "toml"], &[]).await;
        let toml: toml::Table = String::from_utf8(toml.stdout).unwrap().parse().unwrap();
        assert_eq!(toml["jwt_secret"].as_str().map(str::len), Some(64));
    });
}

#[test]
fn secrets_of_development_are_written_once() {
    block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let made = keys(folder.path(), &["generate", "--development"], &[]).await;
        assert!(made.status.success(), "{}", process::text(&made));
        let file = folder.path().join("data/development-secrets.toml");
        let content = std::fs::read_to_string(&file).unwrap();
        assert_eq!(mode(&file), 0o600);

        let again = keys(folder.path(), &["generate", "--development"], &[]).await;

        refused(&again, "not overwritten");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), content);
    });
}

#[test]
fn a_rotation_keeps_the_key_in_use_and_those_before() {
    block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let mut environment = production();
        environment.push(("JWT_FORMER_SECRETS", NEW));
        let printed = keys(folder.path(), &["generate", "--rotate"], &environment).await;
        let text = process::text(&printed);
        let rotated = settings(&printed);
        let new = &rotated["JWT_SECRET"];
        assert!(new != OLD && new.len() == 64, "{text}");
        assert_eq!(rotated["JWT_FORMER_SECRETS"], format!("{OLD},{NEW}"));
        // Several instances learn the new key before anybody signs with it.
        assert!(
            text.contains(&format!("# JWT_FORMER_SECRETS={new},{NEW}")),
            "{text}"
        );
        assert!(text.contains("15 minutes after"), "{text}");
        assert!(!rotated.contains_key("JWT_REFRESH_SECRET"), "{text}");

        let both = ["generate", "--rotate", "--rotate-refresh"];
        let rotated = settings(&keys(folder.path(), &both, &production()).await);
        assert_eq!(rotated["JWT_REFRESH_FORMER_SECRETS"], OLD_REFRESH);
        assert_eq!(rotated["JWT_FORMER_SECRETS"], OLD);
    });
}

fn mode(file: &Path) -> u32 {
    std::fs::metadata(file).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_backup_brings_every_secret_back_to_whoever_knows_the_passphrase() {
    block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        std::fs::write(path.join("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        let backup = [
            "backup",
            "--output",
            "keys.age",
            "--passphrase-file",
            "passphrase",
        ];
        let written = keys(path, &backup, &production()).await;
        assert!(written.status.success(), "{}", process::text(&written));
        assert!(!process::text(&written).contains(OLD));
        let file = path.join("keys.age");
        let sealed = std::fs::read_to_string(&file).unwrap();
        assert!(
            sealed.starts_with("-----BEGIN AGE ENCRYPTED FILE-----\n"),
            "{sealed}"
        );
        assert_eq!(mode(&file), 0o600);

        let restore = ["restore", "keys.age", "--passphrase-file", "passphrase"];
        let restored = settings(&keys(path, &restore, &[]).await);
        let mut expected = production();
        expected.remove(0);
        let expected = expected
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        assert_eq!(restored, expected.collect());

        // From standard input into a file that did not exist.
        let into = [
            "keys",
            "restore",
            "keys.age",
            "--output",
            "waybill.env",
            "--passphrase-file",
            "-",
        ];
        let mut child = process::waybill(path, &into, &[])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(PASSPHRASE.as_bytes()).await.unwrap();
        drop(stdin);
        let done = child.wait_with_output().await.unwrap();
        assert!(
            done.status.success() && done.stdout.is_empty(),
            "{}",
            process::text(&done)
        );
        assert_eq!(mode(&path.join("waybill.env")), 0o600);
        let text = std::fs::read_to_string(path.join("waybill.env")).unwrap();
        assert!(text.contains(&format!("JWT_SECRET={OLD}\n")), "{text}");

        // Nothing is overwritten.
        refused(&keys(path, &backup, &production()).await, "not overwritten");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), sealed);
    });
}

#[test]
fn a_backup_that_cannot_be_opened_says_why() {
    block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let sealed = sealed(b"# Secrets of Waybill, backup version 1\nJWT_SECRET=x\n");
        let write = |name: &str, content: &str| std::fs::write(path.join(name), content).unwrap();
        write("passphrase", PASSPHRASE);
        write("wrong", "not this one, surely");
        write("good.age", &sealed);
        write("notes.txt", "buy tea\n");
        write("foreign.age", &self::sealed(b"buy tea\n"));
        write("cut.age", &sealed[..sealed.len() / 2]);
        // The last line of base64 is the end of the encrypted content.
        let lines: Vec<&str> = sealed.lines().collect();
        let last = lines[lines.len() - 2];
        let swapped: String = last
            .chars()
            .map(|c| if c == 'A' { 'B' } else { 'A' })
            .collect();
        write("damaged.age", &sealed.replace(last, &swapped));

        let restore = async |file: &str, passphrase: &str| {
            keys(
                path,
                &["restore", file, "--passphrase-file", passphrase],
                &[],
            )
            .await
        };
        assert!(restore("good.age", "passphrase").await.status.success());
        refused(&restore("good.age", "wrong").await, "passphrase is wrong");
        refused(&restore("notes.txt", "passphrase").await, "no backup");
        refused(&restore("foreign.age", "passphrase").await, "no backup");
        refused(&restore("cut.age", "passphrase").await, "");
        refused(&restore("damaged.age", "passphrase").await, "damaged");
        refused(&restore("missing.age", "passphrase").await, "missing.age");
        refused(
            &keys(path, &["restore", "good.age"], &[]).await,
            "no terminal",
        );
    });
}

/// What any age program writes under the passphrase.
fn sealed(content: &[u8]) -> String {
    let mut recipient = age::scrypt::Recipient::new(PASSPHRASE.into());
    recipient.set_work_factor(10);
    age::encrypt_and_armor(&recipient, content).unwrap()
}

#[test]
fn a_weak_passphrase_seals_nothing() {
    block_on(async {
        let folder = tempfile::tempdir().unwrap();
        for weak in [
            "",
            "short",
            "aaaaaaaaaaaaaaaaaaaa",
            "correcthorsebatterystaple",
        ] {
            std::fs::write(folder.path().join("passphrase"), weak).unwrap();
            let backup = [
                "backup",
                "--output",
                "keys.age",
                "--passphrase-file",
                "passphrase",
            ];
            refused(
                &keys(folder.path(), &backup, &production()).await,
                "passphrase",
            );
            assert!(!folder.path().join("keys.age").exists());
        }
    });
}

/// A server that signs with `secret` and recognises the former ones, too.
async fn signing(database: &Database, secret: &str, former: &[&str]) -> Server {
    Server::with(database, |config| {
        config.auth.jwt_secret = secret.into();
        config.auth.former_jwt_secrets = former.iter().map(|secret| (*secret).into()).collect();
    })
    .await
}

/// A server that keys refresh tokens and cursors with `secret` and recognises the former ones, too.
async fn keying(database: &Database, secret: &str, former: &[&str]) -> Server {
    Server::with(database, |config| {
        config.auth.refresh_secret = secret.into();
        config.auth.former_refresh_secrets = former.iter().map(|secret| (*secret).into()).collect();
    })
    .await
}

fn text<'a>(tokens: &'a Value, name: &str) -> &'a str {
    tokens[name].as_str().unwrap()
}

/// The name of the key that signed an access token.
fn kid(token: &str) -> String {
    let header = token.split('.').next().unwrap();
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
    assert_eq!(header["alg"], "HS256");
    header["kid"].as_str().unwrap().to_owned()
}

async fn log_in(server: &Server) -> Value {
    factories::log_in(&server.anonymous(), &server.people().member.email).await
}

async fn refresh(server: &Server, token: &str) -> crate::support::Answer {
    let body = json!({ "refreshToken": token });
    server
        .anonymous()
        .post("/api/v1/auth/refresh")
        .json(body)
        .await
}

fn with(server: &Server, tokens: &Value) -> Client {
    server.anonymous().bearer(text(tokens, "accessToken"))
}

/// The steps of the operator: everybody recognises the new key, then it signs, then the former one goes.
async fn the_signing_key_is_exchanged_without_logging_anybody_out(database: Database) {
    let before = signing(&database, OLD, &[]).await;
    let prepared = signing(&database, OLD, &[NEW]).await;
    let rotated = signing(&database, NEW, &[OLD]).await;
    let after = signing(&database, NEW, &[]).await;
    let old = log_in(&before).await;
    let new = log_in(&rotated).await;
    let (old_kid, new_kid) = (
        kid(text(&old, "accessToken")),
        kid(text(&new, "accessToken")),
    );
    assert_ne!(old_kid, new_kid);
    assert_eq!(kid(text(&log_in(&prepared).await, "accessToken")), old_kid);

    for (server, accepts_old, accepts_new) in [
        (&before, true, false),
        (&prepared, true, true),
        (&rotated, true, true),
        (&after, false, true),
    ] {
        for (tokens, accepted) in [(&old, accepts_old), (&new, accepts_new)] {
            let answer = with(server, tokens).get("/api/v1/wallet").await;
            answer.must(if accepted { 200 } else { 401 });
        }
    }
    // Whoever has a token of the former key goes on with a new one, without a password.
    let next = refresh(&after, text(&old, "refreshToken"))
        .await
        .must(200)
        .data();
    assert_eq!(kid(text(&next, "accessToken")), new_kid);
    with(&after, &next).get("/api/v1/wallet").await.must(200);
    for server in [before, prepared, rotated, after] {
        server.stop().await;
    }
}

async fn the_key_of_refresh_tokens_is_exchanged_without_logging_anybody_out(database: Database) {
    let before = keying(&database, OLD_REFRESH, &[]).await;
    let prepared = keying(&database, OLD_REFRESH, &[NEW]).await;
    let rotated = keying(&database, NEW, &[OLD_REFRESH]).await;
    let after = keying(&database, NEW, &[]).await;
    let first = log_in(&before).await;

    // Back and forth between instances of both steps.
    let second = refresh(&rotated, text(&first, "refreshToken"))
        .await
        .must(200)
        .data();
    let third = refresh(&prepared, text(&second, "refreshToken"))
        .await
        .must(200)
        .data();
    let fourth = refresh(&rotated, text(&third, "refreshToken"))
        .await
        .must(200)
        .data();
    // Once it was exchanged under the new key, the former one is not needed.
    let fifth = refresh(&after, text(&fourth, "refreshToken"))
        .await
        .must(200)
        .data();
    // A token of a key that is gone is no token.
    let other = log_in(&before).await;
    refresh(&after, text(&other, "refreshToken"))
        .await
        .must(401);

    // Theft is noticed across the rotation: the first token was exchanged long ago.
    rotated.advance(Duration::from_mins(1));
    let stolen = refresh(&rotated, text(&first, "refreshToken"))
        .await
        .must(401);
    assert_eq!(stolen.json()["error"]["code"], "REFRESH_TOKEN_REUSED");
    refresh(&after, text(&fifth, "refreshToken"))
        .await
        .must(401);

    // A page that was begun before is continued after.
    for _ in 0..3 {
        factories::top_up(&before.member(), 100).await;
    }
    let page = before
        .member()
        .get("/api/v1/wallet/entries?limit=1")
        .await
        .must(200)
        .json();
    let cursor = page["meta"]["nextCursor"].as_str().unwrap().to_owned();
    let next = format!("/api/v1/wallet/entries?limit=1&cursor={cursor}");
    rotated.member().get(&next).await.must(200);
    after.member().get(&next).await.must(400);
    for server in [before, prepared, rotated, after] {
        server.stop().await;
    }
}
