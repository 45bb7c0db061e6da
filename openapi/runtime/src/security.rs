//! Who calls, and whether they may: the alternatives of `security`, judged by which credentials are
//! there.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::AUTHORIZATION;

use crate::params::cookie;
use crate::query::Query;
use crate::spec::{Carrier, Grants};
use crate::{
    Credential, Detail, Failure, Host, In, Principal, Reason, RequestContext, Requirement, Scheme,
    Spec, code,
};

/// The realm of challenges (RFC 6750 wants at least one parameter).
const REALM: &str = "realm=\"api\"";

/// Why a call does not get past its credentials.
#[derive(Debug)]
pub(crate) enum Denied<C> {
    /// No credential came: 401, and nothing was guessed.
    Missing(Failure),
    /// A credential is not valid: 401, and the address pays for it. Also two kinds at once (400).
    Failed(Failure),
    /// The caller is known and may not: 403.
    Forbidden(Failure, C),
    /// Credentials cannot be judged at present.
    Unavailable(Failure),
}

/// Judges the credentials of a call. `Ok(None)` is an anonymous caller where those are welcome.
pub(crate) async fn judge<H: Host>(
    host: &H,
    spec: &'static Spec,
    headers: &HeaderMap,
    query: &Query,
    cx: &RequestContext,
) -> Result<Option<H::Caller>, Denied<H::Caller>> {
    if !spec.looks_at_credentials() {
        return Ok(None);
    }
    let presented = presented(spec, headers, query);
    if presented.is_empty() {
        return if is_optional(spec) {
            Ok(None)
        } else {
            Err(Denied::Missing(no_token(spec)))
        };
    }
    let candidates: Vec<&[Requirement]> = spec
        .security
        .iter()
        .copied()
        .filter(|alternative| is_answered_by(alternative, &presented))
        .collect();
    if candidates.is_empty() && presented.len() > 1 {
        return Err(Denied::Failed(too_many(&presented)));
    }
    let is_part = presented.iter().any(|one| taken_together(spec, one.scheme));
    if candidates.is_empty() && is_part {
        return Err(Denied::Missing(no_token(spec)));
    }
    let caller = authenticate(host, spec, &presented, cx).await?;
    let Some(caller) = caller else {
        return Err(Denied::Missing(no_token(spec)));
    };
    match permitted(spec, &candidates, &caller) {
        Ok(()) => Ok(Some(caller)),
        Err(failure) => Err(Denied::Forbidden(failure, caller)),
    }
}

/// Adds the challenge that a 401 must carry (RFC 9110, section 15.5.2), where a handler's own
/// failure (a wrong password) has none.
pub(crate) fn challenge(spec: &Spec) -> Cow<'static, str> {
    format!("{} {REALM}", challenge_scheme(spec)).into()
}

/// A credential that came with the request.
#[derive(Debug)]
struct Presented {
    scheme: &'static Scheme,
    text: String,
}

impl Presented {
    /// Where the client put it, for details.
    fn place(&self) -> (In, &'static str) {
        match self.scheme.carrier {
            Carrier::Bearer | Carrier::Basic => (In::Header, "Authorization"),
            Carrier::Header(name) => (In::Header, name),
            Carrier::Query(name) => (In::Query, name),
            Carrier::Cookie(name) => (In::Cookie, name),
        }
    }
}

