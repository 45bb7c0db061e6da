//! The one table of problem codes. A code never changes its meaning and is never given out again.

/// A kind of problem.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `E0501`; `W` for those that only inform.
    pub code: &'static str,
    /// The kind in a few words.
    pub title: &'static str,
    /// What `codegen explain` prints: why it is refused and what to do.
    pub text: &'static str,
}

impl Code {
    /// Whether problems of this kind only inform.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        self.code.starts_with('W')
    }

    /// The code called `name`, in any case.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        ALL.iter()
            .copied()
            .find(|code| code.code.eq_ignore_ascii_case(name))
    }
}

macro_rules! codes {
    ($($name:ident = $code:literal, $title:literal, $text:literal;)*) => {
        $(
            #[doc = $title]
            pub const $name: &Code = &Code { code: $code, title: $title, text: $text };
        )*
        /// Every code, in order.
        pub const ALL: &[&Code] = &[$($name),*];
    };
}

codes! {
    SYNTAX = "E0101", "the file is not valid YAML or JSON",
        "The reader could not make sense of the text. In YAML, most often the indentation is off, a quote is not closed, or a plain text holds `: ` or ` #` and needs quotes.";
    DUPLICATE_KEY = "E0102", "a key stands twice in one object",
        "Parsers disagree on which of the two wins, so that two readers of this document would see two contracts. Keep one.";
    NOT_JSON = "E0103", "YAML that has no meaning in JSON",
        "An OpenAPI document is JSON data that may be written as YAML (RFC 9512, OpenAPI 4.2): no custom tags, no merge keys (`<<`), no objects as keys, no `.inf` or `.nan`, one document per file. Write the data out, or share it with `$ref`.";
    TOO_LARGE = "E0104", "the document expands to too many nodes",
        "Aliases (`*name`) repeat what they point to. A few nested ones can multiply to millions of nodes, so the expanded size is bounded. Use `$ref` for sharing.";
    TOO_DEEP = "E0105", "nested too deeply",
        "No honest document nests deeper than the limit. Give inner schemas a name under `components/schemas` and refer to them.";
    UNREADABLE = "E0106", "a file cannot be read",
        "The document, or a file that a `$ref` names, does not exist, is not readable or is not UTF-8. Relative references start at the folder of the file that holds them.";
    UNRESOLVED_REF = "E0201", "a $ref leads nowhere",
        "The pointer behind `#` names nothing in that file. In pointers `/` inside a name is written `~1` and `~` is `~0`; in the URI form other special characters are percent-encoded.";
    REMOTE_REF = "E0202", "a $ref leaves the file system",
        "Generation never touches the network: a contract that changes without a commit is none. Copy the file beside the document.";
    REF_CYCLE = "E0203", "a $ref leads back to itself",
        "References that only point at each other never reach a schema. A recursive schema is fine: the cycle has to pass through a property, an item or an alternative.";
    REF_SIBLINGS = "E0204", "members beside a $ref that are ignored there",
        "OpenAPI ignores what stands beside a `$ref` (3.1 lets `summary` and `description` through, and schemas of 3.1 take siblings as additional rules). What is ignored must not look as if it held.";
    WRONG_REF = "E0205", "a $ref leads to the wrong kind of component",
        "A parameter can only refer to a parameter, a response to a response, and so on.";
    UNKNOWN_KEYWORD = "E0301", "an unknown keyword",
        "The generator knows every keyword of OpenAPI 3.0 and 3.1; what it does not know is a typo or belongs elsewhere, and would be ignored in silence by other tools.";
    WRONG_TYPE = "E0302", "a keyword's value has the wrong type",
        "The specification fixes the type of every keyword's value.";
    MISSING_KEYWORD = "E0303", "a keyword is missing",
        "The specification, or generation, needs it.";
    INVALID_VALUE = "E0304", "a keyword's value is not one of the possible ones",
        "The specification fixes the possible values of this keyword.";
    WRONG_VERSION = "E0305", "not a version of OpenAPI that is supported",
        "OpenAPI 3.0.x and 3.1.x are. Swagger 2.0 documents can be converted; 3.2 is not read yet.";
    MISUSED_EXTENSION = "E0306", "an extension that is misspelt or in the wrong place",
        "Extensions steer the generated code (rate limits, idempotency, error codes …). A misspelt one would switch a protection off in silence. The extensions and where they stand: x-rate-limit, x-idempotency, x-cache, x-body-limit, x-timeout on operations; x-error-codes on responses; x-not-found-code on path parameters; x-source on properties; x-state-machine on string enums.";
    UNSUPPORTED_KEYWORD = "E0401", "a keyword that is not supported yet",
        "The keyword is part of OpenAPI, but the generated code could not enforce it. It is refused so that nobody believes that it holds.";
    UNSUPPORTED_VALUE = "E0402", "a construct that is not supported yet",
        "The construct is part of OpenAPI, but no code can be generated for it yet. The message says what to write instead.";
    NOT_IN_3_0 = "E0403", "something that OpenAPI 3.0 has no words for",
        "Beside the generated code a 3.0.3 form of the document is derived, for client generators that know 3.0 only. It must mean the same, and this part of the document cannot be said in 3.0. `--allow E0403` leaves the 3.0 form out.";
    BOUNDS = "E0501", "bounds that contradict each other",
        "No value can satisfy both bounds, or a bound is not a possible value of the type.";
    REQUIRED_UNDECLARED = "E0502", "a required property that is not declared",
        "`required` names a property that `properties` does not have, mostly a typo. JSON Schema would accept it and refuse every value that a typed client can build.";
    VALUE_DOES_NOT_FIT = "E0503", "a default, const or enum value that its own schema refuses",
        "The value contradicts the schema that it stands in.";
    BAD_PATTERN = "E0504", "a pattern that cannot be used",
        "Patterns are compiled once with the `regex` crate, which runs in linear time and therefore has no look-around and no back-references. Inside that, it has to mean what ECMA 262 means by it.";
    MISPLACED_CONSTRAINT = "E0505", "a constraint that cannot act on this type",
        "JSON Schema ignores a constraint that does not fit the value's type, so that `maxLength` on an integer protects nothing.";
    AMBIGUOUS_UNION = "E0506", "alternatives that cannot be told apart",
        "A reader must know from the value alone which alternative it is: by a `discriminator`, or because no two alternatives have the same JSON type. Trying one after the other would make the meaning of a value depend on the order.";
    BAD_DISCRIMINATOR = "E0507", "a discriminator that does not fit its alternatives",
        "Every alternative must be a `$ref` to an object schema that requires the discriminator property with one fixed value (`const`), and the mapping must agree with it.";
    CONTRADICTION = "E0508", "schemas that no value can satisfy together",
        "All parts of an `allOf` (and of a `$ref` with siblings) must hold at once.";
    DUPLICATE_VALUE = "E0509", "a value that stands twice in a list",
        "Lists such as `enum` and `required` are sets.";
    INFINITE_TYPE = "E0510", "a type without an end",
        "A value of this type would have to contain itself. Make a link of the cycle optional, nullable or an array.";
    ACCESS_CONFLICT = "E0511", "readOnly and writeOnly in contradiction",
        "A property that is both can be neither sent nor answered.";
    STATE_MACHINE = "E0512", "an x-state-machine that does not fit its enum",
        "It is written as `{initial: [A], transitions: [{from: A, to: B, by: [owner]}]}`; every state must be a value of the enum and every pair may stand once.";
    NO_TYPE = "E0513", "a schema without a type",
        "Without `type` a schema accepts values of every other type: `{minimum: 1}` accepts \"abc\". Say which type is meant.";
    BAD_SOURCE = "E0514", "an x-source where the runtime cannot write",
        "`x-source: request-id` and `x-source: timestamp` stand on string properties at the top level of response bodies. A request cannot have them, nor can an object that is nested in a response.";
    BAD_PATH = "E0601", "a path template that is not valid",
        "A path starts with `/`, has no empty segments, no query, and its parameters are whole segments: `/orders/{orderId}/pay`.";
    PATH_PARAMETERS = "E0602", "path template and path parameters differ",
        "Every `{name}` of a path must be declared as a parameter `in: path`, and every such parameter must stand in the path.";
    DUPLICATE_OPERATION_ID = "E0603", "an operationId that is used twice",
        "The operationId names the generated function; it is unique in the document.";
    SAME_PATH = "E0604", "two paths of the same shape",
        "`/orders/{id}` and `/orders/{orderId}` match the same requests; the specification forbids both to stand in one document.";
    DUPLICATE_PARAMETER = "E0605", "a parameter that is declared twice",
        "A parameter is identified by `name` and `in`. An operation may override one of its path item, but not declare it twice.";
    BAD_PARAMETER = "E0606", "a parameter that cannot be declared so",
        "Path parameters are always required; the headers Accept, Content-Type and Authorization are not parameters (OpenAPI ignores such declarations); a parameter is a scalar or an array of scalars.";
    ONE_TAG = "E0607", "an operation needs exactly one tag",
        "The tag decides which trait, and which file, an operation belongs to.";
    UNKNOWN_SCHEME = "E0701", "a security scheme that is not declared",
        "A requirement names a scheme that `components/securitySchemes` does not have; the operation would be unprotected or unreachable.";
    EXTENSION_CONFLICT = "E0702", "extensions that contradict the operation",
        "The extension asks for something that this operation cannot give.";
    BAD_STATUS = "E0801", "a status that is not valid",
        "Response keys are statuses from 200 to 599 in quotes. 1xx are made by the HTTP stack.";
    UNKNOWN_ERROR_CODE = "E0802", "an error code that the document's enum does not have",
        "All error codes stand in one enum, so that clients get them typed. Add the code there, or correct it here.";
    ERROR_CODE_TWICE = "E0803", "an error code under two statuses",
        "An operation answers a code with one status; the generated error has one variant per code.";
    ERROR_RESPONSE = "E0804", "an error response that says nothing",
        "A response from 400 up either lists its `x-error-codes` (and has the error envelope as its body) or has a typed body of its own. Below 400 there are no error codes.";
    NO_SUCCESS = "E0805", "an operation that cannot succeed",
        "At least one response below 400 must be declared.";
    BODY_NOT_ALLOWED = "E0806", "a body where HTTP knows none",
        "GET, HEAD, DELETE and TRACE requests have no defined body (RFC 9110); 204 and 304 answers have none.";
    NO_ERROR_ENUM = "E0807", "an error envelope without an enum of codes",
        "The body of a response with `x-error-codes` must be an object whose `error.code` is a string enum (by `$ref`), and all such responses must share it.";
    BAD_LINK = "E0808", "a link that cannot be followed",
        "A link of an answer names an operation of the document by `operationId` and gives values to parameters that the operation declares (`name`, or `path.name` where a name alone would not do). Values that begin with `$` are runtime expressions, such as `$response.body#/data/id`.";
    BAD_EXAMPLE = "E0901", "an example that its schema refuses",
        "Examples are what people copy, what mock servers answer and what contract tests send; one that does not validate lies.";
    EXAMPLE_CODE = "E0902", "an example with an error code that the response does not list",
        "The example's `error.code` is not among the `x-error-codes` of its response.";
    NAME_COLLISION = "E1001", "two names that become one in Rust",
        "Rust names are derived from the document's (`a-b` and `a_b` both become `a_b`). Rename one of the two.";
    NO_NAME = "E1002", "a name that has no form in Rust",
        "The name has no letters or digits that an identifier could be made of.";
    STALE_ALLOW = "E1101", "an --allow that is not needed",
        "Nothing is skipped by it any more. Remove it, so that the next problem of this kind is seen.";
    UNKNOWN_ALLOW = "E1102", "an --allow that names nothing",
        "It is `CODE` or `CODE@operationId`, with a code that `codegen explain` knows and an operation of the document.";
    UNKNOWN_EXTENSION = "W0301", "an extension that the generator does not know",
        "Other tools may know it; generated code does not follow it.";
    SERVER_PATH = "W0302", "the path of a server URL is not part of the routes",
        "Contract tools often ignore `servers`, so the base path belongs into `paths`, and generated routes are exactly those of `paths`.";
}
