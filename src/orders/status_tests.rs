//! The state machine against the contract.

use super::*;

/// The lines of `x-state-machine`, sorted.
fn documented() -> Vec<String> {
    let document = include_str!("../../openapi/v1.yaml");
    let lines = document
        .lines()
        .map(str::trim)
        .filter_map(|line| line.strip_prefix("- { from: "));
    let mut lines: Vec<String> = lines
        .map(|line| line.trim_end_matches(" }").to_owned())
        .collect();
    lines.sort();
    lines
}

#[test]
fn the_table_is_the_one_of_the_document() {
    let mut lines: Vec<String> = TRANSITIONS
        .iter()
        .map(|line| {
            let by: Vec<&str> = line.by.iter().map(|trigger| trigger.as_str()).collect();
            format!("{}, to: {}, by: [{}]", line.from, line.to, by.join(", "))
        })
        .collect();
    lines.sort();
    assert_eq!(lines, documented());
}

#[test]
fn every_pair_that_is_not_in_the_table_is_refused() {
    for from in OrderStatus::ALL {
        for to in OrderStatus::ALL {
            for trigger in Trigger::ALL {
                let is_listed = TRANSITIONS
                    .iter()
                    .any(|line| line.from == *from && line.to == *to && line.by.contains(trigger));
                assert_eq!(
                    from.check(*to, *trigger).is_ok(),
                    is_listed,
                    "{from} → {to} by {trigger}"
                );
            }
        }
    }
}

#[test]
fn a_refusal_lists_what_can_happen_instead() {
    let refusal = OrderStatus::Pending.check(OrderStatus::Shipped, Trigger::AdminPatch);
    let allowed = vec![OrderStatus::Confirmed, OrderStatus::Cancelled];
    assert_eq!(
        refusal,
        Err(IllegalTransition {
            from: OrderStatus::Pending,
            to: OrderStatus::Shipped,
            allowed
        })
    );
}

#[test]
fn final_states_lead_nowhere_and_no_state_leads_to_itself() {
    use OrderStatus::{Cancelled, Expired, Refunded};
    assert!(
        TRANSITIONS
            .iter()
            .all(|line| ![Cancelled, Expired, Refunded].contains(&line.from))
    );
    assert!(TRANSITIONS.iter().all(|line| line.from != line.to));
}

#[test]
fn only_paying_makes_an_order_paid() {
    use OrderStatus::Paid;
    assert!(
        TRANSITIONS
            .iter()
            .filter(|line| line.to == Paid)
            .all(|line| line.by == [Trigger::OwnerPay])
    );
}