/// Every scheme of the document or, where the operation does not know them, of the operation.
fn schemes(spec: &'static Spec) -> Vec<&'static Scheme> {
    let mut all: Vec<&'static Scheme> = spec.schemes.to_vec();
    for requirement in spec
        .security
        .iter()
        .flat_map(|alternative| alternative.iter())
    {
        if !all
            .iter()
            .any(|scheme| scheme.name == requirement.scheme.name)
        {
            all.push(requirement.scheme);
        }
    }
    all
}

fn presented(spec: &'static Spec, headers: &HeaderMap, query: &Query) -> Vec<Presented> {
    let all = schemes(spec);
    let mut found = Vec::new();
    for scheme in &all {
        let text = match scheme.carrier {
            Carrier::Bearer => authorization(headers, "bearer", is_sole(&all, Carrier::Bearer)),
            Carrier::Basic => authorization(headers, "basic", is_sole(&all, Carrier::Basic)),
            Carrier::Header(name) => key_header(headers, name),
            Carrier::Query(name) => query.values(name).next().map(str::to_owned),
            Carrier::Cookie(name) => cookie(headers, name),
        };
        found.extend(text.map(|text| Presented { scheme, text }));
    }
    found
}

/// The key in a header; empty, which no key is, when it came twice or is not visible ASCII.
fn key_header(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    let is_sole = values.next().is_none();
    let text = first.to_str().ok().filter(|_| is_sole).unwrap_or_default();
    Some(text.trim().to_owned())
}

/// Whether `carrier` is the only one that uses the `Authorization` header.
fn is_sole(all: &[&Scheme], carrier: Carrier) -> bool {
    all.iter().all(|scheme| {
        scheme.carrier == carrier || !matches!(scheme.carrier, Carrier::Bearer | Carrier::Basic)
    })
}

/// The credential in `Authorization`. One that does not have the right form, or came twice, is
/// empty: it is there, and it is not valid.
fn authorization(headers: &HeaderMap, scheme: &str, is_sole: bool) -> Option<String> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let first = values.next()?;
    let text = first.to_str().unwrap_or_default().trim();
    let (name, credential) = text.split_once(' ').unwrap_or((text, ""));
    if !name.eq_ignore_ascii_case(scheme) {
        return is_sole.then(String::new);
    }
    Some(if values.next().is_some() {
        String::new()
    } else {
        credential.trim().to_owned()
    })
}

fn is_optional(spec: &Spec) -> bool {
    spec.security
        .iter()
        .any(|alternative| alternative.is_empty())
}

/// Whether the alternative takes exactly the credentials that came.
fn is_answered_by(alternative: &[Requirement], presented: &[Presented]) -> bool {
    let came = |scheme: &Scheme| presented.iter().any(|one| one.scheme.name == scheme.name);
    !alternative.is_empty()
        && alternative
            .iter()
            .all(|requirement| came(requirement.scheme))
        && presented.iter().all(|one| {
            alternative
                .iter()
                .any(|requirement| requirement.scheme.name == one.scheme.name)
        })
}

/// Whether some alternative takes the scheme together with others.
fn taken_together(spec: &Spec, scheme: &Scheme) -> bool {
    spec.security.iter().any(|alternative| {
        alternative.len() > 1
            && alternative
                .iter()
                .any(|requirement| requirement.scheme.name == scheme.name)
    })
}

/// All credentials must be valid; the first one says who calls.
async fn authenticate<H: Host>(
    host: &H,
    spec: &Spec,
    presented: &[Presented],
    cx: &RequestContext,
) -> Result<Option<H::Caller>, Denied<H::Caller>> {
    let mut caller = None;
    for one in presented {
        let decoded = basic(&one.text);
        let credential = match one.scheme.carrier {
            Carrier::Bearer => Credential::Bearer(&one.text),
            Carrier::Basic => Credential::Basic {
                user: &decoded.0,
                password: &decoded.1,
            },
            _ => Credential::ApiKey {
                scheme: one.scheme.name,
                value: &one.text,
            },
        };
        match host.authenticate(credential, cx).await {
            Ok(found) => {
                caller.get_or_insert(found);
            }
            Err(failure) if spec.status_of(failure.code) == 401 => {
                let challenge = format!(
                    "{} {REALM}, error=\"invalid_token\"",
                    challenge_scheme(spec)
                );
                return Err(Denied::Failed(failure.with_challenge(challenge)));
            }
            Err(failure) => return Err(Denied::Unavailable(failure)),
        }
    }
    Ok(caller)
}

