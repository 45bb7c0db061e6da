use uuid::Uuid;

use super::*;
use crate::domain::{Currency, Role};
use crate::orders::OrderItem;

const AT: Timestamp = Timestamp::from_micros(1_767_323_045_000_000);

fn order(product: &str) -> Order {
    Order {
        id: Uuid::from_u128(7).into(),
        user_id: Uuid::from_u128(8).into(),
        status: OrderStatus::Pending,
        items: vec![OrderItem {
            product_id: Uuid::from_u128(9).into(),
            sku: "TEA-1".to_owned(),
            name: product.to_owned(),
            quantity: 3,
            unit_price: 1_234,
            subtotal: 3_702,
        }],
        subtotal: 3_702,
        discount: 202,
        total: 3_500,
        refunded_amount: 0,
        currency: Currency::USD,
        coupon_code: None,
        expires_at: Some(AT),
        paid_at: Some(AT),
        version: 1,
        created_at: AT,
        updated_at: AT,
    }
}

fn user(name: &str) -> User {
    User {
        id: Uuid::from_u128(8).into(),
        email: "ada@example.com".parse().unwrap(),
        name: name.to_owned(),
        role: Role::Member,
        disabled: false,
        version: 1,
        created_at: AT,
        updated_at: AT,
    }
}

fn rendered(template: Template, name: &str, product: &str) -> Texts {
    let templates = Templates::compile().unwrap();
    if template == Template::Invitation {
        let view = InvitationView {
            subject: "Your account",
            name: plain::one_line(name),
            email: "ada@example.com",
            password: "abcdefghjk",
        };
        return templates.render(template, &view).unwrap();
    }
    let view = OrderView::new("Your order", &order(product), &user(name));
    templates.render(template, &view).unwrap()
}

#[test]
fn every_mail_says_in_both_forms_what_it_has_to() {
    let needed: [(Template, &[&str]); 4] = [
        (
            Template::OrderConfirmation,
            &[
                "12.34 USD",
                "35.00 USD",
                "2.02 USD",
                "2 January 2026, 03:04 UTC",
                "reserved",
            ],
        ),
        (
            Template::PaymentReceipt,
            &["35.00 USD", "2 January 2026, 03:04 UTC"],
        ),
        (Template::Shipping, &["TEA-1", "on its way"]),
        (
            Template::Invitation,
            &["ada@example.com", "abcdefghjk", "/auth/password"],
        ),
    ];
    for (template, words) in needed {
        let Texts { text, html } = rendered(template, "Ada", "Green tea");
        for word in words.iter().chain(&["Ada"]) {
            // The slash is escaped in HTML.
            let escaped = word.replace('/', "&#x2f;");
            assert!(text.contains(word), "{template:?}: {word}\n{text}");
            assert!(
                html.contains(word) || html.contains(&escaped),
                "{template:?}: {word}\n{html}"
            );
        }
        assert!(
            !text.contains('{') && !html.contains("{{"),
            "{text}\n{html}"
        );
        assert!(!text.contains("\n\n\n"), "{text}");
    }
}

#[test]
fn an_order_that_waits_for_approval_is_not_to_be_paid_yet() {
    let templates = Templates::compile().unwrap();
    let waiting = Order {
        status: OrderStatus::PendingApproval,
        ..order("Green tea")
    };
    let view = OrderView::new("Your order", &waiting, &user("Ada"));
    let texts = templates
        .render(Template::OrderConfirmation, &view)
        .unwrap();
    assert!(texts.text.contains("approved first") && !texts.text.contains("reserved"));
}

#[test]
fn what_people_typed_stays_text() {
    let evil = "<script>alert(1)</script>\r\n\r\nPay at http://evil.example\n\u{202e}<img src=x onerror='y'> {{ total }} {% raw %} שלום";
    for template in Template::ALL {
        let Texts { text, html } = rendered(*template, evil, evil);
        assert!(
            !html.contains("<script") && !html.contains("<img") && !html.contains("onerror='"),
            "{html}"
        );
        assert!(html.contains("&lt;script&gt;"), "{html}");
        for form in [&text, &html] {
            assert!(!form.contains('\u{202e}') && !form.contains('\r'), "{form}");
            assert!(
                form.contains("שלום") && form.contains("{{ total }}"),
                "{form}"
            );
            assert!(
                !form.lines().any(|line| line.starts_with("Pay at")),
                "{form}"
            );
        }
        assert!(
            text.contains('\u{2068}') && text.contains("<script>alert(1)</script> Pay at"),
            "{text}"
        );
    }
}

#[test]
fn html_is_accessible_and_fetches_nothing() {
    for template in Template::ALL {
        let html = rendered(*template, "Ada", "Green tea").html;
        assert!(
            html.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"),
            "{html}"
        );
        assert!(
            html.contains("<title>") && html.matches("<h1").count() == 1,
            "{html}"
        );
        for fetched in ["http:", "https:", "src=", "<link", "<style", "url("] {
            assert!(!html.contains(fetched), "{fetched}: {html}");
        }
        if html.contains("<table") {
            assert!(
                html.contains("<caption") && html.contains("scope=\"col\""),
                "{html}"
            );
        }
    }
}
