//! The answers of an operation from 400 on: one variant per declared code.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::reply;
use crate::emit::docs::{Docs, brief_of, code};
use crate::emit::literals::integer;
use crate::emit::names::ident;
use crate::emit::scope::Scope;
use crate::ir::{Operation, Reply};

/// The code that everything unexpected becomes; every operation can answer it.
const INTERNAL: &str = "INTERNAL_ERROR";

/// The `…Error` enum.
pub(super) fn emit(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let name = ident(&operation.error_type);
    let docs = Docs::line(format!(
        "The answers of {} from 400 on, by code. ({})",
        code(&operation.id),
        operation.place
    ));
    let (internal, implied) = internal(operation);
    let cases = operation.errors.iter().map(|case| {
        let text = format!(
            "{} {}: {} ({})",
            case.status,
            code(&case.code),
            brief_of(&case.doc),
            case.place
        );
        let (docs, variant) = (Docs::line(text), ident(&case.variant));
        quote!(#docs #variant(rt::Problem),)
    });
    let implied_case = implied.then(|| {
        quote! {
            /// 500 `INTERNAL_ERROR`: what no operation declares and every operation can meet.
            #internal(rt::Problem),
        }
    });
    let typed = operation
        .typed_errors
        .iter()
        .map(|one| reply::variant(scope, one));
    let from = from(operation, &internal);
    let refuse = refuse(scope, operation, implied.then_some(&internal));
    quote! {
        #docs
        #[derive(Debug, Clone)]
        pub enum #name {
            #(#cases)*
            #implied_case
            #(#typed)*
        }

        #from
        #refuse

        impl #name {
            /// The answer as it is stored under an idempotency key.
            #[must_use]
            pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
                rt::store_refusal(self, cx)
            }
        }
    }
}

/// The variant that undeclared codes end in, and whether the document leaves it out.
fn internal(operation: &Operation) -> (Ident, bool) {
    let declared = operation.errors.iter().find(|case| case.code == INTERNAL);
    if let Some(case) = declared {
        return (ident(&case.variant), false);
    }
    let mut name = "InternalError".to_owned();
    let taken = |name: &str| {
        operation
            .errors
            .iter()
            .any(|case| case.variant.bare() == name)
            || operation
                .typed_errors
                .iter()
                .any(|reply| reply.variant.bare() == name)
    };
    while taken(&name) {
        name.push_str("Implied");
    }
    (format_ident!("{name}"), true)
}

fn from(operation: &Operation, internal: &Ident) -> TokenStream {
    let (name, id) = (ident(&operation.error_type), &operation.id);
    let arms = operation.errors.iter().map(|case| {
        let (code, variant) = (&case.code, ident(&case.variant));
        quote!(#code => Self::#variant(problem),)
    });
    let implied = operation.errors.iter().all(|case| case.code != INTERNAL);
    let implied_arm = implied.then(|| quote!(#INTERNAL => Self::#internal(problem),));
    quote! {
        impl<E: rt::IntoFailure> From<E> for #name {
            fn from(error: E) -> Self {
                Self::by_code(rt::Problem::from_error(error))
            }
        }

        impl #name {
            fn by_code(problem: rt::Problem) -> Self {
                match problem.code() {
                    #(#arms)*
                    #implied_arm
                    _ => Self::#internal(problem.undeclared(#id)),
                }
            }
        }
    }
}

fn refuse(scope: &Scope<'_>, operation: &Operation, implied: Option<&Ident>) -> TokenStream {
    let name = ident(&operation.error_type);
    let mut by_status: Vec<(u16, Vec<Ident>)> = Vec::new();
    for case in &operation.errors {
        match by_status.last_mut() {
            Some((status, variants)) if *status == case.status => {
                variants.push(ident(&case.variant));
            }
            _ => by_status.push((case.status, vec![ident(&case.variant)])),
        }
    }
    if let Some(variant) = implied {
        match by_status.iter_mut().find(|(status, _)| *status == 500) {
            Some((_, variants)) => variants.push(variant.clone()),
            None => by_status.push((500, vec![variant.clone()])),
        }
    }
    let arms = by_status.iter().map(|(status, variants)| {
        let status = integer((*status).into());
        quote!(#(Self::#variants(problem))|* => rt::Refusal::problem(#status, problem),)
    });
    let typed = operation
        .typed_errors
        .iter()
        .map(|one| typed_arm(scope, operation, one));
    quote! {
        impl rt::Refuse for #name {
            fn refusal(&self) -> rt::Refusal<'_> {
                match self {
                    #(#arms)*
                    #(#typed)*
                }
            }
        }
    }
}

fn typed_arm(scope: &Scope<'_>, operation: &Operation, one: &Reply) -> TokenStream {
    let (pattern, rendered) = (reply::pattern(one), reply::rendered(scope, operation, one));
    quote!(#pattern => rt::Refusal::reply(#rendered),)
}
