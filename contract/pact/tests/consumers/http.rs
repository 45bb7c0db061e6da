//! What every team has written once: reading the envelope.

use reqwest::Response;
use serde::{Deserialize, de::DeserializeOwned};

/// The envelope of an answer, as far as clients look at it.
#[derive(Deserialize)]
struct Envelope<T> {
    data: T,
}

#[derive(Deserialize)]
struct Failure {
    error: Problem,
}

/// What a refusal says.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Problem {
    /// What programs act on.
    pub(crate) code: String,
    /// What people read.
    pub(crate) message: String,
    /// What is wrong with the request.
    #[serde(default)]
    pub(crate) details: Vec<Detail>,
}

/// One thing that is wrong.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Detail {
    /// Where.
    pub(crate) field: String,
    /// What would be right.
    #[serde(default)]
    pub(crate) allowed: Vec<String>,
}

/// Why a call brought nothing.
#[derive(Debug)]
pub(crate) enum CallError {
    /// The server said no.
    Refused {
        /// The status.
        status: u16,
        /// Why.
        problem: Problem,
    },
    /// No answer, or one that cannot be read.
    Broken(reqwest::Error),
}

impl From<reqwest::Error> for CallError {
    fn from(error: reqwest::Error) -> Self {
        Self::Broken(error)
    }
}

impl CallError {
    /// Status and code of a refusal.
    #[track_caller]
    pub(crate) fn refused(&self) -> (u16, &str) {
        match self {
            Self::Refused { status, problem } => (*status, &problem.code),
            Self::Broken(error) => panic!("no refusal: {error:?}"),
        }
    }
}

/// The answer, unless it is a refusal.
pub(crate) async fn accepted(response: Response) -> Result<Response, CallError> {
    let status = response.status().as_u16();
    if status < 400 {
        return Ok(response);
    }
    let Failure { error } = response.json().await?;
    Err(CallError::Refused {
        status,
        problem: error,
    })
}

/// What an answer carries.
pub(crate) async fn data<T: DeserializeOwned>(response: Response) -> Result<T, CallError> {
    let envelope: Envelope<T> = accepted(response).await?.json().await?;
    Ok(envelope.data)
}

/// A header of an answer.
pub(crate) fn header(response: &Response, name: &str) -> Option<String> {
    Some(response.headers().get(name)?.to_str().ok()?.to_owned())
}
