//! `seed`

use secrecy::ExposeSecret;

use super::{Seed, answer, note};
use crate::{
    app::{Api, App},
    auth::{Registration, made_up_password},
    config::Environment,
    context::RequestContext,
    domain::{EmailAddress, Money, PageRequest},
    error::{Error, chain},
    products::{NewProduct, ProductFilter, ProductSort},
    users::{UserQuery, UserSort},
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
    if !is_empty(api).await? {
        if seed.if_empty {
            return Ok(());
        }
        return Err(Error::Refused(
            "the database is not empty; demo data goes into an empty one only".to_owned(),
        ));
    }
    let ctx = RequestContext::system("seed", api.clock.now());
    fill_the_catalogue(api, &ctx).await?;
    let credentials = open_accounts(api, &ctx).await?;
    note("Demo credentials, shown this once:");
    answer(&credentials)?;
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
        api.products
            .create(ctx, &new, None)
            .await
            .map_err(refused)?;
    }
    Ok(())
}

/// Opens an account that administers and one that buys; its wallet is empty, topping it up is the first thing to try.
async fn open_accounts(api: &Api, ctx: &RequestContext) -> Result<String, Error> {
    let address = |text: &str| text.parse::<EmailAddress>().map_err(refused);
    let admin_password = made_up_password(&api.ids);
    api.admins
        .create(
            ctx,
            address(ADMIN)?,
            "Demo administrator",
            admin_password.clone(),
        )
        .await
        .map_err(refused)?;
    let password = made_up_password(&api.ids);
    let registration = Registration {
        email: address(CUSTOMER)?,
        name: "Demo customer".to_owned(),
        password: password.clone(),
    };
    api.auth
        .register(ctx, registration)
        .await
        .map_err(refused)?;
    Ok(format!(
        "admin     {ADMIN}     {}\ncustomer  {CUSTOMER}  {}\n",
        admin_password.expose_secret(),
        password.expose_secret()
    ))
}

fn refused(error: impl std::error::Error) -> Error {
    Error::Refused(chain(&error))
}
