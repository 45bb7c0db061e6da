//! Takes secrets out of everything before any report sees it.
//!
//! Three things are taken out: headers, query parameters and members of answers by their names; the values of
//! credentials that the run was given; and values that were seen in such a place before, wherever they come up again.

use std::collections::{BTreeSet, VecDeque};

use aho_corasick::{AhoCorasick, MatchKind};
use bytes::Bytes;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

use crate::{
    api::{Api, Scheme},
    case::{Case, Credentials},
    config::{Secret, Settings},
    exchange::{Exchange, Failure},
    principals::Principals,
    run::{Beginning, Event, Finding},
};

/// What stands in place of a secret.
pub const FILTERED: &str = "[Filtered]";
const FILTERED_IN_URL: &str = "%5BFiltered%5D";

/// Headers that carry secrets, whatever the document says.
const HEADERS: [&str; 9] = [
    "authorization",
    "cookie",
    "idempotency-key",
    "proxy-authorization",
    "set-cookie",
    "x-api-key",
    "x-auth-token",
    "x-csrf-token",
    "x-xsrf-token",
];

/// Parts of names (without `-` and `_`) whose values are secrets in answers and addresses.
const MARKERS: [&str; 8] = [
    "apikey",
    "credential",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "secret",
    "token",
];

/// Parts of names that tell about a secret, or mean a place in a list.
const HARMLESS: [&str; 9] = [
    "at",
    "continuation",
    "count",
    "cursor",
    "expires",
    "id",
    "in",
    "page",
    "type",
];

/// A shorter value is only taken out where it is a whole text: it would be found in the middle of words.
const SHORTEST: usize = 8;

/// How many values of the past are looked for.
const REMEMBERED: usize = 256;

/// What must not be written down.
#[derive(Clone, Default)]
pub struct Secrets {
    values: BTreeSet<String>,
    /// Headers and query parameters, in small letters.
    names: BTreeSet<String>,
}

impl Secrets {
    /// The credentials that a run knows, and the names under which the document has them sent.
    #[must_use]
    pub fn new(api: &Api, settings: &Settings, principals: &Principals) -> Self {
        let mut secrets = Self::default();
        for scheme in api.schemes.values() {
            if let Scheme::ApiKey { name, .. } = scheme {
                secrets.names.insert(name.to_ascii_lowercase());
            }
        }
        for principal in principals.known.values() {
            for secret in principal.secrets.values() {
                secrets.add(secret);
            }
        }
        for secret in settings.secrets.values() {
            match secret {
                Secret::Fixed(secret) => secrets.add(secret),
                Secret::Fetched { payload, .. } => payload
                    .iter()
                    .filter(|(name, _)| is_secret_name(name))
                    .for_each(|(_, value)| secrets.add(value)),
            }
        }
        let common = settings.overrides.iter().flat_map(|entry| &entry.headers);
        for (name, value) in settings.headers.iter().chain(common) {
            if secrets.is_header(name) {
                secrets.add(secret_of(value));
            }
        }
        if let Some(password) = settings.base_url.password() {
            secrets.add(password);
        }
        secrets
    }

    /// Adds a value. Of `user:password` the password is a secret by itself.
    pub fn add(&mut self, value: &str) {
        if let Some((_, password)) = value.split_once(':') {
            self.values.insert(password.to_owned());
        }
        self.values.insert(value.to_owned());
    }

    fn is_header(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        HEADERS.contains(&name.as_str()) || self.names.contains(&name)
    }

    fn is_query(&self, name: &str) -> bool {
        self.names.contains(&name.to_ascii_lowercase()) || is_secret_name(name)
    }
}

/// Takes secrets out of events.
pub(super) struct Redactor {
    secrets: Secrets,
    learned: VecDeque<String>,
    /// The last keys by which requests are told apart, and how many there were.
    keys: VecDeque<(u64, String)>,
    key_count: u64,
    /// Patterns and what stands in their place; made anew when something was learned.
    finder: Option<(AhoCorasick, Vec<&'static str>)>,
    is_stale: bool,
}

impl Redactor {
    pub(super) fn new(secrets: Secrets) -> Self {
        Self {
            secrets,
            learned: VecDeque::new(),
            keys: VecDeque::new(),
            key_count: 0,
            finder: None,
            is_stale: true,
        }
    }

    /// The number of the `Idempotency-Key` that an exchange carried, before it is taken out. A key that was not seen for
    /// long counts as a new one.
    pub(super) fn key(&mut self, event: &Event) -> Option<u64> {
        let Event::Exchange(exchange) = event else {
            return None;
        };
        let key = exchange.sent.header("idempotency-key")?;
        if let Some((number, _)) = self.keys.iter().find(|(_, known)| known == key) {
            return Some(*number);
        }
        if self.keys.len() == REMEMBERED {
            self.keys.pop_front();
        }
        self.key_count += 1;
        self.keys.push_back((self.key_count, key.to_owned()));
        Some(self.key_count)
    }

