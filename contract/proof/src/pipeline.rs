//! The way of a request through the server, in the order in which it is judged.

use std::{
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderMap, Method, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::Incoming;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::{
    access::Caller,
    answer::{Answer, Content, Refusal},
    bookings::quote,
    depot::State,
    faults::Fault,
    input::Judge,
    routes::{Demands, Operation, Path},
};

/// Longer than the time that `schemathesis.toml` allows.
const SLOW: Duration = Duration::from_secs(6);

/// A depot and its fault.
#[derive(Debug)]
pub(crate) struct Server {
    fault: Option<Fault>,
    state: Mutex<State>,
    requests: AtomicU64,
}

/// What operations see of a request.
pub(crate) struct Request<'r> {
    pub(crate) id: String,
    pub(crate) method: &'r Method,
    pub(crate) path: &'r str,
    pub(crate) query: &'r str,
    pub(crate) headers: &'r HeaderMap,
    pub(crate) caller: Option<Caller>,
    pub(crate) body: Bytes,
}

impl Request<'_> {
    /// What makes two requests the same.
    pub(crate) fn fingerprint(&self) -> Bytes {
        let desk = self
            .headers
            .get("x-desk")
            .map(|value| value.as_bytes().to_vec());
        let head = format!("{} {}?{} {desk:?} ", self.method, self.path, self.query);
        [head.as_bytes(), &self.body].concat().into()
    }
}

impl Server {
    pub(crate) fn new(fault: Option<Fault>) -> Self {
        let now = format!("{:.3}", now());
        Self {
            fault,
            state: Mutex::new(State::new(&now)),
            requests: AtomicU64::new(0),
        }
    }

    /// Whether this is what is broken here.
    pub(crate) fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves the depot as it was between two statements, which is good enough to go on.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn next_request(&self) -> u64 {
        self.requests.fetch_add(1, Ordering::Relaxed)
    }

