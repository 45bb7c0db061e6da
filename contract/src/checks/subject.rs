//! What a check looks at, and the statuses that checks take unless the configuration says otherwise.

use super::Check;
use crate::{
    api::{Api, Location, Operation, StatusPattern},
    case::{Case, Mode},
    config::{CheckRules, Settings},
    exchange::{Exchange, Received},
};

/// An answer with everything that it is held against.
#[derive(Clone, Copy)]
pub(super) struct Subject<'e> {
    pub(super) api: &'e Api,
    pub(super) settings: &'e Settings,
    pub(super) rules: &'e CheckRules,
    pub(super) exchange: &'e Exchange,
    pub(super) received: &'e Received,
}

impl<'e> Subject<'e> {
    pub(super) fn case(&self) -> &'e Case {
        &self.exchange.case
    }

    pub(super) fn operation(&self) -> &'e Operation {
        &self.exchange.case.operation
    }

    pub(super) fn status(&self) -> u16 {
        self.received.status
    }

    /// Whether a check takes the status of the answer.
    pub(super) fn takes(&self, check: Check) -> bool {
        self.rules.takes(check, self.status(), usual(check))
    }

    /// The statuses that a check takes, as people write them.
    pub(super) fn expected(&self, check: Check) -> String {
        let list = self.rules.expected.get(&check);
        let list = list.map_or_else(|| usual(check), Vec::as_slice);
        let texts: Vec<_> = list.iter().map(ToString::to_string).collect();
        texts.join(", ")
    }

    pub(super) fn is_success(&self) -> bool {
        self.received.is_success()
    }

    /// Whether the request names a thing by an identifier that nobody vouches for: 404 says nothing then.
    pub(super) fn has_made_up_path(&self) -> bool {
        let operation = self.operation();
        let mut parameters = operation.parameters_in(Location::Path);
        parameters.any(|parameter| {
            let configured = self.settings.parameter(operation, "path", &parameter.name);
            configured.is_none()
        })
    }
}

/// Whether a request is malformed around its data, to see that the server bears it: only such an answer's own checks
/// look at it.
pub(super) fn is_probe(case: &Case) -> bool {
    is_undeclared_method(case) || is_content_type_probe(case)
}

pub(super) fn is_undeclared_method(case: &Case) -> bool {
    case.origin.scenario == "unspecified_http_method" || case.method != case.operation.method
}

pub(super) fn is_content_type_probe(case: &Case) -> bool {
    matches!(
        case.origin.scenario.as_str(),
        "malformed_content_type" | "unsupported_content_type"
    )
}

/// Whether a part of the request breaks the document on purpose.
pub(super) fn is_negative_at(case: &Case, location: Location) -> bool {
    case.origin.components.get(&location) == Some(&Mode::Negative)
}

fn usual(check: Check) -> &'static [StatusPattern] {
    use StatusPattern::{Class, Exact};
    match check {
        Check::NotAServerError => &[Class(2), Class(3), Class(4)],
        Check::NegativeDataRejection => &[
            Exact(400),
            Exact(401),
            Exact(403),
            Exact(404),
            Exact(405),
            Exact(406),
            Exact(409),
            Exact(415),
            Exact(422),
            Exact(428),
            Exact(429),
            Class(5),
        ],
        Check::PositiveDataAcceptance => &[
            Class(2),
            Class(3),
            Exact(401),
            Exact(403),
            Exact(404),
            Exact(409),
            Exact(429),
            Class(5),
        ],
        Check::MissingRequiredHeader => &[
            Exact(400),
            Exact(401),
            Exact(403),
            Exact(406),
            Exact(415),
            Exact(422),
        ],
        _ => &[],
    }
}
