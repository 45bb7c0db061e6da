//! The catalogue is whole: something is broken for every check and every law.

use std::collections::BTreeSet;

use contract_proof::faults::{Expected, Fault, Law};

/// The codes of Schemathesis that concern HTTP APIs. ST113 to ST115 and ST206 are about GraphQL, ST901 is every law.
const CODES: [&str; 22] = [
    "ST101", "ST102", "ST103", "ST104", "ST105", "ST106", "ST107", "ST108", "ST109", "ST110",
    "ST111", "ST112", "ST201", "ST202", "ST203", "ST204", "ST205", "ST301", "ST302", "ST401",
    "ST402", "ST901",
];

#[test]
fn every_code_and_every_law_has_a_fault_that_it_must_find() {
    let mut codes = BTreeSet::new();
    let mut laws = BTreeSet::new();
    for fault in Fault::ALL {
        match fault.expected() {
            Expected::Code(code) => {
                codes.insert(code);
            }
            Expected::Law(law) => {
                codes.insert("ST901");
                laws.insert(law);
            }
        }
    }
    assert_eq!(codes, BTreeSet::from(CODES));
    assert_eq!(laws, BTreeSet::from(Law::ALL));
}

#[test]
fn names_are_distinct_and_lead_back_to_their_faults() {
    let names: BTreeSet<&str> = Fault::ALL.iter().map(|fault| fault.name()).collect();
    assert_eq!(names.len(), Fault::ALL.len());
    for fault in Fault::ALL {
        assert_eq!(Fault::named(fault.name()), Some(*fault));
    }
    assert_eq!(Fault::named("nothing-is-wrong"), None);
}
