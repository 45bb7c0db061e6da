//! A web shop: visitors browse, open an account, order, pay and change their mind.

mod accounts;
mod client;
mod events;
mod orders;
mod payments;
mod products;

use accounts::{
    logging_in, logging_in_with_a_wrong_password, opening_an_account,
    opening_an_account_for_a_taken_address,
};
use events::hearing_of_a_delivered_order;
use orders::{
    ordering_more_than_there_is, ordering_none, ordering_without_a_session, ordering_without_money,
    placing_an_order, reading_an_order,
};
use payments::{
    cancelling_a_paid_order, cancelling_a_shipped_order, paying_an_order, paying_an_order_twice,
};
use products::{browsing_the_catalogue, reading_a_product, reading_no_product};

crate::support::interactions!(
    "web-shop": browsing_the_catalogue,
    reading_a_product,
    reading_no_product,
    opening_an_account,
    opening_an_account_for_a_taken_address,
    logging_in,
    logging_in_with_a_wrong_password,
    placing_an_order,
    ordering_none,
    ordering_without_a_session,
    ordering_without_money,
    ordering_more_than_there_is,
    paying_an_order,
    paying_an_order_twice,
    reading_an_order,
    cancelling_a_paid_order,
    cancelling_a_shipped_order,
    hearing_of_a_delivered_order,
);
