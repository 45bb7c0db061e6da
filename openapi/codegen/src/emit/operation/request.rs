//! The request of an operation: its parameters and its body.

mod body;
mod parameter;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use self::body::body_part;
use self::parameter::{judged_header, parameter};
use crate::emit::docs::Docs;
use crate::emit::names::{Names, ident};
use crate::emit::rules::Statics;
use crate::emit::scope::Scope;
use crate::ir::{Idempotency, Operation};

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
    let headers: Vec<_> = operation
        .runtime_parameters
        .iter()
        .map(|one| judged_header(scope, operation, one, statics))
        .collect();
    let definition = definition(operation, &parts);
    let judged = judged(operation, tag_trait, spec, &parts, &headers);
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

fn judged(
    operation: &Operation,
    tag_trait: &Ident,
    spec: &Ident,
    parts: &[Part],
    headers: &[TokenStream],
) -> TokenStream {
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
    let input = if parts.is_empty() && headers.is_empty() {
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
                #(#headers)*
                Some(Self { #(#fields)* })
            }

            fn run(self, host: &S, call: Self::Call) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
                host.#function(call, self)
            }
        }
    }
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
