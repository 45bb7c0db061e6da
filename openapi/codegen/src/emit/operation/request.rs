//! The request of an operation: its parameters and its body.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::spec::location;
use crate::emit::docs::{Docs, code};
use crate::emit::layout::{Scope, whole};
use crate::emit::literals::typed;
use crate::emit::names::{Names, ident, shouty};
use crate::emit::rules::Statics;
use crate::emit::rust_type::{adaptor, field_type, is_secret, rust_type};
use crate::ir::{
    Format, Idempotency, Literal, Location, Operation, Parameter, Presence, RequestBody, Style,
    Type, TypeUse,
};

/// A field of the request struct and how it is read.
struct Part {
    field: Ident,
    local: Ident,
    docs: Docs,
    ty: TokenStream,
    read: TokenStream,
    secret: bool,
}

/// The request struct and its `Operation`.
pub(super) fn emit(
    scope: &Scope<'_>,
    operation: &Operation,
    tag_trait: &Ident,
    spec: &Ident,
    statics: &mut Statics,
) -> TokenStream {
    let mut before = TokenStream::new();
    let mut locals = Names::default();
    locals.take("input");
    let mut parts: Vec<_> = operation
        .parameters
        .iter()
        .map(|one| parameter(scope, operation, one, statics, &mut locals))
        .collect();
    parts.extend(
        operation
            .idempotency
            .map(|kind| idempotency(kind, &mut locals)),
    );
    if let Some(body) = &operation.body {
        parts.push(body_part(
            scope,
            operation,
            body,
            statics,
            &mut locals,
            &mut before,
        ));
    }
    let definition = definition(operation, &parts);
    let judged = judged(operation, tag_trait, spec, &parts);
    quote! {
        #before
        #definition
        #judged
    }
}

