//! What the README promises a newcomer, done literally.

use std::process::Stdio;

use tokio::process::Command;

use crate::support::{block_on, process};

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

#[test]
fn the_first_session_can_be_pasted_and_ends_in_a_paid_order() {
    block_on(async {
        let script = session();
        let folder = tempfile::tempdir().unwrap();
        let environment = [
            ("DATABASE_URL", "sqlite://data/waybill.db"),
            ("LOG_FORMAT", "json"),
        ];
        for arguments in [&["migrate", "up"][..], &["seed"]] {
            let done = process::run(folder.path(), arguments, &environment).await;
            assert!(
                done.status.success(),
                "{arguments:?}: {}",
                process::text(&done)
            );
        }
        let server = process::serve(folder.path(), &environment).await;
        let session = Command::new("bash")
            .args(["-euo", "pipefail", "-c", &script])
            .env("API", &server.base)
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .output();
        let output = session.await.expect("bash");
        let text = process::text(&output);
        assert!(output.status.success(), "{text}");
        assert!(!text.contains("\"success\":false"), "{text}");
        assert!(text.contains("\"status\":\"PAID\""), "{text}");
        assert!(
            text.to_lowercase().contains("idempotency-replayed: true"),
            "{text}"
        );
        assert!(text.contains("\"kind\":\"PAYMENT\""), "{text}");
        server.stop().await;
    });
}

/// The block of commands under the heading of the first session.
fn session() -> String {
    let readme = std::fs::read_to_string(README).expect("README.md");
    let part = readme
        .split("## A first session")
        .nth(1)
        .expect("the heading of the first session");
    let block = part
        .split("```sh\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    block.expect("a block of commands").to_owned()
}

#[test]
fn every_file_that_the_readme_names_exists() {
    let readme = std::fs::read_to_string(README).expect("README.md");
    let mut named = 0;
    for link in readme
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
    {
        if link.starts_with("http") || link.starts_with('#') {
            continue;
        }
        let path = format!(
            "{}/{}",
            env!("CARGO_MANIFEST_DIR"),
            link.split('#').next().unwrap()
        );
        assert!(
            std::path::Path::new(&path).exists(),
            "README.md names {link}"
        );
        named += 1;
    }
    assert!(named > 3);
}

#[test]
fn every_command_that_the_readme_names_exists() {
    let readme = std::fs::read_to_string(README).expect("README.md");
    let makefile = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Makefile"))
        .expect("Makefile");
    for target in readme
        .split("make ")
        .skip(1)
        .filter_map(|rest| rest.split(|c: char| !c.is_ascii_lowercase()).next())
    {
        let known = makefile
            .lines()
            .any(|line| line.starts_with(&format!("{target}:")));
        assert!(
            known || ["every", "the", "it"].contains(&target),
            "README.md names `make {target}`"
        );
    }
}