    /// Takes the secrets out of an event.
    pub(super) fn event(&mut self, event: &mut Event) {
        match event {
            Event::Started(beginning) => self.beginning(beginning),
            Event::Exchange(exchange) => self.exchange(exchange),
            Event::Finding(finding) => self.finding(finding),
            Event::Finished(summary) => {
                for finding in &mut summary.findings {
                    self.finding(finding);
                }
                self.maybe(&mut summary.stopped);
            }
            Event::Note(note) => self.text(&mut note.text),
            Event::PhaseStarted(_) => {}
            Event::PhaseFinished { stopped, .. } => self.maybe(stopped),
        }
    }

    fn beginning(&mut self, beginning: &mut Beginning) {
        let mut flag = String::new();
        for argument in &mut beginning.arguments {
            let (name, inline) = match argument.split_once('=') {
                Some((name, value)) if name.starts_with("--") => (name.to_owned(), Some(value)),
                _ => (flag.clone(), None),
            };
            let value = inline.unwrap_or(argument);
            let filtered = match name.as_str() {
                "--auth" => value
                    .split_once('=')
                    .map(|(scheme, _)| format!("{scheme}={FILTERED}")),
                "-H" | "--header" => value
                    .split_once(':')
                    .filter(|(header, _)| self.secrets.is_header(header.trim()))
                    .map(|(header, _)| format!("{header}: {FILTERED}")),
                _ => None,
            };
            flag.clone_from(argument);
            match (filtered, inline) {
                (Some(filtered), Some(_)) => *argument = format!("{name}={filtered}"),
                (Some(filtered), None) => *argument = filtered,
                (None, _) => self.text(argument),
            }
            without_user(argument);
        }
        without_user(&mut beginning.base_url);
    }

    fn finding(&mut self, finding: &mut Finding) {
        self.exchange(&mut finding.exchange);
        self.failure(&mut finding.failure);
    }

    fn failure(&mut self, failure: &mut Failure) {
        self.text(&mut failure.message);
        self.text(&mut failure.title);
    }

    /// Takes the secrets out of a request, its answer and what is said about it.
    pub(super) fn exchange(&mut self, exchange: &mut Exchange) {
        self.learn(exchange);
        let sent = &mut exchange.sent;
        self.address(&mut sent.url);
        self.headers(&mut sent.headers);
        if let Some(body) = &mut sent.body {
            self.bytes(body);
        }
        if let Ok(received) = &mut exchange.outcome {
            let is_json = received
                .header("content-type")
                .is_some_and(crate::api::Media::is_json);
            if is_json && let Some(body) = without_members(&received.body) {
                received.body = body;
            }
            self.bytes(&mut received.body);
            self.headers(&mut received.headers);
            for (name, value) in &mut received.headers {
                if name.eq_ignore_ascii_case("location") {
                    self.address(value);
                }
            }
        }
        self.case(&mut exchange.case);
        for verdict in &mut exchange.verdicts {
            if let Some(failure) = &mut verdict.failure {
                self.failure(failure);
            }
        }
    }

    fn case(&mut self, case: &mut Case) {
        // What was sent is written down from the request itself.
        case.body = None;
        self.text(&mut case.origin.description);
        for value in case.path.values_mut() {
            self.text(value);
        }
        for (name, value) in &mut case.query {
            if self.secrets.is_query(name) {
                FILTERED.clone_into(value);
            } else {
                self.text(value);
            }
        }
        self.headers(&mut case.headers);
        for (_, value) in &mut case.cookies {
            FILTERED.clone_into(value);
        }
        if let Credentials::Forged { secret, .. } = &mut case.credentials {
            FILTERED.clone_into(secret);
        }
    }

    fn headers(&mut self, headers: &mut [(String, String)]) {
        for (name, value) in headers {
            if self.secrets.is_header(name) {
                FILTERED.clone_into(value);
            } else {
                self.text(value);
            }
        }
    }

    fn address(&mut self, url: &mut String) {
        without_user(url);
        self.text(url);
        let Some((before, query)) = url.split_once('?') else {
            return;
        };
        let pairs: Vec<String> = query
            .split('&')
            .map(|pair| match pair.split_once('=') {
                Some((name, value))
                    if !value.is_empty()
                        && self
                            .secrets
                            .is_query(&percent_decode_str(name).decode_utf8_lossy()) =>
                {
                    format!("{name}={FILTERED_IN_URL}")
                }
                _ => pair.to_owned(),
            })
            .collect();
        *url = format!("{before}?{}", pairs.join("&"));
    }

    fn maybe(&mut self, text: &mut Option<String>) {
        if let Some(text) = text {
            self.text(text);
        }
    }

    /// Takes the known values out of a text.
    pub(super) fn text(&mut self, text: &mut String) {
        if let Some((finder, replacements)) = self.finder()
            && finder.is_match(text.as_str())
        {
            *text = finder.replace_all(text, replacements);
        }
    }

