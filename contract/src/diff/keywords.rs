//! One level of two schemas: types, listed values, bounds and notes.

use openapi_codegen::tree::Node;

use super::{
    change::{Findings, Places},
    rules::{self, SchemaRule},
    schema::{Spot, missing},
    shape::{COUNTS, RESTRICTIONS, Shape},
    types::Bound,
};

/// Two meanings of what stands at one spot.
pub(super) struct Level<'a, 'd> {
    pub(super) before: &'a Shape<'d>,
    pub(super) after: &'a Shape<'d>,
    pub(super) spot: &'a Spot,
    pub(super) places: &'a Places,
}

/// What becomes of a bound: set, tighter, looser, gone.
type BoundRules = [&'static SchemaRule; 4];

const MAX: BoundRules = [
    &rules::MAX_SET,
    &rules::MAX_DECREASED,
    &rules::MAX_INCREASED,
    &rules::MAX_UNSET,
];
const MIN: BoundRules = [
    &rules::MIN_SET,
    &rules::MIN_INCREASED,
    &rules::MIN_DECREASED,
    &rules::MIN_UNSET,
];
/// In the order of [`COUNTS`].
const COUNT_RULES: [BoundRules; 6] = [
    [
        &rules::MAX_LENGTH_SET,
        &rules::MAX_LENGTH_DECREASED,
        &rules::MAX_LENGTH_INCREASED,
        &rules::MAX_LENGTH_UNSET,
    ],
    [
        &rules::MIN_LENGTH_SET,
        &rules::MIN_LENGTH_INCREASED,
        &rules::MIN_LENGTH_DECREASED,
        &rules::MIN_LENGTH_UNSET,
    ],
    [
        &rules::MAX_ITEMS_SET,
        &rules::MAX_ITEMS_DECREASED,
        &rules::MAX_ITEMS_INCREASED,
        &rules::MAX_ITEMS_UNSET,
    ],
    [
        &rules::MIN_ITEMS_SET,
        &rules::MIN_ITEMS_INCREASED,
        &rules::MIN_ITEMS_DECREASED,
        &rules::MIN_ITEMS_UNSET,
    ],
    [
        &rules::MAX_PROPERTIES_SET,
        &rules::MAX_PROPERTIES_DECREASED,
        &rules::MAX_PROPERTIES_INCREASED,
        &rules::MAX_PROPERTIES_UNSET,
    ],
    [
        &rules::MIN_PROPERTIES_SET,
        &rules::MIN_PROPERTIES_INCREASED,
        &rules::MIN_PROPERTIES_DECREASED,
        &rules::MIN_PROPERTIES_UNSET,
    ],
];

impl Level<'_, '_> {
    pub(super) fn say(&self, findings: &mut Findings, rule: &SchemaRule, detail: &str) {
        findings.add_schema(
            rule,
            self.spot.area,
            &self.spot.subject,
            self.places.clone(),
            detail,
        );
    }

    /// Returns whether nothing of the old type is left to compare.
    pub(super) fn types(&self, findings: &mut Findings) -> bool {
        let (old, new) = (self.before.types, self.after.types);
        if old == new {
            return false;
        }
        let (plain_old, plain_new) = (old.without_null(), new.without_null());
        let detail = format!("{} → {}", old.describe(), new.describe());
        if plain_old != plain_new {
            if plain_old.is_subset(plain_new) {
                self.say(findings, &rules::TYPE_GENERALIZED, &detail);
            } else if plain_new.is_subset(plain_old) {
                self.say(findings, &rules::TYPE_SPECIALIZED, &detail);
            } else {
                self.say(findings, &rules::TYPE_CHANGED, &detail);
                return true;
            }
        }
        // Where everything was allowed, so was null.
        match (old.has_null(), new.has_null()) {
            (false, true) if plain_old == plain_new => {
                self.say(findings, &rules::BECAME_NULLABLE, "");
            }
            (true, false) if plain_old == plain_new => {
                self.say(findings, &rules::BECAME_NOT_NULLABLE, "");
            }
            _ => {}
        }
        false
    }

    pub(super) fn values(&self, findings: &mut Findings) {
        match (&self.before.values, &self.after.values) {
            (None, None) => {}
            (None, Some(new)) => {
                self.say(findings, &rules::BECAME_ENUM, &missing(new, &[]).join(", "));
            }
            (Some(_), None) => self.say(findings, &rules::ENUM_REMOVED, ""),
            (Some(old), Some(new)) => {
                for value in missing(old, new) {
                    self.say(findings, &rules::ENUM_VALUE_REMOVED, &value);
                }
                for value in missing(new, old) {
                    self.say(findings, &rules::ENUM_VALUE_ADDED, &value);
                }
            }
        }
        match (self.before.format, self.after.format) {
            (None, Some(new)) => self.say(findings, &rules::FORMAT_ADDED, new),
            (Some(old), None) => self.say(findings, &rules::FORMAT_REMOVED, old),
            (Some(old), Some(new)) if old != new => {
                let detail = format!("{old} → {new}");
                self.say(findings, &rules::FORMAT_CHANGED, &detail);
            }
            _ => {}
        }
        self.patterns(findings);
        let (old, new) = (self.before.default, self.after.default);
        match (old, new) {
            (None, Some(new)) => self.say(findings, &rules::DEFAULT_ADDED, &new.brief()),
            (Some(old), None) => self.say(findings, &rules::DEFAULT_REMOVED, &old.brief()),
            (Some(old), Some(new)) if !old.same_value(new) => {
                let detail = format!("{} → {}", old.brief(), new.brief());
                self.say(findings, &rules::DEFAULT_CHANGED, &detail);
            }
            _ => {}
        }
    }

    fn patterns(&self, findings: &mut Findings) {
        let (old, new) = (&self.before.patterns, &self.after.patterns);
        let gone: Vec<&str> = old.difference(new).copied().collect();
        let come: Vec<&str> = new.difference(old).copied().collect();
        match (gone.as_slice(), come.as_slice()) {
            ([], []) => {}
            ([], come) => self.say(findings, &rules::PATTERN_ADDED, &come.join(", ")),
            (gone, []) => self.say(findings, &rules::PATTERN_REMOVED, &gone.join(", ")),
            (gone, come) => {
                let detail = format!("{} → {}", gone.join(", "), come.join(", "));
                self.say(findings, &rules::PATTERN_CHANGED, &detail);
            }
        }
    }

    pub(super) fn bounds(&self, findings: &mut Findings) {
        let written = |bound: Bound| {
            let sign = if bound.is_exclusive {
                " (exclusive)"
            } else {
                ""
            };
            format!("{}{sign}", bound.value)
        };
        let pairs = [
            (self.before.max, self.after.max, MAX, true),
            (self.before.min, self.after.min, MIN, false),
        ];
        for (old, new, [set, tighter, looser, unset], is_max) in pairs {
            match (old, new) {
                (None, Some(new)) => self.say(findings, set, &written(new)),
                (Some(old), None) => self.say(findings, unset, &written(old)),
                (Some(old), Some(new)) if old != new => {
                    let rule = if new.is_tighter(old, is_max) {
                        tighter
                    } else {
                        looser
                    };
                    self.say(
                        findings,
                        rule,
                        &format!("{} → {}", written(old), written(new)),
                    );
                }
                _ => {}
            }
        }
        let counts = self.before.counts.into_iter().zip(self.after.counts);
        for ((old, new), ([set, tighter, looser, unset], key)) in
            counts.zip(COUNT_RULES.into_iter().zip(COUNTS))
        {
            match (old, new) {
                (None, Some(new)) => self.say(findings, set, &new.to_string()),
                (Some(old), None) => self.say(findings, unset, &old.to_string()),
                (Some(old), Some(new)) if old != new => {
                    let is_tighter = (new < old) == key.starts_with("max");
                    let rule = if is_tighter { tighter } else { looser };
                    self.say(findings, rule, &format!("{old} → {new}"));
                }
                _ => {}
            }
        }
        self.multiples(findings);
        match (self.before.has_unique_items, self.after.has_unique_items) {
            (false, true) => self.say(findings, &rules::UNIQUE_ITEMS_SET, ""),
            (true, false) => self.say(findings, &rules::UNIQUE_ITEMS_UNSET, ""),
            _ => {}
        }
    }

    fn multiples(&self, findings: &mut Findings) {
        match (self.before.multiple_of, self.after.multiple_of) {
            (None, Some(new)) => self.say(findings, &rules::MULTIPLE_OF_SET, &new.to_string()),
            (Some(old), None) => self.say(findings, &rules::MULTIPLE_OF_UNSET, &old.to_string()),
            (Some(old), Some(new)) if old.to_bits() != new.to_bits() => {
                let detail = format!("{old} → {new}");
                self.say(findings, &rules::MULTIPLE_OF_CHANGED, &detail);
            }
            _ => {}
        }
    }

    pub(super) fn notes(&self, findings: &mut Findings) {
        for keyword in RESTRICTIONS {
            let old = self.before.restrictions.get(keyword).copied();
            let new = self.after.restrictions.get(keyword).copied();
            match (old, new) {
                (None, Some(_)) => self.say(findings, &rules::RESTRICTION_ADDED, keyword),
                (Some(_), None) => self.say(findings, &rules::RESTRICTION_REMOVED, keyword),
                (Some(old), Some(new)) if !Node::same_value(old, new) => {
                    self.say(findings, &rules::RESTRICTION_CHANGED, keyword);
                }
                _ => {}
            }
        }
        if let (Some(old), Some(new)) = (self.before.discriminator, self.after.discriminator)
            && old != new
        {
            let detail = format!("{old} → {new}");
            self.say(findings, &rules::DISCRIMINATOR_CHANGED, &detail);
        }
        let flags = [
            (
                self.before.is_read_only,
                self.after.is_read_only,
                &rules::BECAME_READ_ONLY,
                &rules::BECAME_NOT_READ_ONLY,
            ),
            (
                self.before.is_write_only,
                self.after.is_write_only,
                &rules::BECAME_WRITE_ONLY,
                &rules::BECAME_NOT_WRITE_ONLY,
            ),
        ];
        for (old, new, came, went) in flags {
            match (old, new) {
                (false, true) => self.say(findings, came, ""),
                (true, false) => self.say(findings, went, ""),
                _ => {}
            }
        }
    }
}
