//! What is written on the terminal.

use super::stream::{PASSWORD, events};
use crate::reports::{Secrets, redact::Redactor, tally::Tally, terminal::Terminal};

fn shown(is_quiet: bool) -> String {
    let mut secrets = Secrets::default();
    secrets.add(PASSWORD);
    let mut redactor = Redactor::new(secrets);
    let mut tally = Tally::default();
    let terminal = Terminal::new(is_quiet, vec!["out/vcr.yaml".into()]);
    let mut text = Vec::new();
    for mut event in events() {
        redactor.event(&mut event);
        tally.event(&event);
        terminal.write(&mut text, &event, &tally).expect("written");
    }
    let text = String::from_utf8(text).expect("text");
    anstream::adapter::strip_str(&text).to_string()
}

#[test]
fn a_run_is_told_from_beginning_to_end() {
    insta::assert_snapshot!("terminal", shown(false));
}

#[test]
fn a_quiet_run_says_only_what_is_wrong() {
    insta::assert_snapshot!("terminal-quiet", shown(true));
}
