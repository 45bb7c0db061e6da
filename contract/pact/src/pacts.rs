//! Pact files, in a steady order.

use std::{
    fmt,
    panic::RefUnwindSafe,
    path::{Path, PathBuf},
};

use pact_models::pact::{Pact, load_pact_from_json};
use serde_json::Value;

/// Why pacts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PactError {
    /// A file or folder cannot be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file is no JSON.
    #[error("{path}:{line}: no JSON: {source}", line = source.line())]
    NotJson {
        /// Which.
        path: PathBuf,
        /// Why, and where.
        source: serde_json::Error,
    },
    /// A file is JSON and no pact.
    #[error("{path} is no pact: {reason}")]
    NotPact {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// There is nothing to verify.
    #[error("no pact in {0}: name a pact, or a folder with files that end in .json")]
    None(String),
}

/// A pact and where it lies.
pub struct PactFile {
    /// Where it lies.
    pub path: PathBuf,
    /// What it says.
    pub pact: Box<dyn Pact + Send + Sync + RefUnwindSafe>,
}

impl fmt::Debug for PactFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PactFile")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// Reads pacts, and every `.json` file of folders in the order of their names.
///
/// # Errors
/// [`PactError`] for the first one that is none, or when there are none at all.
pub fn read(places: &[PathBuf]) -> Result<Vec<PactFile>, PactError> {
    let mut pacts = Vec::new();
    for place in places {
        for path in files(place)? {
            pacts.push(read_one(&path)?);
        }
    }
    if pacts.is_empty() {
        let names: Vec<String> = places
            .iter()
            .map(|place| place.display().to_string())
            .collect();
        return Err(PactError::None(names.join(", ")));
    }
    Ok(pacts)
}

fn files(place: &Path) -> Result<Vec<PathBuf>, PactError> {
    if !place.is_dir() {
        return Ok(vec![place.to_owned()]);
    }
    let unreadable = |source| PactError::Unreadable {
        path: place.to_owned(),
        source,
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(place).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|end| end == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read_one(path: &Path) -> Result<PactFile, PactError> {
    let path = path.to_owned();
    let text = std::fs::read_to_string(&path).map_err(|source| PactError::Unreadable {
        path: path.clone(),
        source,
    })?;
    let json: Value = serde_json::from_str(&text).map_err(|source| PactError::NotJson {
        path: path.clone(),
        source,
    })?;
    let not_pact = |reason: String| PactError::NotPact {
        path: path.clone(),
        reason,
    };
    // Pact's own reader takes nearly everything.
    for (pointer, name) in [
        ("/consumer/name", "`consumer.name`"),
        ("/provider/name", "`provider.name`"),
    ] {
        if !json.pointer(pointer).is_some_and(Value::is_string) {
            return Err(not_pact(format!("{name} is missing")));
        }
    }
    let interactions = json.get("interactions").or_else(|| json.get("messages"));
    if !interactions.is_some_and(Value::is_array) {
        return Err(not_pact("`interactions` is missing".to_owned()));
    }
    let pact = load_pact_from_json(&path.to_string_lossy(), &json)
        .map_err(|error| not_pact(format!("{error:#}")))?;
    Ok(PactFile { path, pact })
}
