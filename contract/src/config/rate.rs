//! How a rate of requests is written: a number and a unit of time.

use std::{num::NonZeroU32, time::Duration};

use crate::transport::Rate;

/// A number of requests in a unit of time, as `100/s`.
#[must_use]
pub fn parse_rate(text: &str) -> Option<Rate> {
    let (count, unit) = text.split_once('/')?;
    let seconds = match unit.trim() {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return None,
    };
    Some(Rate {
        requests: count.trim().parse::<NonZeroU32>().ok()?,
        period: Duration::from_secs(seconds),
    })
}
