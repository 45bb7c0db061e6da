//! The names: which keys exist, which hold secrets, and which were probably meant.

/// Keys whose values are never shown.
const SECRET: &[&str] = &[
    "jwt_secret",
    "jwt_former_secrets",
    "jwt_refresh_secret",
    "jwt_refresh_former_secrets",
    "bootstrap_admin_password",
];

/// Keys of the contract that belong to features which this version does not have.
const NOT_YET: &[&str] = &[
    "webhook_retry_schedule",
    "webhook_allow_hosts",
    "ai_provider",
    "ai_base_url",
    "ai_api_key",
    "ai_timeout",
    "api_v1_deprecated_at",
    "api_v1_sunset_at",
];

/// Beginnings of names that only Waybill uses: anything else under them in the environment is a mistake.
const OWN_PREFIXES: &[&str] = &[
    "rate_limit_",
    "jwt_",
    "bootstrap_admin_",
    "refresh_expires_",
];

/// Shorter names are too close to the names of others (`HOST`, `POST`) for a guess.
const SHORTEST_FOR_A_GUESS: usize = 7;

/// Returns whether a key's value must be masked.
pub(super) fn is_secret(key: &str) -> bool {
    SECRET.contains(&key)
}

/// Returns whether a key belongs to a feature that this version does not have.
pub(super) fn is_not_yet(key: &str) -> bool {
    NOT_YET.contains(&key)
}

/// Returns whether an unknown name in the environment must have been meant for Waybill.
pub(super) fn is_probably_ours(name: &str, known: &[String]) -> bool {
    OWN_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || near_miss(name, known, 2).is_some()
}

/// Returns the known key that differs from `name` in at most `distance` letters.
pub(super) fn near_miss<'a>(name: &str, known: &'a [String], distance: usize) -> Option<&'a str> {
    if name.len() < SHORTEST_FOR_A_GUESS && distance < 3 {
        return None;
    }
    known
        .iter()
        .map(|key| (edit_distance(name, key), key))
        .filter(|(changes, key)| *changes <= distance && key.len() >= *changes * 2)
        .min_by_key(|(changes, _)| *changes)
        .map(|(_, key)| key.as_str())
}

/// Counts the insertions, deletions and replacements between two words (Levenshtein), row by row.
fn edit_distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.bytes().enumerate() {
        let mut diagonal = i;
        let mut before = i + 1;
        for (cell, b) in row.iter_mut().skip(1).zip(right.bytes()) {
            let above = *cell;
            *cell = (diagonal + usize::from(a != b))
                .min(above + 1)
                .min(before + 1);
            diagonal = above;
            before = *cell;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_counts_single_letters() {
        assert_eq!(edit_distance("database_url", "database_url"), 0);
        assert_eq!(edit_distance("databse_url", "database_url"), 1);
        assert_eq!(edit_distance("kitten", "sitting"), 3);
        assert_eq!(edit_distance("", "abc"), 3);
    }

    #[test]
    fn names_of_others_are_not_taken_for_ours() {
        let known = ["host", "port", "log_level", "database_url"].map(String::from);
        assert!(!is_probably_ours("post", &known));
        assert!(!is_probably_ours("hostname", &known));
        assert!(is_probably_ours("databse_url", &known));
        assert!(is_probably_ours("rate_limit_heawy_duty", &known));
    }
}
