//! What values may be, as the contract says it: tables, written by hand so that no validator judges itself.

/// What a value may be.
#[derive(Debug)]
pub(crate) enum Rule {
    /// A text, its length in characters.
    Text {
        shortest: usize,
        longest: usize,
        pattern: Pattern,
    },
    Integer {
        least: i64,
        most: i64,
        multiple_of: i64,
    },
    Flag,
    OneOf(&'static [&'static str]),
    Day,
    /// Distinct values.
    Set {
        most: usize,
        items: &'static Rule,
    },
    Shape(&'static Shape),
    /// One of several shapes; a property says which.
    Union {
        tag: &'static str,
        shapes: &'static [(&'static str, &'static Shape)],
    },
    OrNull(&'static Rule),
}

/// An object without properties other than these.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) fields: &'static [Field],
    pub(crate) fewest: usize,
}

/// A property or a parameter.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) rule: Rule,
}

/// The regular expressions of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pattern {
    Any,
    /// `^[A-Z0-9-]+$`
    Reference,
    /// `^[0-9]{5}$`
    Digits,
    /// `^[a-z]+$`
    Lowercase,
    /// `^[A-Z]{2}[0-9]{2}$`
    Desk,
    /// `^[0-9a-f]+$`
    Hex,
}

impl Pattern {
    pub(crate) fn fits(self, text: &str) -> bool {
        let all =
            |allowed: fn(&u8) -> bool| !text.is_empty() && text.as_bytes().iter().all(allowed);
        match self {
            Self::Any => true,
            Self::Reference => all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'-'),
            Self::Digits => text.len() == 5 && all(u8::is_ascii_digit),
            Self::Lowercase => all(u8::is_ascii_lowercase),
            Self::Desk => {
                let (letters, digits) = text.as_bytes().split_at_checked(2).unwrap_or_default();
                let are_letters = letters.len() == 2 && letters.iter().all(u8::is_ascii_uppercase);
                are_letters && digits.len() == 2 && digits.iter().all(u8::is_ascii_digit)
            }
            Self::Hex => all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(b)),
        }
    }
}

const fn required(name: &'static str, rule: Rule) -> Field {
    Field {
        name,
        required: true,
        rule,
    }
}

const fn optional(name: &'static str, rule: Rule) -> Field {
    Field {
        name,
        required: false,
        rule,
    }
}

const fn text(shortest: usize, longest: usize, pattern: Pattern) -> Rule {
    Rule::Text {
        shortest,
        longest,
        pattern,
    }
}

const fn integer(least: i64, most: i64) -> Rule {
    Rule::Integer {
        least,
        most,
        multiple_of: 1,
    }
}

const STATUSES: &[&str] = &[
    "REGISTERED",
    "ACCEPTED",
    "IN_TRANSIT",
    "DELIVERED",
    "RETURNED",
    "CANCELLED",
];
const NOTE: Rule = Rule::OrNull(&text(0, 140, Pattern::Any));
const WEIGHT: Rule = integer(1, 30_000);
const LIMIT: Field = optional("limit", integer(1, 100));

pub(crate) const LIST_QUERY: &[Field] = &[
    optional("page", integer(1, 1_000_000)),
    LIMIT,
    optional("status", Rule::OneOf(STATUSES)),
    optional("reference", text(3, 20, Pattern::Reference)),
];
pub(crate) const FEED_QUERY: &[Field] = &[optional("cursor", text(1, 40, Pattern::Hex)), LIMIT];
pub(crate) const QUOTE_QUERY: &[Field] = &[required("weightGrams", WEIGHT)];

pub(crate) const DESK_HEADER: &[Field] = &[required("X-Desk", text(4, 4, Pattern::Desk))];
pub(crate) const MATCH_HEADER: &[Field] = &[optional("If-Match", text(1, 200, Pattern::Any))];
pub(crate) const NONE_MATCH_HEADER: &[Field] =
    &[optional("If-None-Match", text(1, 200, Pattern::Any))];

pub(crate) const CREDENTIALS: Shape = Shape {
    fewest: 0,
    fields: &[
        required("name", text(1, 40, Pattern::Any)),
        required("secret", text(8, 64, Pattern::Any)),
    ],
};

const RECIPIENT: Shape = Shape {
    fewest: 0,
    fields: &[
        required("name", text(1, 60, Pattern::Any)),
        required("postcode", text(5, 5, Pattern::Digits)),
    ],
};

const DOCUMENTS: Shape = Shape {
    fewest: 0,
    fields: &[
        required("kind", Rule::OneOf(&["documents"])),
        required("pages", integer(1, 10_000)),
    ],
};

const GOODS: Shape = Shape {
    fewest: 0,
    fields: &[
        required("kind", Rule::OneOf(&["goods"])),
        required("value", integer(0, 9_007_199_254_740_991)),
        required("currency", Rule::OneOf(&["EUR", "USD", "GBP"])),
    ],
};

pub(crate) const NEW_PARCEL: Shape = Shape {
    fewest: 0,
    fields: &[
        required("reference", text(3, 20, Pattern::Reference)),
        required("size", Rule::OneOf(&["S", "M", "L"])),
        required("weightGrams", WEIGHT),
        required("recipient", Rule::Shape(&RECIPIENT)),
        required(
            "contents",
            Rule::Union {
                tag: "kind",
                shapes: &[("documents", &DOCUMENTS), ("goods", &GOODS)],
            },
        ),
        optional("fragile", Rule::Flag),
        optional(
            "tags",
            Rule::Set {
                most: 4,
                items: &text(1, 12, Pattern::Lowercase),
            },
        ),
        optional("note", NOTE),
        optional("deliverBy", Rule::Day),
    ],
};

pub(crate) const PARCEL_CHANGES: Shape = Shape {
    fewest: 1,
    fields: &[optional("weightGrams", WEIGHT), optional("note", NOTE)],
};

pub(crate) const STATUS_CHANGE: Shape = Shape {
    fewest: 0,
    fields: &[required("status", Rule::OneOf(STATUSES))],
};

pub(crate) const NEW_BOOKING: Shape = Shape {
    fewest: 0,
    fields: &[
        required("day", Rule::Day),
        required("window", Rule::OneOf(&["MORNING", "AFTERNOON"])),
        required("parcels", integer(1, 50)),
        required(
            "fee",
            Rule::Integer {
                least: 0,
                most: 100_000,
                multiple_of: 50,
            },
        ),
    ],
};