    fn bytes(&mut self, bytes: &mut Bytes) {
        if let Some((finder, replacements)) = self.finder()
            && finder.is_match(&*bytes)
        {
            *bytes = finder.replace_all_bytes(bytes, replacements).into();
        }
    }

    fn finder(&mut self) -> Option<&(AhoCorasick, Vec<&'static str>)> {
        if self.is_stale {
            self.is_stale = false;
            let values = self.secrets.values.iter().chain(&self.learned);
            let (patterns, replacements): (Vec<String>, Vec<&str>) =
                values.flat_map(|value| forms(value)).unzip();
            // Fails for more patterns than memory holds.
            self.finder = AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(patterns)
                .ok()
                .map(|finder| (finder, replacements));
        }
        self.finder.as_ref()
    }

    /// Remembers what was sent as credentials and what an answer gave out.
    fn learn(&mut self, exchange: &Exchange) {
        if !matches!(exchange.case.credentials, Credentials::Forged { .. }) {
            for (name, value) in &exchange.sent.headers {
                let is_credential = !name.eq_ignore_ascii_case("idempotency-key")
                    && !name.eq_ignore_ascii_case("cookie")
                    && self.secrets.is_header(name);
                if is_credential {
                    self.remember(secret_of(value));
                }
            }
        }
        let Some(received) = exchange.received() else {
            return;
        };
        if !has_marker(&received.body) {
            return;
        }
        let mut found = Vec::new();
        if let Some(mut value) = received.json() {
            take_members(&mut value, &mut found);
        }
        for value in found {
            self.remember(&value);
        }
    }

    fn remember(&mut self, value: &str) {
        let is_known = value.len() < SHORTEST
            || value == FILTERED
            || self.secrets.values.contains(value)
            || self.learned.iter().any(|known| known == value);
        if is_known {
            return;
        }
        if self.learned.len() == REMEMBERED {
            self.learned.pop_front();
        }
        self.learned.push_back(value.to_owned());
        self.is_stale = true;
    }
}

/// A value as it may stand in a text, in JSON and in an address.
fn forms(value: &str) -> Vec<(String, &'static str)> {
    let json = Value::from(value).to_string();
    if value.len() < SHORTEST {
        return if value.is_empty() {
            Vec::new()
        } else {
            vec![(json, "\"[Filtered]\"")]
        };
    }
    let mut forms = vec![(value.to_owned(), FILTERED)];
    let inside = json.trim_matches('"').to_owned();
    if inside != value {
        forms.push((inside, FILTERED));
    }
    let escaped = utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
    if escaped != value {
        forms.push((escaped, FILTERED_IN_URL));
    }
    forms
}

/// The secret in the value of a header: `Bearer abc` is `abc`.
fn secret_of(value: &str) -> &str {
    value.split_once(' ').map_or(value, |(_, secret)| secret)
}

fn is_secret_name(name: &str) -> bool {
    let mut words = name
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .flat_map(words_of);
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    MARKERS.iter().any(|marker| plain.contains(marker))
        && !words.any(|word| HARMLESS.contains(&word.to_ascii_lowercase().as_str()))
}

/// The words of a name in camel case.
fn words_of(name: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> = name
        .char_indices()
        .filter(|(at, letter)| *at > 0 && letter.is_ascii_uppercase())
        .map(|(at, _)| at)
        .chain([name.len()])
        .collect();
    let mut begin = 0;
    starts.into_iter().map(move |end| {
        let word = name.get(begin..end).unwrap_or_default();
        begin = end;
        word
    })
}

/// Whether a body may name a secret: most do not, and need not be parsed.
fn has_marker(body: &[u8]) -> bool {
    thread_local! {
        static FINDER: Option<AhoCorasick> = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(["key", "credential", "pass", "secret", "token"])
            .ok();
    }
    FINDER.with(|finder| finder.as_ref().is_none_or(|finder| finder.is_match(body)))
}

fn without_members(body: &Bytes) -> Option<Bytes> {
    if !has_marker(body) {
        return None;
    }
    let mut value: Value = serde_json::from_slice(body).ok()?;
    let mut found = Vec::new();
    take_members(&mut value, &mut found);
    if found.is_empty() {
        return None;
    }
    serde_json::to_vec(&value).ok().map(Bytes::from)
}

fn take_members(value: &mut Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if is_secret_name(name) => {
                        if !text.is_empty() && text != FILTERED {
                            found.push(std::mem::replace(text, FILTERED.to_owned()));
                        }
                    }
                    _ => take_members(member, found),
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                take_members(item, found);
            }
        }
        _ => {}
    }
}

/// An address without the user and password that may stand before the host.
fn without_user(url: &mut String) {
    let Some((scheme, rest)) = url.split_once("://") else {
        return;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some((_, host)) = authority.rsplit_once('@') {
        let tail = rest.get(authority.len()..).unwrap_or_default();
        *url = format!("{scheme}://{FILTERED_IN_URL}@{host}{tail}");
    }
}
