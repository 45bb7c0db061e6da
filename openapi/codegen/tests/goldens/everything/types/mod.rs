//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The schemas of the document, one file each.

pub(crate) mod circle;
pub(crate) mod defaults;
pub(crate) mod extras;
pub(crate) mod find_items_sort;
pub(crate) mod find_items_theme;
pub(crate) mod item;
pub(crate) mod item_change;
pub(crate) mod item_page;
pub(crate) mod item_response;
pub(crate) mod item_status;
pub(crate) mod outage;
pub(crate) mod part;
pub(crate) mod reading;
pub(crate) mod rectangle;
pub(crate) mod remove_item_body;
pub(crate) mod report;
pub(crate) mod shape;
pub(crate) mod tree;

pub use self::circle::Circle;
pub use self::defaults::{Defaults, DefaultsChoice};
pub use self::extras::Extras;
pub use self::find_items_sort::FindItemsSort;
pub use self::find_items_theme::FindItemsTheme;
pub use self::item::{Item, ItemInput};
pub use self::item_change::ItemChange;
pub use self::item_page::{ItemPage, ItemPageMeta};
pub use self::item_response::ItemResponse;
pub use self::item_status::ItemStatus;
pub use self::outage::Outage;
pub use self::part::{Part, PartSize};
pub use self::reading::Reading;
pub use self::rectangle::{Rectangle, RectangleInput};
pub use self::remove_item_body::RemoveItemBody;
pub use self::report::Report;
pub use self::shape::{Shape, ShapeInput};
pub use self::tree::{Tree, TreeType};
pub use super::codes::ErrorCode;
