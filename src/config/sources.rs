//! The layers: which ones there are, in which order, and which names in them are unknown.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use figment::{
    Figment, Metadata, Profile, Provider,
    providers::{Format, Toml},
    value::{Dict, Map, Value},
};

use super::{keys, problem::Problem, secrets};

/// The documentation and default of every key.
const DEFAULTS: &str = include_str!("default.toml");

/// Names of the layers whose keys are written as variables.
pub(super) const ENVIRONMENT: &str = "environment";
pub(super) const DOTENV: &str = ".env";

/// Where the configuration is read from; tests name their own.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The file of `--config`.
    pub file: Option<PathBuf>,
    /// `.env`; may be missing, and is read in development only.
    pub dotenv: PathBuf,
    /// The variables of the process.
    pub environment: BTreeMap<String, String>,
    /// Where development secrets are kept.
    pub data_dir: PathBuf,
}

impl Sources {
    /// Names the sources of this process: its environment, `.env` and `data/` in the working directory.
    #[must_use]
    pub fn of_process(file: Option<PathBuf>) -> Self {
        let environment = std::env::vars_os()
            .map(|(name, value)| {
                (
                    name.to_string_lossy().into_owned(),
                    value.to_string_lossy().into_owned(),
                )
            })
            .collect();
        Self {
            file,
            dotenv: PathBuf::from(".env"),
            environment,
            data_dir: PathBuf::from("data"),
        }
    }
}

/// The layers laid over each other.
pub(super) struct Layers {
    pub(super) figment: Figment,
    /// Every key, in the order of `default.toml`.
    pub(super) known: Vec<String>,
}

/// Reads all layers; what is wrong with them is added to `problems`.
pub(super) fn collect(sources: &Sources, problems: &mut Vec<Problem>) -> Layers {
    let defaults = toml("default.toml", DEFAULTS, problems);
    let known: Vec<String> = documented_keys().collect();

    let file = file(sources.file.as_deref(), &known, problems);
    let environment = environment(ENVIRONMENT, &sources.environment, &known, problems);
    let without_dotenv = Figment::from(&defaults).merge(&file).merge(&environment);
    if text_of(&without_dotenv, "app_env").as_deref() != Some("development") {
        return Layers {
            figment: without_dotenv,
            known,
        };
    }

    let dotenv = dotenv(&sources.dotenv, &known, problems);
    let figment = Figment::from(&defaults)
        .merge(&file)
        .merge(&dotenv)
        .merge(&environment);
    let wanting: Vec<&str> = secrets::GENERATED
        .iter()
        .copied()
        .filter(|key| text_of(&figment, key).is_none())
        .collect();
    let generated = secrets::development(&sources.data_dir, &wanting, problems);
    Layers {
        figment: figment.merge(&generated),
        known,
    }
}

/// Returns a key's value as text, or nothing when it is missing, empty or not a simple value.
pub(super) fn text_of(figment: &Figment, key: &str) -> Option<String> {
    let text = written(&figment.find_value(key).ok()?)?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Values arrive as text from the environment and typed from TOML; both are read from text.
pub(super) fn written(value: &Value) -> Option<String> {
    match value {
        Value::String(_, text) => Some(text.clone()),
        Value::Char(_, letter) => Some(letter.to_string()),
        Value::Bool(_, flag) => Some(flag.to_string()),
        Value::Num(_, number) => number
            .to_i128()
            .map(|n| n.to_string())
            .or_else(|| number.to_u128().map(|n| n.to_string())),
        Value::Array(_, items) => items
            .iter()
            .map(written)
            .collect::<Option<Vec<_>>>()
            .map(|all| all.join(",")),
        Value::Empty(..) | Value::Dict(..) => None,
    }
}

/// A named set of values.
pub(super) struct Layer {
    name: String,
    values: Dict,
}

impl Layer {
    pub(super) fn new(name: impl Into<String>, values: Dict) -> Self {
        Self {
            name: name.into(),
            values,
        }
    }

    /// Drops every key that is not listed.
    pub(super) fn retain(&mut self, keys: &[&str]) {
        self.values.retain(|key, _| keys.contains(&key.as_str()));
    }
}

impl Provider for Layer {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.name.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        Ok(Profile::Default.collect(self.values.clone()))
    }
}

