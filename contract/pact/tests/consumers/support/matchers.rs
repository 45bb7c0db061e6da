//! Matchers in the words of the API: consumers need a kind of value, not this one.

use pact_consumer::{
    builders::{InteractionBuilder, RequestBuilder},
    patterns::{JsonPattern, Pattern, Term, build_regex},
    prelude::{HttpPartBuilder, StringPattern},
};
use pact_models::{
    expression_parser::DataType,
    generators::{Generator, GeneratorCategory},
    matchingrules::{MatchingRule, MatchingRuleCategory, RuleLogic},
    path_exp::DocPath,
};
use serde_json::Value;

/// An order that the tests' customer has.
pub(crate) const ORDER: &str = "01964d3c-5a10-7f31-b6d4-90c2e1a7f583";
/// A product in the catalogue.
pub(crate) const PRODUCT: &str = "01964d38-02f4-7a9d-8c65-1e7b4f20d9a3";
/// What nothing has as its id.
pub(crate) const NOBODY: &str = "00000000-0000-4000-8000-000000000000";
/// The regular expression of an id.
pub(crate) const ID: &str = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

/// Any id.
pub(crate) fn id(example: &str) -> Term<JsonPattern> {
    term!(format!("^{ID}$"), example)
}

/// Any moment in UTC.
pub(crate) fn time(example: &str) -> Term<JsonPattern> {
    term!(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$", example)
}

/// Any currency.
pub(crate) fn currency() -> Term<JsonPattern> {
    term!("^[A-Z]{3}$", "USD")
}

/// One of these words, the first of which is the example.
pub(crate) fn one_of(words: &[&str]) -> Term<JsonPattern> {
    let example = words.first().copied().unwrap_or_default();
    Term::new(build_regex(format!("^({})$", words.join("|"))), example)
}

/// Any strong or weak `ETag`.
pub(crate) fn etag() -> Term<StringPattern> {
    term!("^(W/)?\"[^\"]+\"$", "\"7b1f0c2a94d85e36\"")
}

/// Any whole number: amounts, counts.
pub(crate) fn whole(example: i64) -> JsonPattern {
    JsonPattern::pattern(Whole(example))
}

#[derive(Debug)]
struct Whole(i64);

impl Pattern for Whole {
    type Matches = Value;

    fn to_example(&self) -> Value {
        self.0.into()
    }

    fn to_example_bytes(&self) -> Vec<u8> {
        self.0.to_string().into_bytes()
    }

    fn extract_matching_rules(&self, path: DocPath, rules: &mut MatchingRuleCategory) {
        rules.add_rule(path, MatchingRule::Integer, RuleLogic::And);
    }
}

/// Sends an access token; the provider's state says which.
pub(crate) fn bearer(request: &mut RequestBuilder) {
    request.header_from_provider_state(
        "Authorization",
        "Bearer ${accessToken}",
        term!("^Bearer [A-Za-z0-9._-]+$", format!("Bearer {TOKEN}")),
    );
}

/// The access token of the tests.
pub(crate) const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIwMTk2In0.c2lnbmF0dXJl";

/// A path with the id of something that the provider's state made: `{}` in `template` is its place, `name` the state's
/// name for it.
pub(crate) fn path_with_id(
    request: &mut RequestBuilder,
    template: &str,
    name: &str,
    example: &str,
) {
    request.path_from_provider_state(
        template.replace("{}", &format!("${{{name}}}")),
        term!(
            format!("^{}$", template.replace("{}", ID)),
            template.replace("{}", example)
        ),
    );
}

/// A body in which the member `name` comes from the provider's state.
pub(crate) fn from_state(request: &mut RequestBuilder, path: &str, name: &str) {
    let generator =
        Generator::ProviderStateGenerator(format!("${{{name}}}"), Some(DataType::STRING));
    request.body_generator(path, generator);
}

/// A query parameter whose value comes from the provider's state.
pub(crate) fn query_from_state(
    request: &mut RequestBuilder,
    name: &str,
    state: &str,
    example: Term<StringPattern>,
) {
    request.query_param(name, example);
    let mut path = DocPath::root();
    path.push_field(name);
    let generator =
        Generator::ProviderStateGenerator(format!("${{{state}}}"), Some(DataType::STRING));
    request
        .generators()
        .add_generator_with_subcategory(&GeneratorCategory::QUERY, path, generator);
}

/// Sends JSON.
pub(crate) fn send(interaction: &mut InteractionBuilder, method: &str, body: JsonPattern) {
    interaction
        .request
        .method(method)
        .header("Content-Type", "application/json")
        .json_body(body);
}

/// Answers a refusal: the status, and the code that clients act on.
pub(crate) fn refuse(interaction: &mut InteractionBuilder, status: u16, code: &str) {
    let body = json_pattern!({
        "success": false,
        "error": { "code": code, "message": like!("why, in a sentence") },
    });
    answer(interaction, status, body);
}

/// Answers JSON.
pub(crate) fn answer(interaction: &mut InteractionBuilder, status: u16, body: JsonPattern) {
    interaction
        .response
        .status(status)
        .header(
            "Content-Type",
            term!("^application/json(;.*)?$", "application/json"),
        )
        .json_body(body);
}
