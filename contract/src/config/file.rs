//! `schemathesis.toml`: the part of it that means something here, so that both tools run from one file.
//!
//! Keys that Schemathesis knows and this tool does not are named once, as a note; keys that neither knows are errors.

use std::{
    collections::BTreeMap,
    num::NonZeroU32,
    path::{Path, PathBuf},
    time::Duration,
};

use indexmap::IndexMap;
use regex::Regex;
use serde_json::Value;
use toml::{Table, Value as Toml};

use super::{
    CheckRules, Override, People, Secret,
    filter::{Condition, Part, Wanted},
};
use crate::{api::StatusPattern, case::Phase, checks::Check, transport::Rate};

/// Keys at the top that Schemathesis knows and that mean nothing here.
const FOREIGN: [&str; 21] = [
    "color",
    "suppress-health-check",
    "max-time",
    "reports",
    "cache",
    "output",
    "baseline",
    "origin",
    "servers",
    "dictionaries",
    "fuzz",
    "project",
    "hooks",
    "proxy",
    "wait-for-schema",
    "continue-on-failure",
    "max-redirects",
    "max-stream-events",
    "request-retries",
    "warnings",
    "analysis",
];

/// Why a configuration cannot be used: all problems together.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigError(pub Vec<String>);

/// What a file says. What it does not say is `None` or empty.
#[derive(Debug, Default)]
pub struct File {
    /// Its name, for messages.
    pub path: PathBuf,
    /// `base-url`.
    pub base_url: Option<String>,
    /// `headers`.
    pub headers: Vec<(String, String)>,
    /// `seed`.
    pub seed: Option<u64>,
    /// `workers`; `auto` is `None`.
    pub workers: Option<usize>,
    /// `rate-limit`.
    pub rate: Option<Rate>,
    /// `request-timeout`.
    pub timeout: Option<Duration>,
    /// `tls-verify`.
    pub is_tls_verified: Option<bool>,
    /// `max-failures`.
    pub max_failures: Option<usize>,
    /// `generation.max-examples`.
    pub max_examples: Option<usize>,
    /// `generation.no-shrink`, turned round.
    pub shrinks: Option<bool>,
    /// `phases.stateful.max-steps`.
    pub max_steps: Option<usize>,
    /// `phases.coverage.unexpected-methods`.
    pub unexpected_methods: Option<Vec<String>>,
    /// `checks`.
    pub checks: CheckRules,
    /// `phases.*.enabled`.
    pub phases: IndexMap<Phase, bool>,
    /// `parameters`.
    pub parameters: IndexMap<String, Value>,
    /// `auth.openapi` and `auth.dynamic.openapi`.
    pub secrets: IndexMap<String, Secret>,
    /// `auth.wfc`.
    pub people: Option<People>,
    /// `[[operations]]`.
    pub overrides: Vec<Override>,
    /// Keys of Schemathesis that were passed over.
    pub ignored: Vec<String>,
}

impl File {
    /// Reads a file. `environment` answers `${NAME}`.
    ///
    /// # Errors
    /// [`ConfigError`] with every problem.
    pub fn read(
        path: &Path,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let name = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|error| ConfigError(vec![format!("{name}: {error}")]))?;
        Self::parse(path, &text, environment)
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// As [`File::read`].
    pub fn parse(
        path: &Path,
        text: &str,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let name = path.display().to_string();
        let table: Table = text.parse().map_err(|error: toml::de::Error| {
            let line = error.span().map_or(1, |span| {
                text.get(..span.start)
                    .unwrap_or_default()
                    .lines()
                    .count()
                    .max(1)
            });
            ConfigError(vec![format!("{name}:{line}: {}", error.message())])
        })?;
        let mut reader = Reader {
            name,
            environment,
            problems: Vec::new(),
            ignored: Vec::new(),
        };
        let mut file = reader.top(&table);
        path.clone_into(&mut file.path);
        file.ignored = reader.ignored;
        if reader.problems.is_empty() {
            Ok(file)
        } else {
            Err(ConfigError(reader.problems))
        }
    }
}

