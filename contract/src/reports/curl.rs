//! A request as a line for a shell.

use std::fmt::Write as _;

use super::redact::FILTERED;
use crate::{exchange::Sent, transport::CASE_ID};

/// Longer bodies do not fit on a command line.
const LONGEST: usize = 100_000;

/// A line for bash that sends a request again. A secret that was taken out becomes a variable by the header's name:
/// `$AUTHORIZATION` holds the whole value.
#[must_use]
pub fn curl(sent: &Sent) -> String {
    let mut line = String::from("curl");
    match sent.method.as_str() {
        "HEAD" => line.push_str(" --head"),
        "GET" if sent.body.is_none() => {}
        method => {
            // Writing to a String cannot fail.
            let _ = write!(line, " -X {}", quote(method.as_bytes()));
        }
    }
    // Brackets and dots are meant as they are.
    if sent.url.contains(['[', ']', '{', '}']) {
        line.push_str(" --globoff");
    }
    if sent.url.contains("/.") {
        line.push_str(" --path-as-is");
    }
    let mut has_type = false;
    for (name, value) in &sent.headers {
        if name.eq_ignore_ascii_case(CASE_ID) {
            continue;
        }
        has_type |= name.eq_ignore_ascii_case("content-type");
        let _ = match value.as_str() {
            FILTERED => write!(line, " -H \"{name}: ${}\"", variable(name)),
            // curl leaves a header out that has no value, unless a semicolon stands in place of the colon.
            "" => write!(line, " -H {}", quote(format!("{name};").as_bytes())),
            _ => write!(line, " -H {}", quote(format!("{name}: {value}").as_bytes())),
        };
    }
    let body = sent.body.as_deref();
    if body.is_some() && !has_type {
        line.push_str(" -H Content-Type:");
    }
    let url = quote(sent.url.as_bytes());
    match body {
        None => format!("{line} {url}"),
        Some(body) if body.len() > LONGEST => {
            format!(
                "{line} --data-binary @BODY {url}  # BODY: {} bytes",
                body.len()
            )
        }
        // No argument of a program holds a NUL.
        Some(body) if body.contains(&0) => {
            format!(
                "printf '{}' | {line} --data-binary @- {url}",
                for_printf(body)
            )
        }
        Some(body) => format!("{line} --data-raw {} {url}", quote(body)),
    }
}

/// The variable that stands for a secret.
#[must_use]
pub fn variable(header: &str) -> String {
    header
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter.to_ascii_uppercase()
            } else {
                '_'
            }
        })
        .collect()
}

/// One word for bash. What is no text, or would break the line, is written as `$'…'`.
fn quote(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.chars().any(char::is_control)
        && let Ok(quoted) = shlex::try_quote(text)
    {
        return quoted.into_owned();
    }
    let mut quoted = String::from("$'");
    for chunk in bytes.utf8_chunks() {
        for letter in chunk.valid().chars() {
            match letter {
                '\'' | '\\' => quoted.extend(['\\', letter]),
                '\n' => quoted.push_str("\\n"),
                '\r' => quoted.push_str("\\r"),
                '\t' => quoted.push_str("\\t"),
                _ if letter.is_control() => {
                    for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                        let _ = write!(quoted, "\\x{byte:02x}");
                    }
                }
                _ => quoted.push(letter),
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(quoted, "\\x{byte:02x}");
        }
    }
    quoted.push('\'');
    quoted
}

/// A format for `printf` that writes these bytes.
fn for_printf(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        match byte {
            b'%' => text.push_str("%%"),
            b'\\' => text.push_str("\\\\"),
            b' '..=b'~' if *byte != b'\'' => text.push(char::from(*byte)),
            _ => {
                let _ = write!(text, "\\{byte:03o}");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use bytes::Bytes;

    use super::*;

    /// What a program gets to see of a line: its arguments and its input. `curl` is a function that tells.
    fn seen(line: &str) -> Vec<u8> {
        let script = format!(
            r#"curl() {{ printf '%s\n' "$@"; case "$*" in *@-*) cat;; esac; }}; AUTHORIZATION='Bearer t'; {line}"#
        );
        let output = Command::new("bash").args(["-c", &script]).output();
        let output = output.expect("bash runs");
        assert!(output.status.success(), "{line}");
        output.stdout
    }

    fn sent(method: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Sent {
        Sent {
            method: method.to_owned(),
            url: "http://127.0.0.1:1/a?b=%27c".to_owned(),
            headers: headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            body: body.map(Bytes::copy_from_slice),
        }
    }

    #[test]
    fn a_plain_request_is_a_plain_line() {
        let line = curl(&sent(
            "POST",
            &[("Content-Type", "application/json"), (CASE_ID, "abc")],
            Some(b"{\"a\": 1}"),
        ));
        assert_eq!(
            line,
            "curl -X POST -H 'Content-Type: application/json' --data-raw '{\"a\": 1}' 'http://127.0.0.1:1/a?b=%27c'"
        );
    }

    #[test]
    fn a_secret_is_a_variable_of_the_shell() {
        let line = curl(&sent("GET", &[("Authorization", FILTERED)], None));
        assert!(line.contains("\"Authorization: $AUTHORIZATION\""), "{line}");
        let seen = seen(&line);
        assert!(String::from_utf8_lossy(&seen).contains("Authorization: Bearer t\n"));
    }

    #[test]
    fn a_shell_passes_every_byte_on() {
        let nasty: &[&[u8]] = &[
            b"it's $HOME `id` \"quoted\" \\ !",
            b"line\nbreak\ttab\r",
            b"\xff\xfe bad \xc3",
            "h\u{e4}\u{85}\u{1f600}".as_bytes(),
            b"@file",
            b"\x1b[31mred",
        ];
        for body in nasty {
            let line = curl(&sent("POST", &[("Content-Type", "text/plain")], Some(body)));
            assert!(!line.contains('\n'), "{line}");
            let seen = seen(&line);
            let begin = seen.len() - body.len() - "\nhttp://127.0.0.1:1/a?b=%27c\n".len();
            assert_eq!(&seen[begin..begin + body.len()], *body, "{line}");
        }
    }

    #[test]
    fn a_body_with_nul_goes_through_a_pipe() {
        let body = b"100% \\ it's \0\xff1";
        let line = curl(&sent("PUT", &[], Some(body)));
        assert!(line.contains(" -H Content-Type: "), "{line}");
        assert!(seen(&line).ends_with(body), "{line}");
    }

    #[test]
    fn an_empty_header_is_sent_and_a_long_body_is_not() {
        let line = curl(&sent(
            "DELETE",
            &[("X-A", "")],
            Some(&vec![b'a'; LONGEST + 1]),
        ));
        assert!(line.contains("'X-A;'"), "{line}");
        assert!(line.len() < 200);
    }
}
