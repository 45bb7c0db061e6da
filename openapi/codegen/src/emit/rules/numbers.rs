//! The rules of numbers: bounds and steps.

use proc_macro2::TokenStream;
use quote::quote;

use super::Rule;
use crate::emit::literals::{float_of, integer};
use crate::ir::{Bound, Constraints, Number};

pub(super) fn int(of: &TokenStream, lowest: i64, highest: i64, constraints: &Constraints) -> Rule {
    let min = constraints
        .minimum
        .map_or(lowest.into(), |bound| whole(bound, 1))
        .max(lowest.into());
    let max = constraints
        .maximum
        .map_or(highest.into(), |bound| whole(bound, -1))
        .min(highest.into());
    let min = bound(of, min, lowest.into(), &quote!(MIN));
    let max = bound(of, max, highest.into(), &quote!(MAX));
    let mut expr = quote!(rt::rules::Int::new(#min, #max));
    if let Some(Number::Int(step)) = constraints.multiple_of {
        let step = integer(step.into());
        expr = quote!(#expr.multiple_of(#step));
    }
    Rule {
        ty: quote!(rt::rules::Int<#of>),
        expr,
    }
}

/// A bound of integers as an inclusive one.
fn whole(bound: Bound, inward: i128) -> i128 {
    match bound.value {
        Number::Int(value) if bound.exclusive => i128::from(value) + inward,
        Number::Int(value) => value.into(),
        // The IR gives integers integral bounds; an open end is the honest answer to anything else.
        Number::Float(_) => {
            if inward > 0 {
                i64::MIN.into()
            } else {
                i64::MAX.into()
            }
        }
    }
}

fn bound(of: &TokenStream, value: i128, open: i128, open_name: &TokenStream) -> TokenStream {
    if value == open {
        quote!(#of::#open_name)
    } else {
        integer(value)
    }
}

pub(super) fn floating(of: &TokenStream, constraints: &Constraints) -> Rule {
    let mut expr = quote!(rt::rules::Float::<#of>::new());
    let sides = [
        (
            constraints.minimum,
            quote!(minimum),
            quote!(exclusive_minimum),
        ),
        (
            constraints.maximum,
            quote!(maximum),
            quote!(exclusive_maximum),
        ),
    ];
    for (bound, inclusive, exclusive) in sides {
        let Some(bound) = bound else { continue };
        let value = float_of(bound.value);
        let function = if bound.exclusive {
            exclusive
        } else {
            inclusive
        };
        expr = quote!(#expr.#function(#value));
    }
    if let Some(step) = constraints.multiple_of {
        let step = float_of(step);
        expr = quote!(#expr.multiple_of(#step));
    }
    Rule {
        ty: quote!(rt::rules::Float<#of>),
        expr,
    }
}
