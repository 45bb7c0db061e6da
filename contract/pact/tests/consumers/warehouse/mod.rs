//! A warehouse: picks what is paid, moves orders along, counts the stock.

mod client;
mod events;
mod orders;
mod stock;

use events::{hearing_of_a_cancelled_order, hearing_of_a_paid_order};
use orders::{
    delivering_an_order, delivering_an_order_too_early, listing_as_a_customer,
    listing_what_to_pick, moving_no_order, picking_an_order, shipping_an_order,
};
use stock::{
    counting_a_changed_product, counting_a_product, counting_with_a_key_for_orders,
    reading_the_stock, throwing_away_what_orders_hold,
};

crate::support::interactions!(
    "warehouse": listing_what_to_pick,
    listing_as_a_customer,
    picking_an_order,
    shipping_an_order,
    delivering_an_order,
    delivering_an_order_too_early,
    moving_no_order,
    reading_the_stock,
    counting_a_product,
    counting_a_changed_product,
    throwing_away_what_orders_hold,
    counting_with_a_key_for_orders,
    hearing_of_a_paid_order,
    hearing_of_a_cancelled_order,
);
