//! The request that a case becomes, with the credentials of whoever it is sent for.

use super::Run;
use crate::{
    api::Location,
    case::{Case, Credentials},
    exchange::Sent,
};

impl Run {
    /// A case with the request that it becomes; `None` for one that HTTP cannot carry.
    pub(super) fn written(&self, case: Case) -> Option<(Case, Sent)> {
        let case = self.without_doubled_credentials(case);
        let mut credentials =
            self.principals
                .write(&case.operation, &case.credentials, &self.api.schemes);
        // What the case says itself wins: a configured header for this operation.
        credentials.retain(|(location, name, _)| {
            *location != Location::Header || case.header(name).is_none()
        });
        let mut sent = self.transport.write(&case, &credentials).ok()?;
        if case.credentials != Credentials::Usual {
            // So do credentials among the headers of every request.
            sent.headers.retain(|(name, _)| {
                case.header(name).is_some()
                    || credentials.iter().any(|(_, written, _)| written == name)
                    || !self.carries_credentials(name)
            });
        }
        Some((case, sent))
    }

    /// A configured header with credentials stands for the usual caller only; whoever is asked for by name, or nobody,
    /// takes its place.
    fn without_doubled_credentials(&self, mut case: Case) -> Case {
        if !matches!(case.credentials, Credentials::Usual | Credentials::Own) {
            case.headers
                .retain(|(name, _)| !self.carries_credentials(name));
        }
        case
    }

    /// Whether a header is where a security scheme of the document puts its secret.
    fn carries_credentials(&self, header: &str) -> bool {
        let mut written = self
            .api
            .schemes
            .values()
            .filter_map(|scheme| scheme.write(""));
        written.any(|(location, name, _)| {
            location == Location::Header && name.eq_ignore_ascii_case(header)
        })
    }
}