/// Keys in the order in which they are documented; a parsed table would sort them.
fn documented_keys() -> impl Iterator<Item = String> {
    DEFAULTS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "))
        .map(|(key, _)| key.to_owned())
}

pub(super) fn toml(name: &str, text: &str, problems: &mut Vec<Problem>) -> Layer {
    let values = match Toml::string(text).data() {
        Ok(mut profiles) => profiles.remove(&Profile::Default).unwrap_or_default(),
        Err(error) => {
            let message = error.to_string().trim().replace('\n', "\n    ");
            problems.push(Problem {
                key: name.to_owned(),
                message,
                origin: String::new(),
            });
            Dict::new()
        }
    };
    Layer::new(name, values)
}

fn file(path: Option<&Path>, known: &[String], problems: &mut Vec<Problem>) -> Layer {
    let Some(path) = path else {
        return Layer::new("file", Dict::new());
    };
    let name = path.display().to_string();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            problems.push(Problem {
                key: "--config".to_owned(),
                message: format!("cannot read {name}: {error}"),
                origin: String::new(),
            });
            return Layer::new(name, Dict::new());
        }
    };
    let layer = toml(&name, &text, problems);
    for key in layer.values.keys() {
        if let Some(message) = unknown(key, known) {
            problems.push(Problem {
                key: key.clone(),
                message,
                origin: name.clone(),
            });
        }
    }
    layer
}

fn environment(
    name: &str,
    variables: &BTreeMap<String, String>,
    known: &[String],
    problems: &mut Vec<Problem>,
) -> Layer {
    let mut values = Dict::new();
    for (variable, value) in variables
        .iter()
        .filter(|(_, value)| !value.trim().is_empty())
    {
        let key = variable.to_ascii_lowercase();
        if *variable != key.to_ascii_uppercase() {
            continue;
        }
        if known.contains(&key) {
            values.insert(key, Value::from(value.clone()));
        } else if keys::is_not_yet(&key) || keys::is_probably_ours(&key, known) {
            let message = unknown(&key, known).unwrap_or_default();
            problems.push(Problem {
                key: variable.clone(),
                message,
                origin: name.to_owned(),
            });
        }
    }
    Layer::new(name, values)
}

fn dotenv(path: &Path, known: &[String], problems: &mut Vec<Problem>) -> Layer {
    let name = DOTENV.to_owned();
    let Ok(entries) = dotenvy::from_path_iter(path) else {
        // It is optional: no file, no values.
        return Layer::new(name, Dict::new());
    };
    let mut variables = BTreeMap::new();
    for entry in entries {
        match entry {
            Ok((key, value)) => {
                variables.insert(key, value);
            }
            Err(error) => problems.push(Problem {
                key: name.clone(),
                message: format!("cannot be read: {error}"),
                origin: String::new(),
            }),
        }
    }
    // The file counts because the environment is development; it cannot say otherwise.
    if variables
        .get("APP_ENV")
        .is_some_and(|value| value != "development")
    {
        let message = "is decided outside this file, which is read in development only".to_owned();
        problems.push(Problem {
            key: "APP_ENV".to_owned(),
            message,
            origin: name.clone(),
        });
        variables.remove("APP_ENV");
    }
    environment(&name, &variables, known, problems)
}

/// Says what is wrong with a name, or nothing when it is known.
fn unknown(key: &str, known: &[String]) -> Option<String> {
    if known.iter().any(|name| name == key) {
        return None;
    }
    if keys::is_not_yet(key) {
        return Some("belongs to a feature that this version does not have; remove it".to_owned());
    }
    Some(match keys::near_miss(key, known, 3) {
        Some(meant) => format!("is unknown; did you mean `{meant}`?"),
        None => "is unknown; default.toml (or `waybill config print`) lists every key".to_owned(),
    })
}
