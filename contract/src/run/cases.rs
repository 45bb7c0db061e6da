//! What those who make cases need of the run: ids, cases to fill, callers and randomness.

use std::sync::{Arc, atomic::Ordering};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::Run;
use crate::{
    api::Operation,
    case::{Case, Credentials, Phase},
};

impl Run {
    /// A new id for a case: short, and unique in the run.
    pub fn case_id(&self) -> String {
        let number = self.cases.fetch_add(1, Ordering::Relaxed);
        short_id(self.settings.seed, number)
    }

    /// A case for an operation with nothing in it yet.
    pub fn case(&self, operation: &Arc<Operation>, phase: Phase) -> Case {
        let mut case = Case::new(self.case_id(), operation, phase, self.settings.seed);
        for (name, value) in self.settings.headers_of(operation) {
            case.set_header(name, value.clone());
        }
        case
    }

    /// On whose behalf an operation on somebody's object is called: the owner's, or the usual caller's where the owner may
    /// not call it.
    #[must_use]
    pub fn credentials_of(&self, operation: &Operation, owner: &str) -> Credentials {
        let owner = self.principals.known.get_key_value(owner);
        match owner {
            Some((name, owner)) if owner.may(operation, &self.api.schemes) => {
                Credentials::Of(name.clone())
            }
            _ => Credentials::Usual,
        }
    }

    /// A generator of random numbers for a purpose: the same seed and the same name give the same numbers.
    #[must_use]
    pub fn random(&self, purpose: &str) -> ChaCha8Rng {
        // FNV-1a: what matters is that it never changes.
        let mut seed = 0xcbf2_9ce4_8422_2325_u64 ^ self.settings.seed;
        for byte in purpose.bytes() {
            seed = (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        ChaCha8Rng::seed_from_u64(seed)
    }
}

/// Six characters that do not repeat within a run.
fn short_id(seed: u64, number: u64) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const SPACE: u64 = 62_u64.pow(6);
    // A multiplier without a common factor with the space walks through all of it.
    let mut rest = (seed % SPACE).wrapping_add(number.wrapping_mul(25_214_903_917) % SPACE) % SPACE;
    let mut id = String::with_capacity(6);
    for _ in 0..6 {
        let digit = usize::try_from(rest % 62).unwrap_or_default();
        id.push(DIGITS.get(digit).copied().map_or('0', char::from));
        rest /= 62;
    }
    id
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_of_cases_do_not_repeat() {
        let ids: HashSet<_> = (0..20_000).map(|number| short_id(42, number)).collect();
        assert_eq!(ids.len(), 20_000);
        assert!(ids.iter().all(|id| id.len() == 6));
    }
}
