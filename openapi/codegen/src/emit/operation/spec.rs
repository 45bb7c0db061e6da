//! The static by which the runtime judges a request before the handler runs.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::emit::docs::{Docs, code};
use crate::emit::literals::integer;
use crate::emit::names::shouty;
use crate::emit::schemas::shape;
use crate::emit::scope::Scope;
use crate::ir::{
    Cache, DEFAULT_TIMEOUT, Idempotency, Location, Operation, Parameter, Presence, Reply,
    Requirement,
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
    let schemes = (!scope.api().schemes.is_empty()).then(|| quote!(schemes: security::SCHEMES,));
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
            #schemes
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

/// The alternatives, an empty one for anonymous callers.
fn security(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    let alternatives = &operation.security.alternatives;
    let mut out: Vec<_> = alternatives
        .iter()
        .map(|alternative| {
            let parts = alternative
                .requirements
                .iter()
                .filter_map(|one| requirement(scope, one));
            quote!(&[#(#parts),*])
        })
        .collect();
    if operation.security.anonymous && !alternatives.is_empty() {
        out.push(quote!(&[]));
    }
    out
}

fn requirement(scope: &Scope<'_>, requirement: &Requirement) -> Option<TokenStream> {
    let scheme = format_ident!("{}", shouty(&scope.api().scheme(requirement.scheme)?.name));
    let names = &requirement.names;
    Some(quote!(rt::Requirement { scheme: &security::#scheme, names: &[#(#names),*] }))
}

fn timeout(operation: &Operation) -> Option<TokenStream> {
    if operation.timeout == DEFAULT_TIMEOUT {
        return None;
    }
    let millis = operation.timeout.as_millis();
    let duration = if millis.is_multiple_of(1000) {
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
    let shape = shape(scope, &parameter.ty);
    if parameter.presence == Presence::Required {
        quote!(rt::Parameter::required(#location, #wire, #shape))
    } else {
        quote!(rt::Parameter::optional(#location, #wire, #shape))
    }
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
    let names: Vec<_> = reply.headers.iter().map(|header| &header.wire).collect();
    let headers = (!names.is_empty()).then(|| quote!(headers: &[#(#names),*],));
    quote!(rt::Answer { status: #status, #body #headers ..rt::Answer::NEW })
}
