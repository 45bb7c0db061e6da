//! The lines of a recorded run: which kinds of events there are, and which of them say something here.

use serde::Deserialize;

use super::scenario::Scenario;

/// One line.
pub(super) enum Event {
    Initialize(Initialize),
    ScenarioFinished(Box<Scenario>),
    FuzzScenarioFinished(Box<Scenario>),
    Other,
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Line {
            #[serde(rename = "Initialize")]
            initialize: Option<Initialize>,
            #[serde(rename = "ScenarioFinished")]
            scenario: Option<Box<Scenario>>,
            #[serde(rename = "FuzzScenarioFinished")]
            fuzz: Option<Box<Scenario>>,
        }
        let line = Line::deserialize(deserializer)?;
        Ok(match line {
            Line {
                initialize: Some(begin),
                ..
            } => Self::Initialize(begin),
            Line {
                scenario: Some(scenario),
                ..
            } => Self::ScenarioFinished(scenario),
            Line {
                fuzz: Some(scenario),
                ..
            } => Self::FuzzScenarioFinished(scenario),
            _ => Self::Other,
        })
    }
}

/// How a run begins.
#[derive(Debug, Deserialize)]
pub(super) struct Initialize {
    pub(super) command: Option<String>,
    /// Ours; Schemathesis names itself otherwise.
    pub(super) contract_version: Option<String>,
    pub(super) seed: Option<u64>,
}
