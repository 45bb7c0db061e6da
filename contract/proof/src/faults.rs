//! The catalogue: what goes wrong in real APIs, one entry each, and what has to notice it.
//!
//! A server runs with one fault or none. Each fault is asked for at one place of the server, where the right behaviour is
//! written too, so that reading that place shows what the difference is.

/// What has to notice a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Expected {
    /// A check that Schemathesis has too, by its code.
    Code(&'static str),
    /// A law that the document declares; its code is ST901, as for every check of one's own.
    Law(Law),
}

impl std::fmt::Display for Expected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => f.write_str(code),
            Self::Law(law) => write!(f, "ST901 {}", law.name()),
        }
    }
}

/// The laws that extensions declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Law {
    /// `x-idempotency`.
    Idempotency,
    /// `page` and `limit`, or `cursor` and `limit`, with `meta`.
    Pagination,
    /// `x-state_machine`.
    StateMachine,
    /// `x-rate_limit`.
    RateLimit,
    /// `ETag`, `If-None-Match`, `If-Match`.
    ConditionalRequests,
    /// `x-error-codes`.
    ErrorCodes,
    /// The error envelope.
    Envelope,
}

impl Law {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Idempotency,
        Self::Pagination,
        Self::StateMachine,
        Self::RateLimit,
        Self::ConditionalRequests,
        Self::ErrorCodes,
        Self::Envelope,
    ];

    /// Its name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Idempotency => "idempotency",
            Self::Pagination => "pagination",
            Self::StateMachine => "state_machine",
            Self::RateLimit => "rate_limit",
            Self::ConditionalRequests => "conditional_requests",
            Self::ErrorCodes => "error_codes",
            Self::Envelope => "envelope",
        }
    }
}

macro_rules! catalogue {
    ($($variant:ident $name:literal $expected:expr, $broken:literal;)+) => {
        /// One thing that is wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fault {
            $(#[doc = $broken] $variant,)+
        }

        impl Fault {
            /// All of them, in the order of their codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its name on the command line and in the matrix.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What has to notice it.
            #[must_use]
            pub const fn expected(self) -> Expected {
                match self { $(Self::$variant => $expected,)+ }
            }

            /// What is broken, in one line.
            #[must_use]
            pub const fn broken(self) -> &'static str {
                match self { $(Self::$variant => $broken,)+ }
            }
        }
    };
}

use Expected::{Code, Law as Of};

