//! Who calls, and whether they may: the alternatives of `security`, judged by which credentials are
//! there.

use std::borrow::Cow;

use http::HeaderMap;

use crate::query::Query;
use crate::spec::{Carrier, Grants};
use crate::{
    Credential, Detail, Failure, Host, Principal, Reason, RequestContext, Requirement, Scheme,
    Spec, code,
};

mod presented;

use presented::{Presented, basic, presented};

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
    let callers = authenticate(host, spec, &presented, cx).await?;
    let verdict = permitted(spec, &candidates, &callers);
    let Some((_, caller)) = callers.into_iter().next() else {
        return Err(Denied::Missing(no_token(spec)));
    };
    match verdict {
        Ok(()) => Ok(Some(caller)),
        Err(failure) => Err(Denied::Forbidden(failure, caller)),
    }
}

/// Adds the challenge that a 401 must carry (RFC 9110, section 15.5.2), where a handler's own
/// failure (a wrong password) has none.
pub(crate) fn challenge(spec: &Spec) -> Cow<'static, str> {
    format!("{} {REALM}", challenge_scheme(spec)).into()
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

/// Who a credential belongs to, by scheme.
type Callers<C> = Vec<(&'static str, C)>;

/// All credentials must be valid. The first one says who calls.
async fn authenticate<H: Host>(
    host: &H,
    spec: &Spec,
    presented: &[Presented],
    cx: &RequestContext,
) -> Result<Callers<H::Caller>, Denied<H::Caller>> {
    let mut callers = Vec::with_capacity(presented.len());
    for one in presented {
        let (user, password) = basic(&one.text);
        let credential = match one.scheme.carrier {
            Carrier::Bearer => Credential::Bearer(&one.text),
            Carrier::Basic => Credential::Basic {
                user: &user,
                password: &password,
            },
            _ => Credential::ApiKey {
                scheme: one.scheme.name,
                value: &one.text,
            },
        };
        match host.authenticate(credential, cx).await {
            Ok(caller) => callers.push((one.scheme.name, caller)),
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
    Ok(callers)
}

/// One of the alternatives must hold. A caller whose key is not taken here at all is forbidden.
fn permitted<C: Principal>(
    spec: &Spec,
    candidates: &[&[Requirement]],
    callers: &[(&str, C)],
) -> Result<(), Failure> {
    let mut denial = None;
    for alternative in candidates {
        match alternative_holds(spec, alternative, callers) {
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
    callers: &[(&str, C)],
) -> Result<(), Failure> {
    let names_roles = alternative
        .iter()
        .any(|requirement| requirement.scheme.grants == Grants::Roles);
    for requirement in alternative {
        // Each requirement is about the caller of its own credential.
        let Some((_, caller)) = callers
            .iter()
            .find(|(scheme, _)| *scheme == requirement.scheme.name)
        else {
            return Err(forbidden());
        };
        // A key never reaches further than its owner: where the operation asks others for a role,
        // the owner must have one of them as well.
        if !names_roles && !owner_has_a_role(spec, caller) {
            return Err(forbidden());
        }
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
