//! Requests to operations on a thing, with everything that is known of it.

use std::sync::Arc;

use super::{Thing, said};
use crate::{
    api::{Location, Operation},
    case::{Case, Credentials, Phase},
    phases::positive,
    run::Run,
};

impl Thing {
    /// A request to an operation on the thing, on behalf of its owner.
    pub(in crate::phases) fn case(
        &self,
        run: &Run,
        operation: &Arc<Operation>,
        phase: Phase,
    ) -> Option<Case> {
        let given = self.given(operation)?;
        let case = positive::usual(run, operation, phase, &given)?;
        Some(self.dressed(run, case))
    }

    /// Puts into a request what is known of the thing: its ids, what links say, its `ETag`.
    pub(in crate::phases) fn dressed(&self, run: &Run, mut case: Case) -> Case {
        let operation = Arc::clone(&case.operation);
        if let Some(given) = self.given(&operation) {
            positive::put_given(&mut case, &given);
        }
        if let Some(link) = self.links.get(&operation.label) {
            for parameter in &operation.parameters {
                if let Some(value) = link.value(parameter.location, &parameter.name) {
                    case.query.retain(|(name, _)| {
                        parameter.location != Location::Query || *name != parameter.name
                    });
                    positive::put(&mut case, parameter, value);
                }
            }
            if let Some(body) = &link.body {
                case.set_json(body.clone());
            }
        }
        if let Some(etag) = &self.etag
            && operation.parameter(Location::Header, "If-Match").is_some()
        {
            case.set_header("If-Match", etag.clone());
        }
        case.credentials = self.credentials(run, &operation);
        case.origin.parent = Some(self.made_by.case.id.clone());
        case
    }

    /// On whose behalf an operation on the thing is called.
    pub(in crate::phases) fn credentials(&self, run: &Run, operation: &Operation) -> Credentials {
        match &self.owner {
            Some(owner) => run.credentials_of(operation, owner),
            None => Credentials::Usual,
        }
    }

    /// Whether a call to an operation is made by whoever made the thing.
    pub(in crate::phases) fn is_owners(&self, run: &Run, operation: &Operation) -> bool {
        let credentials = self.credentials(run, operation);
        let caller = run
            .principals
            .caller(operation, &credentials, &run.api.schemes);
        caller.map(|(name, _)| name) == self.owner.as_deref()
    }

    /// The request that made it, for reports.
    pub(in crate::phases) fn creation(&self) -> String {
        said(&self.made_by)
    }
}