    #[expect(
        clippy::unused_self,
        reason = "read like the rest of what the server knows"
    )]
    pub(crate) fn timestamp(&self) -> String {
        format!("{:.3}", now())
    }

    #[expect(
        clippy::unused_self,
        reason = "read like the rest of what the server knows"
    )]
    pub(crate) fn now_ms(&self) -> i64 {
        now().as_millisecond()
    }

    /// Answers one request.
    pub(crate) async fn answer(&self, request: http::Request<Incoming>) -> Response<Full<Bytes>> {
        let (head, body) = request.into_parts();
        let mut request = Request {
            id: self.request_id(&head.headers),
            method: &head.method,
            path: head.uri.path(),
            query: head.uri.query().unwrap_or_default(),
            headers: &head.headers,
            caller: None,
            body: Bytes::new(),
        };
        let mut operation = None;
        let answer = self
            .judge(&mut request, &mut operation, body)
            .await
            .unwrap_or_else(Answer::from);
        self.write(operation, answer, &request.id)
    }

    /// The id of a request: that of the client when it has the right form.
    fn request_id(&self, headers: &HeaderMap) -> String {
        let given = headers
            .get("x-request-id")
            .and_then(|value| value.to_str().ok());
        let is_kept = |text: &&str| {
            (1..=128).contains(&text.len())
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
        };
        match given.filter(is_kept) {
            Some(id) => id.to_owned(),
            None => format!("req_{:08x}", self.next_request()),
        }
    }

    /// Everything before the body: the path, the method, the caller, the budget.
    async fn judge(
        &self,
        request: &mut Request<'_>,
        chosen: &mut Option<Operation>,
        body: Incoming,
    ) -> Result<Answer, Refusal> {
        let path = Path::read(request.path).ok_or(Refusal::RouteNotFound)?;
        if *request.method == Method::OPTIONS {
            let answer = Answer::of(StatusCode::NO_CONTENT, Content::Nothing);
            return Ok(answer.with(header::ALLOW, self.options(&path)));
        }
        let Some(operation) = self.operation(&path, request.method) else {
            return Ok(self.method_not_allowed(&path));
        };
        *chosen = Some(operation);
        let demands = operation.demands();
        request.caller = self.admit(operation, demands.access.as_ref(), request.headers)?;
        let Some(tier) = demands.tier else {
            return self
                .carry_out(request, operation, &demands, &path, body)
                .await;
        };
        let budget = self.spend(request.caller.map_or("", |caller| caller.name), tier);
        let answer = match budget.check() {
            Ok(()) => {
                self.carry_out(request, operation, &demands, &path, body)
                    .await
            }
            Err(refusal) => Err(refusal),
        };
        Ok(self.announce(answer.unwrap_or_else(Answer::from), budget))
    }

    fn operation(&self, path: &Path, method: &Method) -> Option<Operation> {
        let runs_as_get = *method == Method::HEAD
            || (*method == Method::PUT
                && *path == Path::Parcels
                && self.has(Fault::UndeclaredMethodRuns))
            || (*method == Method::TRACE && self.has(Fault::TraceEchoes));
        let wanted = if runs_as_get { &Method::GET } else { method };
        let mut known = path.operations().iter();
        known
            .find(|(method, _)| method == wanted)
            .map(|(_, operation)| *operation)
    }

    fn method_not_allowed(&self, path: &Path) -> Answer {
        if self.has(Fault::UndeclaredMethod404) {
            return Refusal::RouteNotFound.into();
        }
        let answer = Answer::from(Refusal::MethodNotAllowed);
        if self.has(Fault::AllowMissing) {
            return answer;
        }
        answer.with(header::ALLOW, allowed(path).join(", "))
    }

    fn options(&self, path: &Path) -> String {
        let mut methods = allowed(path);
        if *path == Path::Parcels && self.has(Fault::OptionsOmitsMethod) {
            methods.retain(|method| method != "POST");
        }
        if *path == Path::Parcels && self.has(Fault::OptionsInventsMethod) {
            methods.push("DELETE".to_owned());
        }
        methods.join(", ")
    }

    /// Reads the body, judges all of the request, and does what it asks for.
    async fn carry_out(
        &self,
        request: &mut Request<'_>,
        operation: Operation,
        demands: &Demands,
        path: &Path,
        incoming: Incoming,
    ) -> Result<Answer, Refusal> {
        if let Some(media_type) = demands.body {
            self.check_media_type(request.headers, media_type)?;
            request.body = self.collect(incoming).await?;
        }
        let mut judge = Judge::new(self);
        let query = judge.query(demands.query, request.query);
        judge.headers(demands.headers, request.headers);
        let body = self.read_body(&mut judge, operation, request)?;
        let violations = judge.violations;
        if !violations.is_empty() {
            let in_query = violations.iter().any(|violation| violation.part == "query");
            if in_query && operation == Operation::ListParcels && self.has(Fault::UndeclaredRefusal)
            {
                return Err(Refusal::UndeclaredConflict);
            }
            return Err(Refusal::Invalid(violations));
        }
        let key = self.idempotency_key(demands.takes_key, request.headers)?;
        self.run(request, operation, path, &query, &body, key).await
    }

    async fn run(
        &self,
        request: &Request<'_>,
        operation: Operation,
        path: &Path,
        query: &Map<String, Value>,
        body: &Value,
        key: Option<String>,
    ) -> Result<Answer, Refusal> {
        let id = path.id().unwrap_or_default();
        match operation {
            Operation::GetHealth => {
                if self.has(Fault::SlowAnswer) {
                    tokio::time::sleep(SLOW).await;
                }
                return Ok(Answer::data(json!({"status": "healthy"})));
            }
            Operation::OpenSession => return self.open_session(body),
            _ => {}
        }
        let caller = request.caller.ok_or(Refusal::NoToken)?;
        match operation {
            Operation::GetHealth | Operation::OpenSession => Err(Refusal::Internal),
            Operation::GetQuote => Ok(quote(query)),
            Operation::PlanRoutes => Ok(Answer::data(json!({"routes": 12}))),
            Operation::ListParcels => self.list_parcels(caller, query),
            Operation::RegisterParcel => self.register_parcel(caller, body),
            Operation::ReadParcel => self.read_parcel(request, caller, id),
            Operation::ChangeParcel => self.change_parcel(request, caller, id, body),
            Operation::DropParcel => self.drop_parcel(caller, id),
            Operation::InstructParcel => self.instruct_parcel(caller, id),
            Operation::PrintLabel => self.print_label(caller, id),
            Operation::CancelParcel => self.cancel_parcel(caller, id),
            Operation::MoveParcel => self.move_parcel(caller, id, body),
            Operation::FollowBookings => Ok(self.follow_bookings(caller, query)),
            Operation::BookPickup => Ok(self.book_pickup(request, caller, body, key).await),
            Operation::ReadBooking => self.read_booking(caller, id),
        }
    }
}

/// The methods of a path, those included that come with every path.
fn allowed(path: &Path) -> Vec<String> {
    let mut methods: Vec<String> = path
        .operations()
        .iter()
        .map(|(method, _)| method.to_string())
        .collect();
    if methods.iter().any(|method| method == "GET") {
        methods.push("HEAD".to_owned());
    }
    methods.push("OPTIONS".to_owned());
    methods
}

#[expect(clippy::disallowed_methods, reason = "the test server's only clock")]
fn now() -> Timestamp {
    Timestamp::now()
}
