//! The static by which the runtime judges a request before the handler runs.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::docs::{Docs, code};
use crate::emit::layout::Scope;
use crate::emit::literals::integer;
use crate::emit::names::shouty;
use crate::emit::schemas::shape;
use crate::ir::{
    Alternative, Cache, DEFAULT_TIMEOUT, Idempotency, Location, Operation, Parameter, Presence,
    Reply, Requirement, SchemeKind,
};

/// The specification of the operation.
pub(super) fn emit(scope: &Scope<'_>, operation: &Operation, name: &Ident) -> TokenStream {
    let docs = Docs::line(format!(
        "How {} is judged before its handler runs. ({})",
        code(&operation.id),
        operation.place
    ));
    let version = scope.api().module.bare();
    let (id, tag, method, path) = (
        &operation.id,
        &operation.tag,
        operation.method.as_str(),
        &operation.path.template,
    );
    let security = security(scope, operation);
    let tier = operation
        .rate_limit
        .as_ref()
        .map(|tier| quote!(tier: Some(#tier),));
    let timeout = timeout(operation);
    let idempotency = operation.idempotency.map(|kind| {
        let presence = match kind {
            Idempotency::Required => quote!(Required),
            Idempotency::Optional => quote!(Optional),
        };
        quote!(idempotency: Some(rt::Presence::#presence),)
    });
    let cache = operation.cache.as_ref().map(cache);
    let parameters = operation
        .parameters
        .iter()
        .chain(&operation.runtime_parameters)
        .map(|one| parameter(scope, one));
    let body = body(scope, operation);
    let answers = answers(scope, operation);
    quote! {
        #docs
        pub static #name: rt::Spec = rt::Spec {
            id: #id,
            tag: #tag,
            method: #method,
            path: #path,
            version: #version,
            security: &[#(#security),*],
            #tier
            #timeout
            #idempotency
            #cache
            parameters: &[#(#parameters),*],
            #body
            answers: &[#(#answers),*],
            ..rt::Spec::NEW
        };
    }
}

/// The alternatives, an empty one for anonymous callers. The runtime wants all names of a requirement, while one of
/// several roles is enough: such a requirement becomes one alternative per role.
fn security(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    let alternatives = &operation.security.alternatives;
    let mut out: Vec<_> = alternatives
        .iter()
        .flat_map(|alternative| spread(scope, alternative))
        .map(|parts| quote!(&[#(#parts),*]))
        .collect();
    if operation.security.anonymous && !alternatives.is_empty() {
        out.push(quote!(&[]));
    }
    out
}

fn spread(scope: &Scope<'_>, alternative: &Alternative) -> Vec<Vec<TokenStream>> {
    alternative
        .requirements
        .iter()
        .fold(vec![Vec::new()], |so_far, requirement| {
            let choices = choices(scope, requirement);
            so_far
                .iter()
                .flat_map(|parts| {
                    choices.iter().map(move |choice| {
                        parts.iter().chain([choice]).cloned().collect::<Vec<_>>()
                    })
                })
                .collect()
        })
}

fn choices(scope: &Scope<'_>, requirement: &Requirement) -> Vec<TokenStream> {
    let Some(scheme) = scope.api().scheme(requirement.scheme) else {
        return Vec::new();
    };
    let name: TokenStream = shouty(&scheme.name).parse().unwrap_or_default();
    let names = &requirement.names;
    let is_roles = matches!(scheme.kind, SchemeKind::Bearer | SchemeKind::Basic);
    if is_roles && names.len() > 1 {
        let one = |role| quote!(rt::Requirement { scheme: &security::#name, names: &[#role] });
        return names.iter().map(one).collect();
    }
    vec![quote!(rt::Requirement { scheme: &security::#name, names: &[#(#names),*] })]
}

fn timeout(operation: &Operation) -> Option<TokenStream> {
    if operation.timeout == DEFAULT_TIMEOUT {
        return None;
    }
    let millis = operation.timeout.as_millis();
    let duration = if millis % 1000 == 0 {
        let seconds = integer(i128::from(operation.timeout.as_secs()));
        quote!(std::time::Duration::from_secs(#seconds))
    } else {
        let millis = integer(i128::try_from(millis).unwrap_or(i128::MAX));
        quote!(std::time::Duration::from_millis(#millis))
    };
    Some(quote!(timeout: Some(#duration),))
}

fn cache(cache: &Cache) -> TokenStream {
    match cache {
        Cache::NoStore => quote!(cache: rt::CachePolicy::NoStore,),
        Cache::Store {
            public: true,
            max_age,
        } => {
            let seconds = integer(max_age.as_secs().into());
            quote!(cache: rt::CachePolicy::Public { max_age_seconds: #seconds },)
        }
        Cache::Store { public: false, .. } => quote!(cache: rt::CachePolicy::Private,),
    }
}

fn parameter(scope: &Scope<'_>, parameter: &Parameter) -> TokenStream {
    let wire = &parameter.wire;
    let location = location(parameter.location);
    let required = parameter.presence == Presence::Required;
    let shape = shape(scope, &parameter.ty);
    quote!(rt::Parameter { name: #wire, location: #location, required: #required, shape: #shape })
}

/// The runtime's word for where a parameter travels.
pub(super) fn location(location: Location) -> TokenStream {
    match location {
        Location::Path => quote!(rt::In::Path),
        Location::Query => quote!(rt::In::Query),
        Location::Header => quote!(rt::In::Header),
        Location::Cookie => quote!(rt::In::Cookie),
    }
}

fn body(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    operation.body.as_ref().map(|body| {
        let (required, media, shape) = (body.required, &body.media_type, shape(scope, &body.ty));
        let limit = integer(operation.body_limit_bytes.into());
        quote! {
            body: Some(rt::BodySpec { required: #required, media: #media, limit_bytes: #limit, shape: #shape }),
        }
    })
}

fn answers(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    let mut answers: Vec<(u16, TokenStream)> = Vec::new();
    for reply in operation.replies.iter().chain(&operation.typed_errors) {
        answers.push((reply.status, answer(scope, reply)));
    }
    if operation.not_modified.is_some() {
        answers.push((
            304,
            quote!(rt::Answer {
                status: 304,
                ..rt::Answer::NEW
            }),
        ));
    }
    let mut cases = operation.errors.as_slice();
    while let Some(first) = cases.first() {
        let end = cases
            .iter()
            .position(|case| case.status != first.status)
            .unwrap_or(cases.len());
        let (same, rest) = cases.split_at(end);
        let codes = same.iter().map(|case| &case.code);
        let status = integer(first.status.into());
        answers.push((
            first.status,
            quote!(rt::Answer::errors(#status, &[#(#codes),*])),
        ));
        cases = rest;
    }
    answers.sort_by_key(|(status, _)| *status);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

fn answer(scope: &Scope<'_>, reply: &Reply) -> TokenStream {
    let status = integer(reply.status.into());
    let body = reply.body.as_ref().map(|body| {
        let (media, shape) = (&body.media_type, shape(scope, &body.ty));
        quote!(media: #media, shape: #shape,)
    });
    let names: Vec<_> = reply
        .headers
        .iter()
        .map(|header| header.wire.as_str())
        .chain(reply.runtime_headers.iter().map(String::as_str))
        .collect();
    let headers = (!names.is_empty()).then(|| quote!(headers: &[#(#names),*],));
    quote!(rt::Answer { status: #status, #body #headers ..rt::Answer::NEW })
}
