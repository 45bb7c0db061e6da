//! The states that pacts may ask for, reached as people would reach them: through the API. `contract/docs/pact.md` lists
//! them for the consumers' teams.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use pact_models::provider_states::ProviderState;
use pact_verifier::callback_executors::ProviderStateExecutor;
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use crate::{
    api::{Api, PASSWORD, StateResult, text, unique},
    server::Waybill,
};

/// What one interaction's states made, by the names that pacts know.
type Values = HashMap<String, Value>;

/// Brings one server into the states.
pub(crate) struct States {
    api: Api,
    /// The administrator, logged in once.
    admin: OnceCell<Api>,
    /// The values of the interaction that runs.
    made: Mutex<Values>,
}

/// What a pact says about a state.
struct Wish<'a>(&'a HashMap<String, Value>);

impl Wish<'_> {
    fn number(&self, name: &str, default: i64) -> i64 {
        self.0.get(name).and_then(Value::as_i64).unwrap_or(default)
    }

    fn text<'a>(&'a self, name: &str, default: &'a str) -> &'a str {
        self.0.get(name).and_then(Value::as_str).unwrap_or(default)
    }
}

impl fmt::Debug for States {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("States").finish_non_exhaustive()
    }
}

#[async_trait]
impl ProviderStateExecutor for States {
    async fn call(
        self: Arc<Self>,
        _interaction_id: Option<String>,
        state: &ProviderState,
        setup: bool,
        _client: Option<&reqwest::Client>,
    ) -> StateResult<Values> {
        if !setup {
            self.made.lock().expect("nobody panicked").clear();
            return Ok(Values::new());
        }
        let made = self.reach(&state.name, &Wish(&state.params)).await?;
        let mut all = self.made.lock().expect("nobody panicked");
        all.extend(made.clone());
        Ok(made)
    }

    /// The states of one interaction build on each other; the next one begins anew.
    fn teardown(&self) -> bool {
        true
    }
}

impl States {
    pub(crate) fn of(server: &Waybill) -> Self {
        Self {
            api: Api::at(&server.base),
            admin: OnceCell::new(),
            made: Mutex::default(),
        }
    }

    /// A value that a state of the running interaction made.
    pub(crate) fn made(&self, name: &str) -> StateResult<String> {
        let made = self.made.lock().expect("nobody panicked");
        let value = made.get(name).and_then(Value::as_str).map(str::to_owned);
        value.ok_or_else(|| anyhow::anyhow!("no state before this one makes `{name}`"))
    }

    async fn reach(&self, name: &str, wish: &Wish<'_>) -> StateResult<Values> {
        match name {
            "" => Ok(Values::new()),
            "a product is in the catalogue" => self.product(wish).await,
            "an e-mail address is free" => Ok(values(&[("email", address())])),
            "a customer has an account" => self.account(wish).await,
            "a customer is logged in" | "another customer is logged in" => self.session(wish).await,
            "the customer has an order" => self.order(wish).await,
            "the app has read one entry of the wallet" => self.one_entry_read().await,
            "staff is logged in" => self.staff().await,
            "a program has an API key" => self.api_key(wish).await,
            unknown => {
                anyhow::bail!("nobody knows the state \"{unknown}\": see contract/docs/pact.md")
            }
        }
    }

    async fn product(&self, wish: &Wish<'_>) -> StateResult<Values> {
        let body = json!({
            "sku": unique("LAMP-BRASS"),
            "name": wish.text("name", "Brass desk lamp"),
            "description": wish.text("description", "It swings both ways."),
            "price": wish.number("price", 4_900),
            "currency": "USD",
            "stock": wish.number("stock", 12),
        });
        let admin = self.admin().await?;
        let product = text(&admin.post("/api/v1/products", body).await?.data, "id")?;
        let etag = self
            .api
            .get(&format!("/api/v1/products/{product}"))
            .await?
            .etag;
        Ok(values(&[("productId", product), ("etag", etag)]))
    }

    async fn account(&self, wish: &Wish<'_>) -> StateResult<Values> {
        let email = address();
        let name = wish.text("name", "Ada Lovelace");
        let body = json!({ "email": email, "password": PASSWORD, "name": name });
        let user = self.api.post("/api/v1/auth/register", body).await?.data;
        Ok(values(&[
            ("email", email),
            ("password", PASSWORD.to_owned()),
            ("userId", text(&user, "id")?),
        ]))
    }

