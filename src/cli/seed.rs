//! `seed`: what is missing of the demo data comes, what is there stays.

use secrecy::{ExposeSecret, SecretString};

use super::{Seed, admin::made_up_password, answer, note};
use crate::{
    app::{Api, App},
    auth::{AuthError, Registration},
    config::Environment,
    context::RequestContext,
    domain::{EmailAddress, Money, PageRequest},
    error::{Error, chain},
    products::{NewProduct, ProductError, ProductFilter, ProductSort},
    users::{User, UserError, UserQuery, UserSort},
};

const ADMIN: &str = "admin@waybill.example";
const CUSTOMER: &str = "customer@waybill.example";

/// SKU, name, description, price in minor units, stock.
const PRODUCTS: &[(&str, &str, &str, i64, i64)] = &[
    (
        "MUG-WHITE",
        "White mug",
        "Porcelain, 0.3 litres",
        1_250,
        120,
    ),
    ("MUG-BLUE", "Blue mug", "Stoneware, 0.4 litres", 1_490, 80),
    (
        "TEAPOT-1L",
        "Teapot",
        "Cast iron, one litre, with a strainer",
        5_900,
        25,
    ),
    ("TEA-GREEN-100", "Green tea", "Sencha, 100 grams", 890, 300),
    ("TEA-BLACK-250", "Black tea", "Assam, 250 grams", 1_190, 240),
    (
        "COFFEE-1KG",
        "Coffee",
        "Whole beans, one kilogram",
        2_150,
        150,
    ),
    (
        "GRINDER-HAND",
        "Hand grinder",
        "Steel burrs, 30 grams",
        7_900,
        18,
    ),
    (
        "KETTLE-GOOSE",
        "Gooseneck kettle",
        "0.9 litres, for pouring over",
        8_450,
        0,
    ),
    (
        "FILTER-V60-100",
        "Paper filters",
        "A hundred, size 02",
        650,
        500,
    ),
    (
        "TRAY-OAK",
        "Serving tray",
        "Oiled oak, 40 by 30 centimetres",
        4_200,
        40,
    ),
];

pub(super) async fn run(seed: &Seed, app: App) -> Result<(), Error> {
    let api = app.api();
    if api.config.environment == Environment::Production {
        return Err(Error::Refused(
            "demo data has no place in production".to_owned(),
        ));
    }
    if seed.if_empty && !is_empty(api).await? {
        return Ok(());
    }
    let ctx = RequestContext::system("seed", api.clock.now());
    fill_the_catalogue(api, &ctx).await?;
    let credentials = open_accounts(api, &ctx).await?;
    if !credentials.is_empty() {
        note("Demo credentials, shown this once:");
        answer(&credentials)?;
    }
    api.db.close().await;
    Ok(())
}

async fn is_empty(api: &Api) -> Result<bool, Error> {
    let page = PageRequest::new(1, 1);
    let users = UserQuery {
        role: None,
        q: None,
        sort: UserSort::default(),
        page,
    };
    let users = api.users.list(&users).await.map_err(refused)?;
    let products = api
        .products
        .list(&ProductFilter::default(), ProductSort::CreatedAt, page)
        .await;
    Ok(users.meta.total == 0 && products.map_err(refused)?.meta.total == 0)
}

async fn fill_the_catalogue(api: &Api, ctx: &RequestContext) -> Result<(), Error> {
    let currency = api.config.orders.default_currency;
    for (sku, name, description, price, stock) in PRODUCTS {
        let new = NewProduct {
            sku: (*sku).to_owned(),
            name: (*name).to_owned(),
            description: Some((*description).to_owned()),
            price: Money::new(*price, currency).map_err(refused)?,
            stock: *stock,
        };
        match api.products.create(ctx, &new, None).await {
            // It is there from an earlier time, and stays as it is.
            Ok(_) | Err(ProductError::SkuAlreadyExists) => {}
            Err(error) => return Err(refused(error)),
        }
    }
    Ok(())
}

/// Opens an account that administers and one that buys; its wallet is empty, topping it up is the first thing to try.
/// Returns the credentials of those that were not there yet.
async fn open_accounts(api: &Api, ctx: &RequestContext) -> Result<String, Error> {
    let address = |text: &str| text.parse::<EmailAddress>().map_err(refused);
    let mut credentials = String::new();

    let password = made_up_password(&api.ids);
    let admin = api
        .admins
        .create(ctx, address(ADMIN)?, "Demo administrator", password.clone())
        .await;
    if is_new(admin)? {
        credentials.push_str(&line("admin", ADMIN, &password));
    }

    let password = made_up_password(&api.ids);
    let registration = Registration {
        email: address(CUSTOMER)?,
        name: "Demo customer".to_owned(),
        password: password.clone(),
    };
    if is_new(api.auth.register(ctx, registration).await)? {
        credentials.push_str(&line("customer", CUSTOMER, &password));
    }
    Ok(credentials)
}

fn is_new(opened: Result<User, AuthError>) -> Result<bool, Error> {
    match opened {
        Ok(_) => Ok(true),
        Err(AuthError::User(UserError::EmailTaken)) => Ok(false),
        Err(error) => Err(refused(error)),
    }
}

fn line(role: &str, email: &str, password: &SecretString) -> String {
    format!("{role:<10}{email:<26}{}\n", password.expose_secret())
}

fn refused(error: impl std::error::Error) -> Error {
    Error::Refused(chain(&error))
}