fn definition(operation: &Operation, parts: &[Part]) -> TokenStream {
    let name = ident(&operation.request_type);
    let summary = operation
        .doc
        .summary
        .as_deref()
        .map(crate::emit::docs::prose)
        .unwrap_or_default();
    let line = format!(
        "`{} {}`: {summary}",
        operation.method.as_str(),
        operation.path.template
    );
    let docs = Docs::line(format!(
        "{} ({})",
        line.trim_end_matches([':', ' ']),
        operation.place
    ));
    let fields = parts.iter().map(|part| {
        let Part {
            field, docs, ty, ..
        } = part;
        quote!(#docs pub #field: #ty,)
    });
    let hides = parts.iter().any(|part| part.secret);
    let derive = if hides {
        quote!(Clone)
    } else {
        quote!(Debug, Clone)
    };
    let debug = hides.then(|| {
        let shown = operation.request_type.bare();
        let fields = parts.iter().map(|part| {
            let (field, label) = (&part.field, part.field.to_string());
            let label = label.trim_start_matches("r#");
            if part.secret {
                quote!(.field(#label, &"…"))
            } else {
                quote!(.field(#label, &self.#field))
            }
        });
        quote! {
            impl std::fmt::Debug for #name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.debug_struct(#shown) #(#fields)* .finish()
                }
            }
        }
    });
    quote! {
        #docs
        #[derive(#derive)]
        pub struct #name { #(#fields)* }
        #debug
    }
}

fn judged(operation: &Operation, tag_trait: &Ident, spec: &Ident, parts: &[Part]) -> TokenStream {
    let (request, ok, error) = (
        ident(&operation.request_type),
        ident(&operation.ok_type),
        ident(&operation.error_type),
    );
    let call = super::call(operation, &quote!(S));
    let function = ident(&operation.name);
    let reads = parts.iter().map(|part| {
        let (local, read) = (&part.local, &part.read);
        quote!(let #local = #read;)
    });
    let fields = parts.iter().map(|part| {
        let (field, local) = (&part.field, &part.local);
        quote!(#field: #local?,)
    });
    let input = if parts.is_empty() {
        quote!(_input)
    } else {
        quote!(input)
    };
    quote! {
        impl<S: #tag_trait> rt::Operation<S> for #request {
            type Call = #call;
            type Ok = #ok;
            type Error = #error;

            fn spec() -> &'static rt::Spec {
                &#spec
            }

            fn parse(#input: &mut rt::Input<'_>) -> Option<Self> {
                #(#reads)*
                Some(Self { #(#fields)* })
            }

            fn run(self, host: &S, call: Self::Call) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
                host.#function(call, self)
            }
        }
    }
}

fn parameter(
    scope: &Scope<'_>,
    operation: &Operation,
    parameter: &Parameter,
    statics: &mut Statics,
    locals: &mut Names,
) -> Part {
    let rule_name = format!(
        "{}_{}",
        shouty(operation.name.bare()),
        shouty(parameter.ident.bare())
    );
    let rule = statics.rule(scope, &rule_name, &parameter.ty);
    let opening = format!(
        "The {} parameter {}",
        parameter.location.as_str(),
        code(&parameter.wire)
    );
    let docs = Docs::line(format!("{opening}. ({})", parameter.place))
        .text(parameter.doc.description.as_deref());
    let docs = if parameter.deprecated {
        docs.and("Deprecated.")
    } else {
        docs
    };
    // An absent list is an empty one.
    let is_list = matches!(parameter.ty.ty, Type::Array(_));
    let ty = match parameter.presence {
        Presence::Optional if is_list => rust_type(scope, &parameter.ty),
        _ => field_type(scope, &parameter.ty, &parameter.presence),
    };
    let read = if is_list {
        read_list(scope, parameter, &rule)
    } else {
        read_one(scope, parameter, &rule)
    };
    let field = ident(&parameter.ident);
    let local = locals.local(parameter.ident.as_str());
    Part {
        field,
        local,
        docs,
        ty,
        read,
        secret: is_secret(&parameter.ty),
    }
}

fn read_one(scope: &Scope<'_>, parameter: &Parameter, rule: &Ident) -> TokenStream {
    let wire = &parameter.wire;
    let place = location(parameter.location);
    match (
        &parameter.presence,
        parameter.location,
        &parameter.not_found_code,
    ) {
        (_, Location::Path, Some(code)) => quote!(input.path_or(#wire, &#rule, #code)),
        (_, Location::Path, None) => quote!(input.path(#wire, &#rule)),
        (Presence::Defaulted { value, .. }, ..) => {
            let default = default(scope, value, &parameter.ty);
            quote!(input.with_default(#place, #wire, &#rule, #default))
        }
        (Presence::Optional | Presence::ThreeState, ..) => {
            quote!(input.optional(#place, #wire, &#rule))
        }
        (Presence::Required | Presence::Nullable, ..) => {
            quote!(input.required(#place, #wire, &#rule))
        }
    }
}

fn read_list(scope: &Scope<'_>, parameter: &Parameter, rule: &Ident) -> TokenStream {
    let wire = &parameter.wire;
    let place = location(parameter.location);
    let style = match parameter.style {
        Style::Form if parameter.explode => quote!(rt::Style::Exploded),
        Style::Form | Style::Simple => quote!(rt::Style::Comma),
    };
    match &parameter.presence {
        Presence::Defaulted { value, .. } => {
            let default = default(scope, value, &parameter.ty);
            quote!(input.list_with_default(#place, #wire, #style, &#rule, #default))
        }
        Presence::Optional | Presence::ThreeState => {
            quote!(input.list(#place, #wire, #style, &#rule))
        }
        Presence::Required | Presence::Nullable => {
            quote!(input.required_list(#place, #wire, #style, &#rule))
        }
    }
}

/// The closure that makes a default, or the function where clippy would ask for one.
fn default(scope: &Scope<'_>, value: &Literal, ty: &TypeUse) -> TokenStream {
    let is_empty = matches!(value, Literal::Array(items) if items.is_empty());
    if is_empty {
        return quote!(Vec::new);
    }
    if matches!((value, &ty.ty), (Literal::String(text), Type::String(Format::Plain)) if text.is_empty())
    {
        return quote!(String::new);
    }
    let expr = typed(scope, value, ty);
    quote!(|| #expr)
}

fn idempotency(kind: Idempotency, locals: &mut Names) -> Part {
    let (ty, read) = match kind {
        Idempotency::Required => (quote!(rt::IdempotencyKey), quote!(input.idempotency_key())),
        Idempotency::Optional => (
            quote!(Option<rt::IdempotencyKey>),
            quote!(input.optional_idempotency_key()),
        ),
    };
    let docs = Docs::line("The `Idempotency-Key` header and what it is used for.");
    Part {
        field: format_ident!("idempotency"),
        local: locals.take("idempotency"),
        docs,
        ty,
        read,
        secret: false,
    }
}

fn body_part(
    scope: &Scope<'_>,
    operation: &Operation,
    body: &RequestBody,
    statics: &mut Statics,
    locals: &mut Names,
    before: &mut TokenStream,
) -> Part {
    let value = rust_type(scope, &body.ty);
    let ty = if body.required {
        value.clone()
    } else {
        quote!(Option<#value>)
    };
    let read = if body.required {
        quote!(body)
    } else {
        quote!(optional_body)
    };
    let read = if whole(scope.api(), &body.ty).is_some() {
        quote!(input.#read::<#value>())
    } else {
        let holder = format_ident!("{}BodyForm", operation.request_type.bare());
        before.extend(holder_of(scope, operation, body, &holder, statics));
        if body.required {
            quote!(input.#read::<#holder>().map(|body| body.0))
        } else {
            quote!(input.#read::<#holder>().map(|body| body.map(|body| body.0)))
        }
    };
    let docs =
        Docs::line(format!("The body. ({})", body.place)).text(body.doc.description.as_deref());
    Part {
        field: format_ident!("body"),
        local: locals.take("body"),
        docs,
        ty,
        read,
        secret: is_secret(&body.ty),
    }
}

/// A body that is no object of its own: a private holder lends it the two ways of reading.
fn holder_of(
    scope: &Scope<'_>,
    operation: &Operation,
    body: &RequestBody,
    holder: &Ident,
    statics: &mut Statics,
) -> TokenStream {
    let rule = statics.rule(
        scope,
        &format!("{}_BODY", shouty(operation.name.bare())),
        &body.ty,
    );
    let value = rust_type(scope, &body.ty);
    let exact = adaptor(&body.ty).unwrap_or_else(|| quote!(rt::fast::Same));
    let docs = Docs::line(format!("Reads the body of {}.", code(&operation.id)));
    quote! {
        #docs
        struct #holder(#value);

        impl<'de> serde::Deserialize<'de> for #holder {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                rt::fast::read::<#exact, _, _>(deserializer).map(Self)
            }
        }

        impl rt::Parse for #holder {
            fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
                use rt::Rule as _;
                #rule.node(node, out).map(Self)
            }

            fn holds(&self) -> bool {
                use rt::Rule as _;
                #rule.holds(&self.0)
            }
        }
    }
}
