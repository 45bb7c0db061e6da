//! The texts of mails: minijinja templates in `templates/`, compiled once, each as text and as HTML.
//!
//! HTML is escaped by its file's name; text is not, and gets its values on one line each (see [`super::plain`]).

use minijinja::{Environment, UndefinedBehavior, syntax::SyntaxConfig};
use serde::Serialize;

use super::{Template, plain};
use crate::domain::{Money, Timestamp};
use crate::orders::{Order, OrderStatus};
use crate::users::User;

/// A template that does not compile or does not fit what it is given: a bug that tests find.
#[derive(Debug, thiserror::Error)]
#[error("a mail template is broken")]
pub struct BrokenTemplate(#[from] minijinja::Error);

macro_rules! files {
    ($($name:literal),+ $(,)?) => { &[$(($name, include_str!(concat!("templates/", $name)))),+] };
}

const FILES: &[(&str, &str)] = files![
    "layout.txt",
    "layout.html",
    "items.txt",
    "items.html",
    "order_confirmation.txt",
    "order_confirmation.html",
    "payment_receipt.txt",
    "payment_receipt.html",
    "shipping.txt",
    "shipping.html",
    "invitation.txt",
    "invitation.html",
];

/// Every template, compiled.
#[derive(Debug)]
pub struct Templates(Environment<'static>);

/// A mail's content in its two forms.
pub(super) struct Texts {
    pub(super) text: String,
    pub(super) html: String,
}

/// What the templates of orders are given. Texts are on one line, money and times are for people.
#[derive(Debug, Serialize)]
pub(super) struct OrderView {
    subject: String,
    name: String,
    order_id: String,
    placed_at: String,
    paid_at: Option<String>,
    pay_before: Option<String>,
    awaits_approval: bool,
    items: Vec<ItemView>,
    subtotal: String,
    discount: Option<String>,
    total: String,
}

#[derive(Debug, Serialize)]
struct ItemView {
    name: String,
    sku: String,
    quantity: i64,
    unit_price: String,
    subtotal: String,
}

/// What the templates of an invitation are given. Not to be shown: it holds the password.
#[derive(Serialize)]
pub(super) struct InvitationView<'a> {
    pub(super) subject: &'a str,
    pub(super) name: String,
    pub(super) email: &'a str,
    pub(super) password: &'a str,
}

impl Templates {
    /// Compiles them.
    ///
    /// # Errors
    /// [`BrokenTemplate`] with the place.
    pub fn compile() -> Result<Self, BrokenTemplate> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(
            SyntaxConfig::builder()
                .trim_blocks(true)
                .lstrip_blocks(true)
                .build()?,
        );
        environment.add_filter("isolated", |text: &str| plain::isolated(text));
        for (name, source) in FILES {
            environment.add_template(name, source)?;
        }
        Ok(Self(environment))
    }

    /// Writes a mail in both forms.
    pub(super) fn render(
        &self,
        template: Template,
        view: &impl Serialize,
    ) -> Result<Texts, BrokenTemplate> {
        let written = |form: &str| {
            let name = format!("{}.{form}", template.as_str());
            self.0
                .get_template(&name)?
                .render(minijinja::value::Serde(view))
        };
        Ok(Texts {
            text: written("txt")?,
            html: written("html")?,
        })
    }
}

impl OrderView {
    pub(super) fn new(subject: &str, order: &Order, user: &User) -> Self {
        // What the order holds came out of the same type, so it fits.
        let money = |amount| {
            Money::new(amount, order.currency).map_or_else(|_| String::new(), Money::to_decimal)
        };
        let items = order.items.iter().map(|item| ItemView {
            name: plain::one_line(&item.name),
            sku: plain::one_line(&item.sku),
            quantity: item.quantity,
            unit_price: money(item.unit_price),
            subtotal: money(item.subtotal),
        });
        Self {
            subject: subject.to_owned(),
            name: plain::one_line(&user.name),
            order_id: order.id.to_string(),
            placed_at: for_people(order.created_at),
            paid_at: order.paid_at.map(for_people),
            pay_before: order.expires_at.map(for_people),
            awaits_approval: order.status == OrderStatus::PendingApproval,
            items: items.collect(),
            subtotal: money(order.subtotal),
            discount: (order.discount > 0).then(|| money(order.discount)),
            total: money(order.total),
        }
    }
}

/// `21 November 2026, 13:40 UTC`.
fn for_people(moment: Timestamp) -> String {
    jiff::Timestamp::from(moment)
        .strftime("%-d %B %Y, %H:%M UTC")
        .to_string()
}

#[cfg(test)]
#[path = "templates_tests.rs"]
mod tests;
