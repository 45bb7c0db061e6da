//! Takes secrets out of everything before any report sees it.
//!
//! Three things are taken out: headers, query parameters and members of answers by their names; the values of
//! credentials that the run was given; and values that were seen in such a place before, wherever they come up again.

mod finder;
mod names;
mod secrets;

use std::collections::{HashSet, VecDeque};

use percent_encoding::percent_decode_str;

use crate::{
    case::{Case, Credentials, Phase},
    exchange::{Exchange, Failure},
    run::{Beginning, Event, Finding},
};

pub use crate::recording::FILTERED;
use finder::Finder;
use names::{examples, has_marker, take_members, without_members};
pub use secrets::Secrets;
use secrets::secret_of;

/// The same in an address.
const FILTERED_IN_URL: &str = "%5BFiltered%5D";

/// How many values of the past are looked for.
const REMEMBERED: usize = 256;

/// Takes secrets out of events.
pub(super) struct Redactor {
    secrets: Secrets,
    /// The last keys by which requests are told apart, and how many there were.
    keys: VecDeque<(u64, String)>,
    key_count: u64,
    finder: Finder,
}

impl Redactor {
    pub(super) fn new(secrets: Secrets) -> Self {
        Self {
            finder: Finder::new(secrets.clone()),
            secrets,
            keys: VecDeque::new(),
            key_count: 0,
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
            // What was made up is no secret, and wanted when the request is sent again.
            let is_made_up = matches!(exchange.case.origin.phase, Phase::Coverage | Phase::Random);
            if !is_made_up
                && let Some(without) = without_members(body, &examples(&exchange.case.operation))
            {
                *body = without;
            }
            self.finder.bytes(body);
        }
        if let Ok(received) = &mut exchange.outcome {
            let is_json = received
                .header("content-type")
                .is_some_and(crate::api::Media::is_json);
            if is_json && let Some(body) = without_members(&received.body, &HashSet::new()) {
                received.body = body;
            }
            self.finder.bytes(&mut received.body);
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
        self.finder.text(text);
    }

    /// Remembers what was sent as credentials and what an answer gave out.
    fn learn(&mut self, exchange: &Exchange) {
        if !matches!(exchange.case.credentials, Credentials::Forged { .. }) {
            for (name, value) in &exchange.sent.headers {
                let is_credential = !name.eq_ignore_ascii_case("idempotency-key")
                    && !name.eq_ignore_ascii_case("cookie")
                    && self.secrets.is_header(name);
                if is_credential {
                    self.finder.remember(secret_of(value));
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
            take_members(&mut value, &HashSet::new(), &mut found);
        }
        for value in found {
            self.finder.remember(&value);
        }
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