catalogue! {
    // Answers: what a reader of the document must be able to rely on.
    NulCrashes "nul-crashes" Code("ST101"), "a NUL character in a name ends in 500";
    MissingCrashes "missing-crashes" Code("ST101"), "reading a parcel that is not there ends in 500";
    FarPageCrashes "far-page-crashes" Code("ST101"), "a page far behind the last ends in 500";
    MalformedCrashes "malformed-json-crashes" Code("ST101"), "a body that is no JSON ends in 500";
    LargeBodyCrashes "large-body-crashes" Code("ST101"), "a body of over 64 KiB ends in 500";
    ForeignTypeCrashes "foreign-type-crashes" Code("ST102"), "a body of an undeclared content type ends in 500";
    CreatedAnswers200 "created-answers-200" Code("ST103"), "registering answers 200 where 201 is declared";
    UndeclaredRefusal "undeclared-refusal" Code("ST103"), "a wrong query answers 409, which the list does not declare";
    ContentTypeMissing "content-type-missing" Code("ST104"), "a parcel comes without Content-Type";
    HtmlForJson "html-for-json" Code("ST105"), "the list says text/html";
    MalformedMediaType "malformed-media-type" Code("ST106"), "a parcel says `Content-Type: json`";
    LocationMissing "location-missing" Code("ST107"), "201 comes without Location";
    EtagMissing "etag-missing" Code("ST107"), "a parcel comes without `ETag`";
    NumberAsText "number-as-text" Code("ST108"), "`weightGrams` is answered as text";
    PropertyMissing "property-missing" Code("ST108"), "`createdAt` is left out";
    UndeclaredValue "undeclared-value" Code("ST108"), "large parcels answer the size XL, which the document does not know";
    NullAnswered "null-answered" Code("ST108"), "`tags` is null when there are none";
    HeaderNotANumber "header-not-a-number" Code("ST108"), "`X-RateLimit-Limit` is a word";
    TruncatedJson "truncated-json" Code("ST109"), "the list ends in the middle";
    BrokenYaml "broken-yaml" Code("ST110"), "the label is no YAML";
    UnknownDiscriminator "unknown-discriminator" Code("ST111"), "contents are answered with a `kind` that the union does not have";
    SlowAnswer "slow-answer" Code("ST112"), "the health of the depot takes six seconds";

    // Requests that break the document and are taken.
    AcceptsWrongType "accepts-wrong-type" Code("ST201"), "a text of digits is taken for a number";
    AcceptsWrongTypeInQuery "accepts-wrong-type-in-query" Code("ST201"), "`page=abc` is taken for the first page";
    AcceptsTooLong "accepts-too-long" Code("ST201"), "texts may be longer than `maxLength`";
    AcceptsTooShort "accepts-too-short" Code("ST201"), "texts may be shorter than `minLength`";
    AcceptsPatternMismatch "accepts-pattern-mismatch" Code("ST201"), "patterns are not looked at";
    AcceptsUnknownEnum "accepts-unknown-enum" Code("ST201"), "values outside an enum are taken";
    AcceptsOverMaximum "accepts-over-maximum" Code("ST201"), "numbers over `maximum` are clamped in silence";
    AcceptsUnderMinimum "accepts-under-minimum" Code("ST201"), "numbers under `minimum` are taken";
    AcceptsFraction "accepts-fraction" Code("ST201"), "1.5 is rounded to an integer";
    AcceptsOddMultiple "accepts-odd-multiple" Code("ST201"), "`multipleOf` is not looked at";
    AcceptsUnknownProperty "accepts-unknown-property" Code("ST201"), "unknown properties of a body are ignored";
    AcceptsMissingProperty "accepts-missing-property" Code("ST201"), "`recipient.postcode` may be left out";
    AcceptsNull "accepts-null" Code("ST201"), "null is taken for a property that is left out";
    AcceptsTooManyItems "accepts-too-many-items" Code("ST201"), "lists may be longer than `maxItems`";
    AcceptsDuplicateItems "accepts-duplicate-items" Code("ST201"), "`uniqueItems` is not looked at";
    AcceptsBadDate "accepts-bad-date" Code("ST201"), "a day that is none is taken";
    AcceptsEmptyChange "accepts-empty-change" Code("ST201"), "a change without any property is taken";
    AcceptsUnknownKind "accepts-unknown-kind" Code("ST201"), "contents of an unknown `kind` are taken";
    AcceptsMissingQuery "accepts-missing-query" Code("ST201"), "a required query parameter may be left out";
    AcceptsMissingBody "accepts-missing-body" Code("ST201"), "a required body may be left out";

    // Requests that keep to the document and are refused.
    RefusesLongest "refuses-longest" Code("ST202"), "a text as long as `maxLength` is refused";
    RefusesMaximum "refuses-maximum" Code("ST202"), "a number as large as `maximum` is refused";
    RefusesIntegralFloat "refuses-integral-float" Code("ST202"), "1.0 is refused where an integer is asked for";
    RefusesOptionalLeftOut "refuses-optional-left-out" Code("ST202"), "`fragile` must be there though it is optional";
    RefusesEnumValue "refuses-enum-value" Code("ST202"), "one of the sizes is refused";
    RefusesNull "refuses-null" Code("ST202"), "null is refused where it is a value";
    HeaderNotRequired "header-not-required" Code("ST203"), "`X-Desk` may be left out";
    UndeclaredMethodRuns "undeclared-method-runs" Code("ST204"), "PUT on the list answers like GET";
    UndeclaredMethod404 "undeclared-method-404" Code("ST204"), "an undeclared method answers 404";
    TraceEchoes "trace-echoes" Code("ST204"), "TRACE is answered";
    AllowMissing "allow-missing" Code("ST204"), "405 comes without Allow";
    OptionsOmitsMethod "options-omits-method" Code("ST205"), "OPTIONS does not say that parcels can be registered";
    OptionsInventsMethod "options-invents-method" Code("ST205"), "OPTIONS says DELETE where nothing can be deleted";

    // What one request does to the next.
    DeletedStaysThere "deleted-stays-there" Code("ST301"), "a deleted parcel can be read";
    CreatedNotFound "created-not-found" Code("ST302"), "a parcel that was registered is not there";

    // Who may do what.
    CredentialsNotAsked "credentials-not-asked" Code("ST401"), "a label is printed without credentials";
    AnyTokenAccepted "any-token-accepted" Code("ST401"), "any bearer token is taken";
    AnyKeyAccepted "any-key-accepted" Code("ST401"), "any API key is taken";
    AnySchemeAccepted "any-scheme-accepted" Code("ST401"), "the word before the token is not looked at";
    RoleNotChecked "role-not-checked" Code("ST401"), "customers may move parcels";
    ScopeNotChecked "scope-not-checked" Code("ST401"), "a key that may only read may register";
    ForeignParcelRead "foreign-parcel-read" Code("ST402"), "anybody reads any parcel";
    ForeignParcelChanged "foreign-parcel-changed" Code("ST402"), "anybody changes any parcel";
    ForeignParcelDropped "foreign-parcel-dropped" Code("ST402"), "anybody deletes any parcel";
    ForeignBookingRead "foreign-booking-read" Code("ST402"), "anybody reads any booking";

    RepeatRunsAgain "repeat-runs-again" Of(Law::Idempotency), "the second request with a key runs again";
    ReplayDiffers "replay-differs" Of(Law::Idempotency), "a replay answers 200 where the first answered 201";
    ReusedKeyAccepted "reused-key-accepted" Of(Law::Idempotency), "a key is taken for another body";
    ConcurrentRepeatsRun "concurrent-repeats-run" Of(Law::Idempotency), "requests with one key at the same moment all run";
    KeySharedByCallers "key-shared-by-callers" Of(Law::Idempotency), "one caller's key answers another caller";
    MissingKeyAccepted "missing-key-accepted" Of(Law::Idempotency), "a required key may be left out";

    PageLosesRow "page-loses-row" Of(Law::Pagination), "the first row of every later page is left out";
    PageRepeatsRow "page-repeats-row" Of(Law::Pagination), "every later page begins with the last row of the one before";
    InsertsShiftPages "inserts-shift-pages" Of(Law::Pagination), "new rows come first, so that later pages repeat old ones";
    TotalWrong "total-wrong" Of(Law::Pagination), "`total` counts one row too many";
    TotalPagesWrong "total-pages-wrong" Of(Law::Pagination), "`totalPages` leaves out the page that is not full";
    HasNextWrong "has-next-wrong" Of(Law::Pagination), "`hasNext` is true on the last page";
    LinkWrong "link-wrong" Of(Law::Pagination), "the `next` of `Link` leads to the page itself";
    CursorSkips "cursor-skips" Of(Law::Pagination), "a cursor goes on one row too far";
    CursorRepeats "cursor-repeats" Of(Law::Pagination), "a cursor begins with the last row of the answer before";
    CursorShifts "cursor-shifts" Of(Law::Pagination), "a cursor counts from the newest row, so that inserts shift it";

    UndeclaredStepTaken "undeclared-step-taken" Of(Law::StateMachine), "a delivered parcel can be accepted again";
    DeclaredStepRefused "declared-step-refused" Of(Law::StateMachine), "a parcel on its way cannot be returned";
    StepWithoutEffect "step-without-effect" Of(Law::StateMachine), "a step is answered but not taken";
    SameStatusAccepted "same-status-accepted" Of(Law::StateMachine), "setting the status that already holds is taken";
    RefusalCodeWrong "refusal-code-wrong" Of(Law::StateMachine), "a step that is not allowed is called a validation error";
    WrongActorAllowed "wrong-actor-allowed" Of(Law::StateMachine), "owners call back what only staff may";

    RemainingStands "remaining-stands" Of(Law::RateLimit), "`X-RateLimit-Remaining` does not fall";
    LimitNotEnforced "limit-not-enforced" Of(Law::RateLimit), "the budget is announced and never spent";
    RetryAfterTooShort "retry-after-too-short" Of(Law::RateLimit), "`Retry-After` is two seconds too short";
    ResetInThePast "reset-in-the-past" Of(Law::RateLimit), "`X-RateLimit-Reset` lies an hour back";
    PolicyDisagrees "policy-disagrees" Of(Law::RateLimit), "`RateLimit-Policy` names another quota than `X-RateLimit-Limit`";
    RateHeadersMissing "rate-headers-missing" Of(Law::RateLimit), "no answer says what is left";

    NotModifiedMissing "not-modified-missing" Of(Law::ConditionalRequests), "`If-None-Match` is not looked at";
    StaleMatchAccepted "stale-match-accepted" Of(Law::ConditionalRequests), "`If-Match` is not looked at";
    EtagSurvivesChange "etag-survives-change" Of(Law::ConditionalRequests), "the `ETag` stays when the parcel changes";
    EtagChangesAlone "etag-changes-alone" Of(Law::ConditionalRequests), "every answer has another `ETag`";
    StarRefused "star-refused" Of(Law::ConditionalRequests), "`If-Match: *` is taken for an `ETag`";
    EtagListRefused "etag-list-refused" Of(Law::ConditionalRequests), "`If-Match` with several tags is taken for one";

    UndeclaredCode "undeclared-code" Of(Law::ErrorCodes), "a parcel that is not there answers a code that the document does not list";
    ForeignCode "foreign-code" Of(Law::ErrorCodes), "a missing token answers a code of another status";

    BareRoute404 "bare-route-404" Of(Law::Envelope), "an unknown path answers without envelope";
    Bare405 "bare-405" Of(Law::Envelope), "an undeclared method answers without envelope";
    Bare400 "bare-400" Of(Law::Envelope), "a body that is no JSON answers without envelope";
    Bare401 "bare-401" Of(Law::Envelope), "missing credentials answer without envelope";
    RequestIdDiffers "request-id-differs" Of(Law::Envelope), "`requestId` of an error is not that of the header";
    SuccessOnError "success-on-error" Of(Law::Envelope), "errors say `success: true`";
}

impl Fault {
    /// The fault of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fault| fault.name() == name)
    }
}
