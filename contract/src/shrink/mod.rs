//! Makes a failing case smaller: what can be left out without the failure going away is left out.
//!
//! `simpler` proposes, `profile` keeps proposals out that would be another case: what keeps to the document must still
//! do so, and a deviation must stay the one that it is. The server decides about the rest.

mod profile;
mod simpler;

use std::{collections::HashSet, time::Duration};

use serde_json::Value;
use tokio::time::Instant;

use self::profile::Profile;
use crate::{
    case::{Case, Phase},
    exchange::{Exchange, Failure},
    run::{Run, Stop},
};

/// So many requests are spent on a failure.
const PROBES: usize = 60;
/// So long is spent on a failure.
const TIME: Duration = Duration::from_secs(5);

/// The smallest exchange found that shows the same failure; `None` when the given one is.
///
/// # Errors
/// [`Stop`] when the run is to end.
pub async fn shrink(
    run: &Run,
    exchange: &Exchange,
    failure: &Failure,
) -> Result<Option<(Exchange, Failure)>, Stop> {
    if !run.settings.shrinks || !stands_alone(&exchange.case) {
        return Ok(None);
    }
    let begin = Instant::now();
    // A failure that comes and goes cannot be followed.
    let Some(mut found) = again(run, exchange.case.clone(), failure, 0).await? else {
        return Ok(None);
    };
    let mut search = Search::new(&exchange.case);
    while let Some(candidate) = search.next() {
        if begin.elapsed() > TIME {
            break;
        }
        if let Some(smaller) = again(run, candidate.clone(), failure, search.probes).await? {
            found = smaller;
            search.keep(&candidate);
        }
    }
    Ok(Some(found))
}

/// Sends a case; gives its exchange when it shows the failure.
async fn again(
    run: &Run,
    mut case: Case,
    failure: &Failure,
    number: usize,
) -> Result<Option<(Exchange, Failure)>, Stop> {
    renew_key(&mut case, number);
    let Some(exchange) = run.probe(case).await? else {
        return Ok(None);
    };
    let same = exchange
        .failures()
        .find(|known| known.code == failure.code && known.key == failure.key)
        .cloned();
    Ok(same.map(|same| (exchange, same)))
}

/// Whether a case fails by itself: what hangs on requests before it fails only behind them.
fn stands_alone(case: &Case) -> bool {
    let origin = &case.origin;
    matches!(
        origin.phase,
        Phase::Examples | Phase::Coverage | Phase::Random
    ) && origin.expectation.is_none()
        && origin.parent.is_none()
}

/// A key that was used is answered with what it was answered before.
fn renew_key(case: &mut Case, number: usize) {
    let operation = std::sync::Arc::clone(&case.operation);
    let mut parameters = operation.parameters.iter();
    let Some(parameter) = parameters.find(|parameter| operation.is_key(parameter)) else {
        return;
    };
    if case.origin.parameter.as_deref() == Some(parameter.name.as_str()) {
        return;
    }
    let Some(key) = case.header(&parameter.name).map(str::to_owned) else {
        return;
    };
    let renewed = match key.strip_suffix('"') {
        Some(open) => format!("{open}-s{number}\""),
        None => format!("{key}-s{number}"),
    };
    if parameter.schema.takes(&Value::String(renewed.clone())) {
        case.set_header(&parameter.name, renewed);
    }
}

/// The way to the smallest case: proposes cases, and goes on from those that are kept.
struct Search {
    wanted: Profile,
    waiting: std::vec::IntoIter<Case>,
    tried: HashSet<String>,
    probes: usize,
}

impl Search {
    fn new(case: &Case) -> Self {
        Self {
            wanted: Profile::of(case),
            waiting: simpler::cases(case).into_iter(),
            tried: HashSet::from([fingerprint(case)]),
            probes: 1,
        }
    }

    /// The next case to ask about; `None` when there is none, or enough were asked about.
    fn next(&mut self) -> Option<Case> {
        if self.probes >= PROBES {
            return None;
        }
        let (wanted, tried) = (&self.wanted, &mut self.tried);
        let found = self
            .waiting
            .find(|case| tried.insert(fingerprint(case)) && wanted.is_kept_by(case));
        self.probes += usize::from(found.is_some());
        found
    }

    /// A case that was proposed shows the failure: it goes on from there.
    fn keep(&mut self, case: &Case) {
        self.waiting = simpler::cases(case).into_iter();
    }
}

fn fingerprint(case: &Case) -> String {
    format!(
        "{:?} {:?} {:?} {:?} {:?}",
        case.path, case.query, case.headers, case.cookies, case.body
    )
}

#[cfg(test)]
mod tests;
