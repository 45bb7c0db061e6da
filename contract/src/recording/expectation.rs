//! What an answer had to be, as recordings write it: one line for people, which is read back.

use crate::case::Expectation;

const GONE: &str = "gone after ";
const THERE: &str = "there after ";
const UNAUTHENTICATED: &str = "not let in with ";
const FORBIDDEN: &str = "not allowed to ";
const FOREIGN: &str = "the thing of ";
const ASKED_BY: &str = ", asked for by ";
const STATUS: &str = "status ";
const MAY_REFUSE: &str = "may be refused with ";
const OR: &str = " or ";

/// The line for an expectation.
pub(crate) fn write(expectation: &Expectation) -> String {
    match expectation {
        Expectation::Gone { deleted_by } => format!("{GONE}{deleted_by}"),
        Expectation::There { created_by } => format!("{THERE}{created_by}"),
        Expectation::Unauthenticated { defect } => format!("{UNAUTHENTICATED}{defect}"),
        Expectation::Forbidden { lack } => format!("{FORBIDDEN}{lack}"),
        Expectation::SomebodyElses { owner, caller } => {
            format!("{FOREIGN}{owner}{ASKED_BY}{caller}")
        }
        Expectation::Status(statuses) => format!("{STATUS}{}", list(statuses)),
        Expectation::MayRefuse(statuses) => format!("{MAY_REFUSE}{}", list(statuses)),
    }
}

fn list(statuses: &[u16]) -> String {
    let texts: Vec<_> = statuses.iter().map(ToString::to_string).collect();
    texts.join(OR)
}

/// The expectation that a line tells.
pub(super) fn read(line: &str) -> Option<Expectation> {
    let after = |prefix: &str| line.strip_prefix(prefix).map(str::to_owned);
    if let Some(deleted_by) = after(GONE) {
        return Some(Expectation::Gone { deleted_by });
    }
    if let Some(created_by) = after(THERE) {
        return Some(Expectation::There { created_by });
    }
    if let Some(defect) = after(UNAUTHENTICATED) {
        return Some(Expectation::Unauthenticated { defect });
    }
    if let Some(lack) = after(FORBIDDEN) {
        return Some(Expectation::Forbidden { lack });
    }
    if let Some(rest) = line.strip_prefix(FOREIGN) {
        let (owner, caller) = rest.split_once(ASKED_BY)?;
        return Some(Expectation::SomebodyElses {
            owner: owner.to_owned(),
            caller: caller.to_owned(),
        });
    }
    let statuses = |prefix: &str| {
        let mut statuses = line.strip_prefix(prefix)?.split(OR);
        statuses
            .by_ref()
            .map(|status| status.parse().ok())
            .collect::<Option<Vec<u16>>>()
    };
    let wanted = statuses(STATUS).map(Expectation::Status);
    wanted.or_else(|| statuses(MAY_REFUSE).map(Expectation::MayRefuse))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_expectation_is_read_back_as_it_was_written() {
        let text = || "DELETE /boxes/7 → 204".to_owned();
        for expectation in [
            Expectation::Gone { deleted_by: text() },
            Expectation::There { created_by: text() },
            Expectation::Unauthenticated { defect: text() },
            Expectation::Forbidden { lack: text() },
            Expectation::SomebodyElses {
                owner: "ada".to_owned(),
                caller: "bob".to_owned(),
            },
            Expectation::Status(vec![200, 404]),
            Expectation::MayRefuse(vec![414, 400]),
        ] {
            assert_eq!(read(&write(&expectation)), Some(expectation));
        }
        assert_eq!(read("something else"), None);
    }
}
