//! A mobile app: a session that lasts, orders to scroll through, the wallet, and as few bytes as possible.

mod client;
mod events;
mod orders;
mod sessions;
mod wallet;

use events::hearing_of_a_shipped_order;
use orders::{
    listing_orders, listing_orders_on_their_way, listing_with_a_token_that_is_none,
    reading_a_changed_order, reading_an_order_with_its_story, reading_an_unchanged_order,
    reading_the_order_of_somebody_else,
};
use sessions::{logging_in, refreshing, refreshing_with_an_unknown_token};
use wallet::{reading_on_in_the_entries, reading_the_entries, reading_the_wallet};

crate::support::interactions!(
    "mobile-app": logging_in,
    refreshing,
    refreshing_with_an_unknown_token,
    listing_orders,
    listing_orders_on_their_way,
    listing_with_a_token_that_is_none,
    reading_an_order_with_its_story,
    reading_an_unchanged_order,
    reading_a_changed_order,
    reading_the_order_of_somebody_else,
    reading_the_wallet,
    reading_the_entries,
    reading_on_in_the_entries,
    hearing_of_a_shipped_order,
);
