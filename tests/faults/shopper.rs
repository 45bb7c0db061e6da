//! A device of a customer: it buys and pays, repeats under the same key what was not answered, and holds every answer
//! against the document.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use rand::{RngExt as _, rngs::StdRng};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::{
    sync::watch,
    time::{Instant, sleep},
};

use crate::{
    journal::{Account, Kind, Wish},
    parameters::PATIENCE,
    stage::Doors,
    support::{Answer, factories::PASSWORD, judge},
};

/// One device.
pub struct Shopper {
    pub account: Arc<Account>,
    /// The ids of the catalogue.
    pub products: Arc<Vec<String>>,
    pub doors: Doors,
    pub random: StdRng,
    /// Tells its keys from those of the other devices.
    pub name: String,
    http: reqwest::Client,
    token: String,
    wishes: u64,
}

impl Shopper {
    /// Logs in.
    pub async fn new(
        account: Arc<Account>,
        products: Arc<Vec<String>>,
        doors: Doors,
        random: StdRng,
        name: String,
    ) -> Self {
        let http = reqwest::Client::builder()
            .timeout(doors.patience)
            .build()
            .expect("a client");
        let mut shopper = Self {
            account,
            products,
            doors,
            random,
            name,
            http,
            token: String::new(),
            wishes: 0,
        };
        shopper.log_in().await;
        shopper
    }

    /// Does one thing after the other until it is told to stop; what was begun then is brought to its end.
    pub async fn shop(mut self, stop: watch::Receiver<bool>) -> Self {
        while !*stop.borrow() {
            let pause = self.random.random_range(5..40);
            sleep(Duration::from_millis(pause)).await;
            match self.random.random_range(0..100) {
                0..15 => self.look().await,
                15..17 => self.log_in().await,
                _ => {
                    if let Some(wish) = self.wish() {
                        self.pursue(wish).await;
                    }
                }
            }
        }
        self
    }

    async fn log_in(&mut self) {
        let body = json!({ "email": self.account.email, "password": PASSWORD });
        let path = "/api/v1/auth/login";
        let answer = self.until_answered(Method::POST, path, None, &body).await;
        let data = answer.must(200).data();
        let token = data["accessToken"].as_str().expect("a token");
        token.clone_into(&mut self.token);
    }

    /// Reads something; what it says is nobody's business, but that it is an answer.
    async fn look(&mut self) {
        let order = self.any_order(|_, _| true);
        let path = match (self.random.random_range(0..4), order) {
            (0, Some(id)) => format!("/api/v1/orders/{id}"),
            (1, _) => "/api/v1/orders".to_owned(),
            (2, _) => "/api/v1/products".to_owned(),
            _ => "/api/v1/wallet".to_owned(),
        };
        let answer = self
            .until_answered(Method::GET, &path, None, &Value::Null)
            .await;
        answer.must(200);
    }

    /// Makes something up.
    fn wish(&mut self) -> Option<Wish> {
        let orders = "/api/v1/orders";
        let (kind, path, body) = match self.random.random_range(0..100) {
            0..20 => {
                let amount = self.random.random_range(1..=5_000);
                let body = json!({ "amount": amount, "currency": "USD", "source": "sandbox-card" });
                let path = "/api/v1/wallet/top-ups".to_owned();
                (Kind::TopUp { amount }, path, body)
            }
            20..55 => {
                let product = self.random.random_range(0..self.products.len());
                let quantity = self.random.random_range(1..=3);
                let body = json!({ "productId": self.products[product], "quantity": quantity });
                (Kind::Order { product, quantity }, orders.to_owned(), body)
            }
            55..90 => {
                let order = self.any_order(|status, _| status == "PENDING")?;
                let path = format!("{orders}/{order}/pay");
                (Kind::Pay { order }, path, Value::Null)
            }
            _ => {
                let order = self.any_order(|status, _| status != "CANCELLED")?;
                let path = format!("{orders}/{order}/cancel");
                (Kind::Cancel { order }, path, json!({}))
            }
        };
        self.wishes += 1;
        Some(Wish {
            key: format!("{}-{}", self.name, self.wishes),
            kind,
            path,
            body,
        })
    }