    async fn session(&self, wish: &Wish<'_>) -> StateResult<Values> {
        let mut made = self.account(wish).await?;
        let email = made["email"].as_str().unwrap_or_default();
        let client = wish.text("client", "web");
        let tokens = self.api.log_in(email, PASSWORD, client).await?;
        for name in ["accessToken", "refreshToken"] {
            made.insert(name.to_owned(), text(&tokens, name)?.into());
        }
        let balance = wish.number("balance", 25_000);
        if balance > 0 {
            let body = json!({ "amount": balance, "currency": "USD", "source": "card_sandbox" });
            let customer = self.api.bearer(&text(&tokens, "accessToken")?);
            customer.post("/api/v1/wallet/top-ups", body).await?;
        }
        Ok(made)
    }

    /// An order in a status, of a customer who is logged in; cancelled `after` it was in another status.
    async fn order(&self, wish: &Wish<'_>) -> StateResult<Values> {
        let mut made = self.session(wish).await?;
        let product = self.product(wish).await?;
        let customer = made["accessToken"].as_str().unwrap_or_default();
        let customer = self.api.bearer(customer);
        let body = json!({
            "productId": product["productId"], "quantity": wish.number("quantity", 2),
        });
        let order = text(&customer.post("/api/v1/orders", body).await?.data, "id")?;
        let status = wish.text("status", "PENDING");
        let last = if status == "CANCELLED" {
            wish.text("after", "PENDING")
        } else {
            status
        };
        self.walk(&customer, &order, last).await?;
        let path = format!("/api/v1/orders/{order}");
        if status == "CANCELLED" {
            customer
                .post(&format!("{path}/cancel"), Value::Null)
                .await?;
        }
        let etag = customer.get(&path).await?.etag;
        made.extend(product);
        made.extend(values(&[("orderId", order), ("etag", etag)]));
        Ok(made)
    }

    /// Takes an order from PENDING as far as `status`.
    async fn walk(&self, customer: &Api, order: &str, status: &str) -> StateResult<()> {
        const WAY: [&str; 5] = ["PENDING", "PAID", "PROCESSING", "SHIPPED", "DELIVERED"];
        let Some(end) = WAY.iter().position(|step| *step == status) else {
            anyhow::bail!(
                "an order cannot be brought to `{status}`: use one of {WAY:?} or CANCELLED"
            );
        };
        for step in &WAY[1..=end] {
            if *step == "PAID" {
                customer
                    .post(&format!("/api/v1/orders/{order}/pay"), Value::Null)
                    .await?;
            } else {
                let path = format!("/api/v1/admin/orders/{order}/status");
                self.admin()
                    .await?
                    .patch(&path, json!({ "status": step }))
                    .await?;
            }
        }
        Ok(())
    }

    async fn one_entry_read(&self) -> StateResult<Values> {
        let customer = self.api.bearer(&self.made("accessToken")?);
        let feed = customer.get("/api/v1/wallet/entries?limit=1").await?;
        Ok(values(&[("cursor", text(&feed.meta, "nextCursor")?)]))
    }

    async fn admin(&self) -> StateResult<&Api> {
        self.admin.get_or_try_init(|| self.api.admin()).await
    }

    async fn staff(&self) -> StateResult<Values> {
        let (email, password) = crate::server::ADMIN;
        let tokens = self.api.log_in(email, password, "web").await?;
        Ok(values(&[("accessToken", text(&tokens, "accessToken")?)]))
    }

    async fn api_key(&self, wish: &Wish<'_>) -> StateResult<Values> {
        let scopes = wish
            .0
            .get("scopes")
            .cloned()
            .unwrap_or_else(|| json!(["products:write"]));
        let body = json!({ "name": unique("counter"), "scopes": scopes });
        let admin = self.admin().await?;
        let key = admin.post("/api/v1/api-keys", body).await?.data;
        Ok(values(&[("apiKey", text(&key, "key")?)]))
    }
}

/// An e-mail address that nobody has.
fn address() -> String {
    format!("{}@example.com", unique("ada"))
}

fn values(pairs: &[(&str, String)]) -> Values {
    let pairs = pairs.iter();
    pairs
        .map(|(name, value)| ((*name).to_owned(), value.clone().into()))
        .collect()
}