struct Reader<'e> {
    name: String,
    environment: &'e dyn Fn(&str) -> Option<String>,
    problems: Vec<String>,
    ignored: Vec<String>,
}

impl Reader<'_> {
    fn top(&mut self, table: &Table) -> File {
        let mut file = File::default();
        for (key, value) in table {
            match key.as_str() {
                "base-url" => file.base_url = self.text(key, value),
                "headers" => file.headers = self.headers(key, value),
                "seed" => file.seed = self.number(key, value),
                "workers" if value.as_str() == Some("auto") => {}
                "workers" => file.workers = self.number(key, value),
                "rate-limit" => {
                    let text = self.text(key, value);
                    file.rate = text.and_then(|text| self.rate(key, &text));
                }
                "request-timeout" => file.timeout = self.seconds(key, value),
                "tls-verify" => file.is_tls_verified = self.flag(key, value),
                "max-failures" => file.max_failures = self.number(key, value),
                "generation" => self.generation(key, value, &mut file),
                "checks" => file.checks = self.checks(key, value),
                "phases" => self.phases(value, &mut file),
                "parameters" => file.parameters = self.parameters(key, value),
                "auth" => self.auth(value, &mut file),
                "operations" => file.overrides = self.operations(value),
                key if FOREIGN.contains(&key) => self.ignored.push(key.to_owned()),
                key => self.unknown(key),
            }
        }
        file
    }

    fn problem(&mut self, key: &str, message: &str) {
        self.problems
            .push(format!("{}: `{key}` {message}", self.name));
    }

    fn unknown(&mut self, key: &str) {
        self.problem(key, "is no key of schemathesis.toml");
    }

    fn text(&mut self, key: &str, value: &Toml) -> Option<String> {
        let Some(text) = value.as_str() else {
            self.problem(key, "must be a string");
            return None;
        };
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((name, after)) = after.split_once('}') else {
                break;
            };
            filled.push_str(before);
            if let Some(value) = (self.environment)(name) {
                filled.push_str(&value);
            } else {
                self.problem(
                    key,
                    &format!("asks for ${{{name}}}, and the environment has no {name}"),
                );
            }
            rest = after;
        }
        filled.push_str(rest);
        Some(filled)
    }

    fn number<N: TryFrom<i64>>(&mut self, key: &str, value: &Toml) -> Option<N> {
        let number = value
            .as_integer()
            .and_then(|number| N::try_from(number).ok());
        if number.is_none() {
            self.problem(key, "must be an integer in range");
        }
        number
    }

    fn seconds(&mut self, key: &str, value: &Toml) -> Option<Duration> {
        let seconds = match value {
            #[expect(clippy::cast_precision_loss, reason = "no timeout is that long")]
            Toml::Integer(seconds) => Some(*seconds as f64),
            Toml::Float(seconds) => Some(*seconds),
            _ => None,
        };
        let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        if duration.is_none() {
            self.problem(key, "must be a number of seconds");
        }
        duration
    }

    fn flag(&mut self, key: &str, value: &Toml) -> Option<bool> {
        if value.as_bool().is_none() {
            self.problem(key, "must be true or false");
        }
        value.as_bool()
    }

    fn table<'t>(&mut self, key: &str, value: &'t Toml) -> Option<&'t Table> {
        if value.as_table().is_none() {
            self.problem(key, "must be a table");
        }
        value.as_table()
    }

    fn texts(&mut self, key: &str, value: &Toml) -> Vec<String> {
        let one = std::slice::from_ref(value);
        let values = value.as_array().map_or(one, Vec::as_slice);
        values
            .iter()
            .filter_map(|value| self.text(key, value))
            .collect()
    }

    fn headers(&mut self, key: &str, value: &Toml) -> Vec<(String, String)> {
        let Some(table) = self.table(key, value) else {
            return Vec::new();
        };
        let mut headers = Vec::new();
        for (name, value) in table {
            if let Some(text) = self.text(&format!("{key}.{name}"), value) {
                headers.push((name.clone(), text));
            }
        }
        headers
    }

    /// `100/s`, `10/m`, `1000/h`, `5/d`.
    fn rate(&mut self, key: &str, text: &str) -> Option<Rate> {
        let rate = parse_rate(text);
        if rate.is_none() {
            self.problem(
                key,
                "is a number and a unit, like 100/s, 10/m, 1000/h or 5/d",
            );
        }
        rate
    }

    fn generation(&mut self, key: &str, value: &Toml, file: &mut File) {
        for (name, value) in self.table(key, value).into_iter().flatten() {
            let whole = format!("{key}.{name}");
            match name.as_str() {
                "max-examples" => file.max_examples = self.number(&whole, value),
                "no-shrink" => file.shrinks = self.flag(&whole, value).map(|flag| !flag),
                _ => self.ignored.push(whole),
            }
        }
    }

    fn checks(&mut self, key: &str, value: &Toml) -> CheckRules {
        let mut rules = CheckRules::default();
        for (name, value) in self.table(key, value).into_iter().flatten() {
            let whole = format!("{key}.{name}");
            match (name.as_str(), Check::parse(name)) {
                ("enabled", _) => rules.default = self.flag(&whole, value),
                ("max_response_time", _) => rules.max_response_time = self.seconds(&whole, value),
                (_, Some(check)) => self.check(&whole, check, value, &mut rules),
                // A check of somebody's hooks.
                (_, None) => self.ignored.push(whole),
            }
        }
        rules
    }

    fn check(&mut self, key: &str, check: Check, value: &Toml, rules: &mut CheckRules) {
        for (name, value) in self.table(key, value).into_iter().flatten() {
            let whole = format!("{key}.{name}");
            match name.as_str() {
                "enabled" => {
                    if let Some(flag) = self.flag(&whole, value) {
                        rules.enabled.insert(check, flag);
                    }
                }
                "validate-formats" => rules.validates_formats = self.flag(&whole, value),
                "expected-statuses" => {
                    let statuses = self.statuses(&whole, value);
                    rules.expected.insert(check, statuses);
                }
                _ => self.unknown(&whole),
            }
        }
    }

    fn statuses(&mut self, key: &str, value: &Toml) -> Vec<StatusPattern> {
        let mut patterns = Vec::new();
        for value in value.as_array().into_iter().flatten() {
            let text = match value {
                Toml::Integer(number) => number.to_string(),
                Toml::String(text) => text.to_ascii_uppercase(),
                _ => String::new(),
            };
            match StatusPattern::parse(&text) {
                Some(pattern) if pattern != StatusPattern::Default => patterns.push(pattern),
                _ => self.problem(key, "lists statuses like 404 or \"4xx\""),
            }
        }
        patterns
    }

    fn phases(&mut self, value: &Toml, file: &mut File) {
        for (name, value) in self.table("phases", value).into_iter().flatten() {
            let whole = format!("phases.{name}");
            let phase = match name.as_str() {
                "enabled" => {
                    if let Some(flag) = self.flag(&whole, value) {
                        for phase in [
                            Phase::Examples,
                            Phase::Coverage,
                            Phase::Random,
                            Phase::Stateful,
                        ] {
                            file.phases.entry(phase).or_insert(flag);
                        }
                    }
                    continue;
                }
                "examples" => Phase::Examples,
                "coverage" => Phase::Coverage,
                "fuzzing" => Phase::Random,
                "stateful" => Phase::Stateful,
                _ => {
                    self.unknown(&whole);
                    continue;
                }
            };
            for (name, value) in self.table(&whole, value).into_iter().flatten() {
                let whole = format!("{whole}.{name}");
                match (phase, name.as_str()) {
                    (_, "enabled") => {
                        if let Some(flag) = self.flag(&whole, value) {
                            file.phases.insert(phase, flag);
                        }
                    }
                    (Phase::Stateful, "max-steps") => file.max_steps = self.number(&whole, value),
                    (Phase::Coverage, "unexpected-methods") => {
                        let methods = self.texts(&whole, value);
                        file.unexpected_methods = Some(
                            methods
                                .iter()
                                .map(|method| method.to_ascii_uppercase())
                                .collect(),
                        );
                    }
                    _ => self.ignored.push(whole),
                }
            }
        }
    }

    fn parameters(&mut self, key: &str, value: &Toml) -> IndexMap<String, Value> {
        let mut parameters = IndexMap::new();
        for (name, value) in self.table(key, value).into_iter().flatten() {
            let whole = format!("{key}.{name}");
            match value {
                Toml::Table(_) => self.ignored.push(whole),
                Toml::String(_) => {
                    if let Some(text) = self.text(&whole, value) {
                        parameters.insert(name.clone(), Value::String(text));
                    }
                }
                other => {
                    // A TOML value without tables and times is JSON.
                    let json = serde_json::to_value(other).unwrap_or_default();
                    parameters.insert(name.clone(), json);
                }
            }
        }
        parameters
    }

    fn auth(&mut self, value: &Toml, file: &mut File) {
        for (name, value) in self.table("auth", value).into_iter().flatten() {
            match name.as_str() {
                "openapi" => {
                    for (scheme, value) in self.table("auth.openapi", value).into_iter().flatten() {
                        let key = format!("auth.openapi.{scheme}");
                        if let Some(secret) = self.fixed(&key, value) {
                            file.secrets.insert(scheme.clone(), secret);
                        }
                    }
                }
                "dynamic" => {
                    let schemes = value.get("openapi").and_then(Toml::as_table);
                    for (scheme, value) in schemes.into_iter().flatten() {
                        let key = format!("auth.dynamic.openapi.{scheme}");
                        if let Some(secret) = self.fetched(&key, value) {
                            file.secrets.insert(scheme.clone(), secret);
                        }
                    }
                }
                "wfc" => file.people = self.people(value),
                "basic" | "auto-signup" => self.ignored.push(format!("auth.{name}")),
                _ => self.unknown(&format!("auth.{name}")),
            }
        }
    }

    /// A file of accounts; its path is relative to the configuration's.
    fn people(&mut self, value: &Toml) -> Option<People> {
        let config = PathBuf::from(&self.name);
        let mut people = People::default();
        for (name, value) in self.table("auth.wfc", value)? {
            let key = format!("auth.wfc.{name}");
            match name.as_str() {
                "path" => {
                    let path = PathBuf::from(self.text(&key, value)?);
                    let beside = config.parent().map(|folder| folder.join(&path));
                    people.path = beside.filter(|beside| beside.exists()).unwrap_or(path);
                }
                "user" => people.user = self.text(&key, value),
                "peers" => {
                    let names = value.as_array().map_or(&[][..], Vec::as_slice).iter();
                    people.peers = names.filter_map(|name| self.text(&key, name)).collect();
                }
                "refresh_interval" => self.ignored.push(key),
                _ => self.unknown(&key),
            }
        }
        if people.path.as_os_str().is_empty() {
            self.problem("auth.wfc", "needs `path`");
            return None;
        }
        Some(people)
    }

    fn fixed(&mut self, key: &str, value: &Toml) -> Option<Secret> {
        let table = self.table(key, value)?;
        for name in ["bearer", "api_key"] {
            if let Some(value) = table.get(name) {
                return self
                    .text(&format!("{key}.{name}"), value)
                    .map(Secret::Fixed);
            }
        }
        let (Some(user), Some(password)) = (table.get("username"), table.get("password")) else {
            self.problem(
                key,
                "needs `bearer`, `api_key`, or `username` and `password`",
            );
            return None;
        };
        let user = self.text(key, user)?;
        let password = self.text(key, password)?;
        Some(Secret::Fixed(base64_of(&format!("{user}:{password}"))))
    }

    fn fetched(&mut self, key: &str, value: &Toml) -> Option<Secret> {
        let table = self.table(key, value)?;
        let mut found = BTreeMap::new();
        let mut payload = IndexMap::new();
        for (name, value) in table {
            let whole = format!("{key}.{name}");
            match name.as_str() {
                "path" | "method" | "extract_selector" => {
                    found.insert(name.as_str(), self.text(&whole, value)?);
                }
                "payload" => {
                    for (name, value) in self.table(&whole, value).into_iter().flatten() {
                        payload.insert(name.clone(), self.text(&format!("{whole}.{name}"), value)?);
                    }
                }
                "extract_from" if value.as_str() == Some("body") => {}
                "extract_from" => self.problem(&whole, "can only be \"body\" here"),
                "payload_content_type" | "retry_on" => self.ignored.push(whole),
                _ => self.unknown(&whole),
            }
        }
        let (Some(path), Some(pointer)) = (found.remove("path"), found.remove("extract_selector"))
        else {
            self.problem(key, "needs `path` and `extract_selector`");
            return None;
        };
        Some(Secret::Fetched {
            method: found
                .remove("method")
                .unwrap_or_else(|| "POST".to_owned())
                .to_ascii_uppercase(),
            path,
            payload,
            pointer,
        })
    }

    fn operations(&mut self, value: &Toml) -> Vec<Override> {
        let entries = value.as_array().map_or(&[][..], Vec::as_slice);
        if value.as_array().is_none() {
            self.problem("operations", "is a list of tables: write [[operations]]");
        }
        let entries: Vec<_> = entries.iter().enumerate().collect();
        entries
            .into_iter()
            .filter_map(|(index, value)| {
                let key = format!("operations[{index}]");
                let table = self.table(&key, value)?.clone();
                Some(self.operation(&key, &table))
            })
            .collect()
    }

    fn operation(&mut self, key: &str, table: &Table) -> Override {
        let mut entry = Override::default();
        let mut include = Vec::new();
        for (name, value) in table {
            let whole = format!("{key}.{name}");
            match name.as_str() {
                "enabled" => entry.is_enabled = self.flag(&whole, value),
                "headers" => entry.headers = self.headers(&whole, value),
                "parameters" => entry.parameters = self.parameters(&whole, value),
                "checks" => entry.checks = self.checks(&whole, value),
                "phases" => {
                    let mut file = File::default();
                    self.phases(value, &mut file);
                    entry.phases = file.phases;
                }
                name => match self.condition(&whole, name, value) {
                    Some((true, condition)) => include.push(condition),
                    Some((false, condition)) => entry.filter.exclude.push(vec![condition]),
                    None if SOME_OF_AN_OPERATION.contains(&name) => self.ignored.push(whole),
                    None => self.unknown(&whole),
                },
            }
        }
        if !include.is_empty() {
            entry.filter.include.push(include);
        }
        entry
    }

    /// `include-path`, `exclude-tag-regex` and their like; `true` for including.
    fn condition(&mut self, key: &str, name: &str, value: &Toml) -> Option<(bool, Condition)> {
        let (is_included, rest) = match name.strip_prefix("include-") {
            Some(rest) => (true, rest),
            None => (false, name.strip_prefix("exclude-")?),
        };
        let (part, is_pattern) = match rest.strip_suffix("-regex") {
            Some(part) => (part, true),
            None => (rest, false),
        };
        let (part, _) = Part::ALL.into_iter().find(|(_, known)| *known == part)?;
        let texts = self.texts(key, value);
        let wanted = if is_pattern {
            match Regex::new(texts.first().map_or("", String::as_str)) {
                Ok(pattern) => Wanted::Matching(pattern),
                Err(error) => {
                    self.problem(key, &format!("is no regular expression: {error}"));
                    Wanted::OneOf(texts)
                }
            }
        } else {
            Wanted::OneOf(texts)
        };
        Some((is_included, Condition { part, wanted }))
    }
}