    /// One of the account's last orders. The other device may be at it, too, which is what the server must stand.
    fn any_order(&mut self, fits: impl Fn(&str, &str) -> bool) -> Option<String> {
        let books = self.account.books();
        let fitting = books.orders.keys().rev().take(30);
        let fitting: Vec<_> = fitting.filter(|id| fits(books.status(id), id)).collect();
        let at = self.random.random_range(0..fitting.len().max(1));
        fitting.get(at).map(|id| (*id).clone())
    }

    /// Sends a wish until it is answered, or gives it up for now and leaves it open.
    async fn pursue(&mut self, wish: Wish) {
        let gives_up = self.random.random_range(0..100) < 20;
        let answer = if gives_up {
            self.attempt(Method::POST, &wish.path, Some(&wish.key), &wish.body)
                .await
        } else {
            let key = Some(wish.key.as_str());
            Some(
                self.until_answered(Method::POST, &wish.path, key, &wish.body)
                    .await,
            )
        };
        match answer {
            Some(answer) => self.account.note(&wish, &answer),
            None => self.account.books().open.push(wish),
        }
    }

    /// Sends a wish that was left open once more, now that all is well.
    pub async fn settle(&mut self, wish: &Wish) -> Answer {
        self.until_answered(Method::POST, &wish.path, Some(&wish.key), &wish.body)
            .await
    }

    /// Reads what must be there.
    pub async fn read(&mut self, path: &str) -> Value {
        self.until_answered(Method::GET, path, None, &Value::Null)
            .await
            .must(200)
            .json()
    }

    /// Sends a request, again and again, until there is an answer that does not say to come again.
    async fn until_answered(
        &mut self,
        method: Method,
        path: &str,
        key: Option<&str>,
        body: &Value,
    ) -> Answer {
        let begun = Instant::now();
        let mut pause = Duration::from_millis(20);
        loop {
            if let Some(answer) = self.attempt(method.clone(), path, key, body).await {
                return answer;
            }
            let waited = begun.elapsed();
            assert!(waited < PATIENCE, "{method} {path} ({key:?}): no answer");
            sleep(pause.mul_f64(self.random.random_range(0.5..1.5))).await;
            pause = (pause * 2).min(Duration::from_millis(300));
        }
    }

    /// Sends a request once. No answer, or one that says to come again, is `None`.
    async fn attempt(
        &mut self,
        method: Method,
        path: &str,
        key: Option<&str>,
        body: &Value,
    ) -> Option<Answer> {
        let door = self.doors.pick(&mut self.random);
        let answer = match self.send(&door, method.clone(), path, key, body).await {
            Ok(answer) => answer,
            Err(error) => {
                self.account.disturbed.fetch_add(1, Ordering::Relaxed);
                let what = if error.is_timeout() { "silence" } else { "cut" };
                self.doors.disturbed(what, "");
                return None;
            }
        };
        judge(&method, path, &answer);
        assert_ne!(answer.status, 500, "{}", answer.text());
        if answer.status == 401 && self.doors.tokens_may_end {
            self.account.disturbed.fetch_add(1, Ordering::Relaxed);
            self.doors.disturbed("401", &answer.code());
            Box::pin(self.log_in()).await;
            return None;
        }
        let comes_again =
            matches!(answer.status, 429 | 503 | 504) || answer.code() == "IDEMPOTENCY_KEY_IN_USE";
        if comes_again {
            self.account.disturbed.fetch_add(1, Ordering::Relaxed);
            self.doors
                .disturbed(&answer.status.to_string(), &answer.code());
            if matches!(answer.status, 429 | 503) {
                let wait = answer.header("retry-after").parse::<u64>();
                assert!(wait.is_ok(), "{}: no Retry-After", answer.text());
            }
            return None;
        }
        Some(answer)
    }

    async fn send(
        &self,
        door: &str,
        method: Method,
        path: &str,
        key: Option<&str>,
        body: &Value,
    ) -> Result<Answer, reqwest::Error> {
        let mut request = self.http.request(method.clone(), format!("{door}{path}"));
        if !path.starts_with("/api/v1/auth/") {
            request = request.bearer_auth(&self.token);
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        if !body.is_null() {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Answer {
            request: format!("{method} {path}"),
            status,
            headers,
            bytes: response.bytes().await?.to_vec(),
        })
    }
}
