//! Reads Prometheus' text format (version 0.0.4), strictly.

use std::collections::{BTreeMap, BTreeSet};

/// The labels of a series.
pub type Labels = BTreeMap<String, String>;

/// A metric as it was exported.
#[derive(Debug, Default)]
pub struct Family {
    pub kind: String,
    pub help: String,
    /// Every sample: its suffix (`_bucket`, `_sum`, `_count` or none), its labels, its value.
    pub samples: Vec<(String, Labels, f64)>,
}

/// Every metric by name.
pub type Families = BTreeMap<String, Family>;

/// Reads a scrape; panics at the first line that Prometheus would refuse, or that says something twice.
pub fn read(text: &str) -> Families {
    assert!(text.ends_with('\n'), "the last line is not ended");
    let mut families = Families::new();
    let mut seen = BTreeSet::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(comment) = line.strip_prefix("# ") {
            let mut words = comment.splitn(3, ' ');
            let (what, name) = (words.next().expect("a word"), words.next().expect("a name"));
            let family = families.entry(name.to_owned()).or_default();
            assert!(family.samples.is_empty(), "{line} comes behind its samples");
            let rest = words.next().unwrap_or_default().to_owned();
            match what {
                "TYPE" => family.kind = rest,
                "HELP" => family.help = rest,
                other => panic!("a comment of the kind {other}"),
            }
            continue;
        }
        let (series, value) = line.rsplit_once(' ').expect("a value");
        let value: f64 = value
            .parse()
            .unwrap_or_else(|_| panic!("no number: {line}"));
        assert!(seen.insert(series.to_owned()), "twice: {series}");
        let (name, labels) = match series.split_once('{') {
            Some((name, labels)) => (name, labels_of(labels.strip_suffix('}').expect("an end"))),
            None => (series, Labels::new()),
        };
        let (family, suffix) = family_of(name, &families);
        let family = families
            .get_mut(&family)
            .unwrap_or_else(|| panic!("no TYPE before {line}"));
        family.samples.push((suffix.to_owned(), labels, value));
    }
    for (name, family) in &families {
        assert!(!family.samples.is_empty(), "{name} has no sample");
        if family.kind == "histogram" {
            check_buckets(name, family);
        }
    }
    families
}

/// Only histograms have suffixes.
fn family_of<'a>(name: &'a str, families: &Families) -> (String, &'a str) {
    for suffix in ["_bucket", "_sum", "_count"] {
        if let Some(base) = name.strip_suffix(suffix)
            && families
                .get(base)
                .is_some_and(|family| family.kind == "histogram")
        {
            return (base.to_owned(), suffix);
        }
    }
    (name.to_owned(), "")
}

fn labels_of(text: &str) -> Labels {
    let mut labels = Labels::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (name, behind) = rest.split_once("=\"").expect("a value in quotes");
        let is_name = name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        assert!(
            is_name && !name.starts_with(|letter: char| letter.is_ascii_digit()),
            "{name}"
        );
        let mut value = String::new();
        let mut letters = behind.char_indices();
        let end = loop {
            match letters.next().expect("an end of the value") {
                (at, '"') => break at,
                (_, '\\') => value.extend(letters.next().map(|(_, letter)| letter)),
                (_, letter) => value.push(letter),
            }
        };
        assert_eq!(labels.insert(name.to_owned(), value), None, "{name} twice");
        rest = behind[end + 1..].trim_start_matches(',');
    }
    labels
}

/// Buckets count everything below their bound, so they grow, and the last one is the count.
fn check_buckets(name: &str, family: &Family) {
    let mut last: BTreeMap<Labels, (f64, f64)> = BTreeMap::new();
    for (_, labels, value) in family
        .samples
        .iter()
        .filter(|(suffix, ..)| suffix == "_bucket")
    {
        let mut labels = labels.clone();
        let bound = labels
            .remove("le")
            .expect("le")
            .replace('+', "")
            .parse()
            .expect("a bound");
        let before = last.insert(labels, (bound, *value));
        assert!(
            before.is_none_or(|(below, fewer)| below < bound && fewer <= *value),
            "{name}"
        );
    }
    for (_, labels, count) in family
        .samples
        .iter()
        .filter(|(suffix, ..)| suffix == "_count")
    {
        assert_eq!(last[labels], (f64::INFINITY, *count), "{name}");
    }
}