/// User and password; both empty when the text is no base64 of `user:password`.
fn basic(text: &str) -> (String, String) {
    STANDARD
        .decode(text)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|pair| {
            pair.split_once(':')
                .map(|(user, password)| (user.to_owned(), password.to_owned()))
        })
        .unwrap_or_default()
}

/// One of the alternatives must hold. A caller whose key is not taken here at all is forbidden.
fn permitted<C: Principal>(
    spec: &Spec,
    candidates: &[&[Requirement]],
    caller: &C,
) -> Result<(), Failure> {
    let mut denial = None;
    for alternative in candidates {
        match alternative_holds(spec, alternative, caller) {
            Ok(()) => return Ok(()),
            Err(failure) => denial = Some(failure),
        }
    }
    Err(denial.unwrap_or_else(|| {
        Failure::new(
            code::FORBIDDEN,
            "This operation does not take this kind of credential",
        )
    }))
}

fn alternative_holds<C: Principal>(
    spec: &Spec,
    alternative: &[Requirement],
    caller: &C,
) -> Result<(), Failure> {
    // A key never reaches further than its owner: where the operation asks others for a role, the
    // owner must have one of them as well.
    let names_roles = alternative
        .iter()
        .any(|requirement| requirement.scheme.grants == Grants::Roles);
    if !names_roles && !owner_has_a_role(spec, caller) {
        return Err(forbidden());
    }
    for requirement in alternative {
        match requirement.scheme.grants {
            Grants::Roles if !has_one_of(caller, requirement.names) => return Err(forbidden()),
            Grants::Scopes
                if !requirement
                    .names
                    .iter()
                    .all(|scope| caller.has_scope(scope)) =>
            {
                return Err(insufficient_scope(spec, requirement.names));
            }
            Grants::Roles | Grants::Scopes => {}
        }
    }
    Ok(())
}

fn owner_has_a_role<C: Principal>(spec: &Spec, caller: &C) -> bool {
    let mut roles = spec
        .security
        .iter()
        .flat_map(|alternative| alternative.iter())
        .filter(|requirement| requirement.scheme.grants == Grants::Roles)
        .peekable();
    roles.peek().is_none() || roles.any(|requirement| has_one_of(caller, requirement.names))
}

fn has_one_of<C: Principal>(caller: &C, roles: &[&str]) -> bool {
    roles.is_empty() || roles.iter().any(|role| caller.has_role(role))
}

fn forbidden() -> Failure {
    Failure::new(code::FORBIDDEN, "You may not do this")
}

fn insufficient_scope(spec: &Spec, scopes: &[&str]) -> Failure {
    let scopes = scopes.join(" ");
    let challenge = format!(
        "{} {REALM}, error=\"insufficient_scope\", scope=\"{scopes}\"",
        challenge_scheme(spec)
    );
    Failure::new(
        code::INSUFFICIENT_SCOPE,
        format!("The key lacks a scope; needed: {scopes}"),
    )
    .with_challenge(challenge)
}

fn no_token(spec: &'static Spec) -> Failure {
    Failure::new(code::NO_TOKEN, "Access token required").with_challenge(challenge(spec))
}

fn too_many(presented: &[Presented]) -> Failure {
    let details = presented.iter().map(|one| {
        let (location, name) = one.place();
        Detail::new(
            name,
            location,
            Reason::NotAllowed,
            "Only one kind of credential may be sent",
        )
    });
    Failure::new(
        code::VALIDATION_ERROR,
        "More than one kind of credential was sent",
    )
    .with_details(details)
}

/// Bearer, whichever credential failed: clients know it, and API keys have no scheme of their own.
fn challenge_scheme(spec: &Spec) -> &'static str {
    let carriers = || {
        spec.schemes.iter().copied().chain(
            spec.security
                .iter()
                .flat_map(|a| a.iter().map(|r| r.scheme)),
        )
    };
    let has = |carrier| carriers().any(|scheme| scheme.carrier == carrier);
    if has(Carrier::Basic) && !has(Carrier::Bearer) {
        "Basic"
    } else {
        "Bearer"
    }
}

#[cfg(test)]
mod tests;