/// Keys of `[[operations]]` that Schemathesis knows and that mean nothing here.
const SOME_OF_AN_OPERATION: [&str; 14] = [
    "include-by",
    "exclude-by",
    "exclude-deprecated",
    "continue-on-failure",
    "tls-verify",
    "rate-limit",
    "max-redirects",
    "request-timeout",
    "request-retries",
    "request-cert",
    "request-cert-key",
    "auth",
    "generation",
    "proxy",
];

/// A number of requests in a unit of time, as `100/s`.
#[must_use]
pub fn parse_rate(text: &str) -> Option<Rate> {
    let (count, unit) = text.split_once('/')?;
    let seconds = match unit.trim() {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return None,
    };
    Some(Rate {
        requests: count.trim().parse::<NonZeroU32>().ok()?,
        period: Duration::from_secs(seconds),
    })
}

fn base64_of(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<File, ConfigError> {
        let environment = |name: &str| (name == "TOKEN").then(|| "t0k3n".to_owned());
        File::parse(Path::new("schemathesis.toml"), text, &environment)
    }

    #[test]
    fn the_shared_part_of_the_file_is_understood() {
        let file = parse(
            r#"
            base-url = "http://127.0.0.1:1"
            seed = 42
            rate-limit = "100/s"
            request-timeout = 2.5
            color = false
            headers = { X-Team = "a" }
            [checks.positive_data_acceptance]
            expected-statuses = [422, "2xx"]
            [phases.fuzzing]
            enabled = false
            [auth.openapi.bearerAuth]
            bearer = "${TOKEN}"
            [[operations]]
            include-operation-id = "logout"
            include-method = "POST"
            checks.ignored_auth.enabled = false
            parameters = { orderId = 7 }
            "#,
        )
        .unwrap();
        assert_eq!(file.seed, Some(42));
        assert_eq!(file.rate.unwrap().requests.get(), 100);
        assert_eq!(file.timeout, Some(Duration::from_millis(2_500)));
        assert_eq!(file.ignored, ["color"]);
        let expected = &file.checks.expected[&Check::PositiveDataAcceptance];
        assert_eq!(
            expected,
            &[StatusPattern::Exact(422), StatusPattern::Class(2)]
        );
        assert!(!file.phases[&Phase::Random]);
        assert_eq!(file.secrets["bearerAuth"], Secret::Fixed("t0k3n".into()));
        let entry = &file.overrides[0];
        assert_eq!(entry.filter.include[0].len(), 2);
        assert!(!entry.checks.is_on(Check::IgnoredAuth));
        assert_eq!(entry.parameters["orderId"], 7);
    }

    #[test]
    fn every_problem_is_told_at_once_with_its_key() {
        let problems = parse(
            r#"
            sede = 1
            rate-limit = "fast"
            headers = { A = "${NOBODY}" }
            [checks.not_a_server_error]
            expected-statuses = ["9xx"]
            "#,
        )
        .unwrap_err();
        assert_eq!(problems.0.len(), 4, "{problems}");
        let text = problems.to_string();
        for wanted in [
            "`sede` is no key",
            "`rate-limit`",
            "NOBODY",
            "expected-statuses",
        ] {
            assert!(text.contains(wanted), "{wanted} in {text}");
        }
    }

    #[test]
    fn a_file_that_is_no_toml_is_told_with_its_line() {
        let problem = parse("seed = 1\nseed = ").unwrap_err().to_string();
        assert!(problem.starts_with("schemathesis.toml:2:"), "{problem}");
    }
}
