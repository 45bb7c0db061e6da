//! Changes of a schema, wherever it stands.

/// Two schemas.
#[derive(Clone, Copy)]
pub struct SchemaCase {
    pub old: &'static str,
    pub new: &'static str,
    /// Ends of the ids from old to new; `!` for those of a part.
    pub forth: &'static [&'static str],
    /// From new to old.
    pub back: &'static [&'static str],
    pub requests_only: bool,
    pub answers_only: bool,
}

const fn case(
    old: &'static str,
    new: &'static str,
    forth: &'static [&'static str],
    back: &'static [&'static str],
) -> SchemaCase {
    SchemaCase {
        old,
        new,
        forth,
        back,
        requests_only: false,
        answers_only: false,
    }
}

const fn in_requests(case: SchemaCase) -> SchemaCase {
    SchemaCase {
        requests_only: true,
        ..case
    }
}

const fn in_answers(case: SchemaCase) -> SchemaCase {
    SchemaCase {
        answers_only: true,
        ..case
    }
}

pub const SCHEMAS: &[SchemaCase] = &[
    // Types
    case(
        r#"{"type":"string"}"#,
        r#"{"type":"integer"}"#,
        &["type-changed"],
        &["type-changed"],
    ),
    case(
        r#"{"type":"integer"}"#,
        r#"{"type":"number"}"#,
        &["type-generalized"],
        &["type-specialized"],
    ),
    case(
        r#"{"type":"string"}"#,
        r#"{"type":["string","boolean"]}"#,
        &["type-generalized"],
        &["type-specialized"],
    ),
    case(
        r#"{"type":"string"}"#,
        r"{}",
        &["type-generalized"],
        &["type-specialized"],
    ),
    case(
        r#"{"type":"string"}"#,
        r#"{"type":["string","null"]}"#,
        &["became-nullable"],
        &["became-not-nullable"],
    ),
    // Listed values, formats, patterns, defaults
    case(
        r#"{"type":"string"}"#,
        r#"{"type":"string","enum":["a","b"]}"#,
        &["became-enum"],
        &["enum-removed"],
    ),
    case(
        r#"{"type":"string","enum":["a","b"]}"#,
        r#"{"type":"string","enum":["a","c"]}"#,
        &["enum-value-removed", "enum-value-added"],
        &["enum-value-removed", "enum-value-added"],
    ),
    case(
        r#"{"type":"string","enum":["a"]}"#,
        r#"{"type":"string","enum":["a","b"]}"#,
        &["enum-value-added"],
        &["enum-value-removed"],
    ),
    case(
        r#"{"type":"string"}"#,
        r#"{"type":"string","format":"uuid"}"#,
        &["format-added"],
        &["format-removed"],
    ),
    case(
        r#"{"type":"string","format":"date"}"#,
        r#"{"type":"string","format":"date-time"}"#,
        &["format-changed"],
        &["format-changed"],
    ),
    case(
        r#"{"type":"string"}"#,
        r#"{"type":"string","pattern":"^a"}"#,
        &["pattern-added"],
        &["pattern-removed"],
    ),
    case(
        r#"{"type":"string","pattern":"^a"}"#,
        r#"{"type":"string","pattern":"^b"}"#,
        &["pattern-changed"],
        &["pattern-changed"],
    ),
    case(
        r#"{"type":"string"}"#,
        r#"{"type":"string","default":"a"}"#,
        &["default-value-added"],
        &["default-value-removed"],
    ),
    case(
        r#"{"type":"string","default":"a"}"#,
        r#"{"type":"string","default":"b"}"#,
        &["default-value-changed"],
        &["default-value-changed"],
    ),
    // Bounds
    case(
        r#"{"type":"number"}"#,
        r#"{"type":"number","maximum":9}"#,
        &["max-set"],
        &["max-unset"],
    ),
    case(
        r#"{"type":"number","maximum":9}"#,
        r#"{"type":"number","maximum":8}"#,
        &["max-decreased"],
        &["max-increased"],
    ),
    case(
        r#"{"type":"number","maximum":9}"#,
        r#"{"type":"number","exclusiveMaximum":9}"#,
        &["max-decreased"],
        &["max-increased"],
    ),
    case(
        r#"{"type":"number"}"#,
        r#"{"type":"number","minimum":1}"#,
        &["min-set"],
        &["min-unset"],
    ),
    case(
        r#"{"type":"number","minimum":1}"#,
        r#"{"type":"number","minimum":2}"#,
        &["min-increased"],
        &["min-decreased"],
    ),
    case(
        r#"{"type":"string"}"#,
        r#"{"type":"string","maxLength":9}"#,
        &["max-length-set"],
        &["max-length-unset"],
    ),
    case(
        r#"{"type":"string","maxLength":9}"#,
        r#"{"type":"string","maxLength":8}"#,
        &["max-length-decreased"],
        &["max-length-increased"],
    ),
    case(
        r#"{"type":"string"}"#,
        r#"{"type":"string","minLength":1}"#,
        &["min-length-set"],
        &["min-length-unset"],
    ),
    case(
        r#"{"type":"string","minLength":1}"#,
        r#"{"type":"string","minLength":2}"#,
        &["min-length-increased"],
        &["min-length-decreased"],
    ),
    case(
        r#"{"type":"array"}"#,
        r#"{"type":"array","maxItems":9}"#,
        &["max-items-set"],
        &["max-items-unset"],
    ),
    case(
        r#"{"type":"array","maxItems":9}"#,
        r#"{"type":"array","maxItems":8}"#,
        &["max-items-decreased"],
        &["max-items-increased"],
    ),
    case(
        r#"{"type":"array"}"#,
        r#"{"type":"array","minItems":1}"#,
        &["min-items-set"],
        &["min-items-unset"],
    ),
    case(
        r#"{"type":"array","minItems":1}"#,
        r#"{"type":"array","minItems":2}"#,
        &["min-items-increased"],
        &["min-items-decreased"],
    ),
    case(
        r#"{"type":"object"}"#,
        r#"{"type":"object","maxProperties":9}"#,
        &["max-properties-set"],
        &["max-properties-unset"],
    ),
    case(
        r#"{"type":"object","maxProperties":9}"#,
        r#"{"type":"object","maxProperties":8}"#,
        &["max-properties-decreased"],
        &["max-properties-increased"],
    ),
    case(
        r#"{"type":"object"}"#,
        r#"{"type":"object","minProperties":1}"#,
        &["min-properties-set"],
        &["min-properties-unset"],
    ),
    case(
        r#"{"type":"object","minProperties":1}"#,
        r#"{"type":"object","minProperties":2}"#,
        &["min-properties-increased"],
        &["min-properties-decreased"],
    ),
    case(
        r#"{"type":"number"}"#,
        r#"{"type":"number","multipleOf":5}"#,
        &["multiple-of-set"],
        &["multiple-of-unset"],
    ),
    case(
        r#"{"type":"number","multipleOf":5}"#,
        r#"{"type":"number","multipleOf":2}"#,
        &["multiple-of-changed"],
        &["multiple-of-changed"],
    ),
    case(
        r#"{"type":"array"}"#,
        r#"{"type":"array","uniqueItems":true}"#,
        &["unique-items-set"],
        &["unique-items-unset"],
    ),
    // Parts
    case(
        r#"{"type":"array"}"#,
        r#"{"type":"array","items":{"type":"string"}}"#,
        &["items-set"],
        &["items-unset"],
    ),
    case(
        r#"{"type":"array","items":{"type":"string","maxLength":9}}"#,
        r#"{"type":"array","items":{"type":"string","maxLength":8}}"#,
        &["!max-length-decreased"],
        &["!max-length-increased"],
    ),
    case(
        r#"{"type":"object","properties":{"a":{}}}"#,
        r#"{"type":"object","properties":{"a":{},"b":{}}}"#,
        &["!optional-property-added"],
        &["!optional-property-removed"],
    ),
    in_answers(case(
        r#"{"type":"object","properties":{"a":{}}}"#,
        r#"{"type":"object","required":["b"],"properties":{"a":{},"b":{}}}"#,
        &["!required-property-added"],
        &["!required-property-removed"],
    )),
    in_requests(case(
        r#"{"type":"object","additionalProperties":false,"properties":{"a":{}}}"#,
        r#"{"type":"object","additionalProperties":false,"required":["b"],"properties":{"a":{},"b":{}}}"#,
        &["!required-property-added"],
        &["!removed-property-refused"],
    )),
    case(
        r#"{"type":"object","properties":{"a":{}}}"#,
        r#"{"type":"object","required":["a"],"properties":{"a":{}}}"#,
        &["!became-required"],
        &["!became-optional"],
    ),
    case(
        r#"{"type":"object","properties":{"a":{}}}"#,
        r#"{"type":"object","additionalProperties":false,"properties":{"a":{}}}"#,
        &["additional-properties-closed"],
        &["additional-properties-opened"],
    ),
    case(
        r#"{"type":"object","additionalProperties":{"type":"string"}}"#,
        r#"{"type":"object","additionalProperties":{"type":["string","null"]}}"#,
        &["!became-nullable"],
        &["!became-not-nullable"],
    ),
    // What only the server writes need not be sent, and what only clients write is never seen.
    in_requests(case(
        r#"{"type":"object","properties":{}}"#,
        r#"{"type":"object","required":["id"],"properties":{"id":{"readOnly":true}}}"#,
        &[],
        &[],
    )),
    in_answers(case(
        r#"{"type":"object","properties":{}}"#,
        r#"{"type":"object","required":["password"],"properties":{"password":{"writeOnly":true}}}"#,
        &[],
        &[],
    )),
    case(
        r#"{"type":"string"}"#,
        r#"{"type":"string","readOnly":true}"#,
        &["became-read-only"],
        &["became-not-read-only"],
    ),
    case(
        r#"{"type":"string"}"#,
        r#"{"type":"string","writeOnly":true}"#,
        &["became-write-only"],
        &["became-not-write-only"],
    ),
    // Choices
    case(
        r##"{"oneOf":[{"$ref":"#/components/schemas/Cat"}]}"##,
        r##"{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}]}"##,
        &["one-of-added"],
        &["one-of-removed"],
    ),
    case(
        r##"{"anyOf":[{"$ref":"#/components/schemas/Cat"}]}"##,
        r##"{"anyOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}]}"##,
        &["any-of-added"],
        &["any-of-removed"],
    ),
    case(
        r#"{"oneOf":[{"type":"string","maxLength":9},{"type":"integer"}]}"#,
        r#"{"oneOf":[{"type":"string","maxLength":8},{"type":"integer"}]}"#,
        &["max-length-decreased"],
        &["max-length-increased"],
    ),
    case(
        r#"{"discriminator":{"propertyName":"kind"}}"#,
        r#"{"discriminator":{"propertyName":"type"}}"#,
        &["discriminator-changed"],
        &["discriminator-changed"],
    ),
    // Restrictions
    case(
        r#"{"type":"string"}"#,
        r#"{"type":"string","not":{"const":"x"}}"#,
        &["restriction-added"],
        &["restriction-removed"],
    ),
    case(
        r#"{"type":"string","not":{"const":"x"}}"#,
        r#"{"type":"string","not":{"const":"y"}}"#,
        &["restriction-changed"],
        &["restriction-changed"],
    ),
    // Life
    case(
        r#"{"type":"string"}"#,
        r#"{"type":"string","deprecated":true,"x-sunset":"2027-01-01"}"#,
        &["deprecated-with-sunset"],
        &["reactivated"],
    ),
    case(
        r#"{"type":"string"}"#,
        r#"{"type":"string","deprecated":true}"#,
        &["deprecated-sunset-missing"],
        &["reactivated"],
    ),
    case(
        r#"{"type":"string","deprecated":true,"x-sunset":"2027-01-01"}"#,
        r#"{"type":"string","deprecated":true,"x-sunset":"2026-12-01"}"#,
        &["sunset-date-changed-too-small"],
        &[],
    ),
    case(
        r#"{"type":"string","deprecated":true,"x-sunset":"2027-01-01"}"#,
        r#"{"type":"string","deprecated":true,"x-sunset":"soon"}"#,
        &["sunset-invalid"],
        &[],
    ),
];
