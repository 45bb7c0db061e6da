use super::*;
use crate::{CacheKey, CachedReply, CredentialKind, Quota, RequestId, Throttled};
use std::time::{Duration, Instant};

static BEARER: Scheme = Scheme {
    name: "bearer",
    carrier: Carrier::Bearer,
    grants: Grants::Roles,
};
static BASIC: Scheme = Scheme {
    name: "basic",
    carrier: Carrier::Basic,
    grants: Grants::Roles,
};
static KEY: Scheme = Scheme {
    name: "key",
    carrier: Carrier::Query("key"),
    grants: Grants::Scopes,
};
static SESSION: Scheme = Scheme {
    name: "session",
    carrier: Carrier::Cookie("session"),
    grants: Grants::Scopes,
};

/// Either both of key and session, or a bearer of any role, or nobody.
static OPTIONAL: Spec = Spec {
    security: &[
        &[],
        &[Requirement {
            scheme: &BEARER,
            names: &[],
        }],
        &[
            Requirement {
                scheme: &KEY,
                names: &["a"],
            },
            Requirement {
                scheme: &SESSION,
                names: &["b"],
            },
        ],
    ],
    ..Spec::NEW
};

static BASIC_ONLY: Spec = Spec {
    security: &[&[Requirement {
        scheme: &BASIC,
        names: &["root"],
    }]],
    ..Spec::NEW
};

#[derive(Clone, Debug)]
struct Caller(String);

impl Principal for Caller {
    fn has_role(&self, role: &str) -> bool {
        self.0 == role
    }
    fn has_scope(&self, scope: &str) -> bool {
        self.0.contains(scope)
    }
    fn credential_kind(&self) -> CredentialKind {
        CredentialKind::Basic
    }
    fn log_id(&self) -> String {
        self.0.clone()
    }
    fn rate_key(&self) -> String {
        self.0.clone()
    }
}

/// Every credential is valid but `bad`; who calls is the credential's text.
struct Everybody;

impl Host for Everybody {
    type Caller = Caller;
    async fn authenticate(
        &self,
        credential: Credential<'_>,
        _cx: &RequestContext,
    ) -> Result<Caller, Failure> {
        match credential {
            Credential::Bearer("bad" | "")
            | Credential::ApiKey { value: "bad", .. }
            | Credential::Basic { user: "", .. } => Err(Failure::new(code::INVALID_TOKEN, "no")),
            Credential::Bearer(text)
            | Credential::ApiKey { value: text, .. }
            | Credential::Basic { user: text, .. } => Ok(Caller(text.to_owned())),
        }
    }
    async fn admit(
        &self,
        tier: &'static str,
        _caller: Option<&Caller>,
        _cx: &RequestContext,
    ) -> Result<Quota, Throttled> {
        Ok(Quota::off(tier))
    }
    async fn admit_failed_credentials(&self, _cx: &RequestContext) -> Result<Quota, Throttled> {
        Ok(Quota::off("auth"))
    }
    async fn cached(
        &self,
        _key: CacheKey,
        _max_age: Duration,
        make: impl Future<Output = Result<CachedReply, Failure>> + Send,
    ) -> Result<CachedReply, Failure> {
        make.await
    }
    fn debug_errors(&self) -> bool {
        false
    }
}

async fn judged(spec: &'static Spec, headers: &[(&'static str, &str)], query: &str) -> String {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(*name, value.parse().unwrap());
    }
    let cx = RequestContext {
        request_id: RequestId::from("req_1"),
        client_ip: [127, 0, 0, 1].into(),
        received_at: "2026-01-01T00:00:00Z".parse().unwrap(),
        deadline: Instant::now(),
        traceparent: None,
    };
    match judge(&Everybody, spec, &map, &Query::read(Some(query)), &cx).await {
        Ok(caller) => caller.map_or_else(|| "anonymous".to_owned(), |caller| caller.0),
        Err(
            Denied::Missing(failure)
            | Denied::Failed(failure)
            | Denied::Forbidden(failure, _)
            | Denied::Unavailable(failure),
        ) => failure.code.to_owned(),
    }
}

#[tokio::test]
async fn an_optional_operation_takes_nobody_or_valid_credentials() {
    assert_eq!(judged(&OPTIONAL, &[], "").await, "anonymous");
    assert_eq!(
        judged(&OPTIONAL, &[("authorization", "Bearer ada")], "").await,
        "ada"
    );
    assert_eq!(
        judged(&OPTIONAL, &[("authorization", "Bearer bad")], "").await,
        "INVALID_TOKEN"
    );
    assert_eq!(
        judged(&OPTIONAL, &[("authorization", "Digest x")], "").await,
        "INVALID_TOKEN"
    );
}

#[tokio::test]
async fn requirements_of_one_alternative_must_hold_together() {
    assert_eq!(
        judged(&OPTIONAL, &[("cookie", "session=ab")], "key=ab").await,
        "ab"
    );
    assert_eq!(
        judged(&OPTIONAL, &[("cookie", "session=bad")], "key=ab").await,
        "INVALID_TOKEN"
    );
    assert_eq!(judged(&OPTIONAL, &[], "key=ab").await, "NO_TOKEN");
    assert_eq!(
        judged(
            &OPTIONAL,
            &[("authorization", "Bearer ada"), ("cookie", "session=ab")],
            "key=ab"
        )
        .await,
        "VALIDATION_ERROR"
    );
}

#[tokio::test]
async fn each_requirement_is_about_its_own_credential() {
    assert_eq!(
        judged(&OPTIONAL, &[("cookie", "session=b")], "key=a").await,
        "a"
    );
    assert_eq!(
        judged(&OPTIONAL, &[("cookie", "session=a")], "key=b").await,
        "INSUFFICIENT_SCOPE"
    );
}

#[tokio::test]
async fn basic_credentials_are_decoded() {
    // root:x, ada:x, and something that is no base64.
    assert_eq!(
        judged(&BASIC_ONLY, &[("authorization", "Basic cm9vdDp4")], "").await,
        "root"
    );
    assert_eq!(
        judged(&BASIC_ONLY, &[("authorization", "Basic YWRhOng=")], "").await,
        "FORBIDDEN"
    );
    assert_eq!(
        judged(&BASIC_ONLY, &[("authorization", "Basic !")], "").await,
        "INVALID_TOKEN"
    );
    assert_eq!(challenge(&BASIC_ONLY), "Basic realm=\"api\"");
}

#[tokio::test]
async fn a_header_that_came_twice_is_not_valid() {
    assert_eq!(
        judged(
            &OPTIONAL,
            &[
                ("authorization", "Bearer ada"),
                ("authorization", "Bearer eve")
            ],
            ""
        )
        .await,
        "INVALID_TOKEN"
    );
}
