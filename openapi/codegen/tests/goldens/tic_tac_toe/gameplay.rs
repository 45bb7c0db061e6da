//! Generated from tests/cases/positive/tic-tac-toe.yaml (sha256 f93c5c2ce8785c7dc47f5f5b1beb98bdb733029de5a55f2d086115a98ac6eb0d). Do not edit.
//!
//! The tag `Gameplay`.

use std::future::Future;
use std::sync::Arc;
use openapi_runtime as rt;
use super::security;
use super::types;

/// The operations of the tag `Gameplay`. (tests/cases/positive/tic-tac-toe.yaml:7)
///
/// Reading and playing.
pub trait GameplayApi: rt::Host {
    /// Get the whole board (tests/cases/positive/tic-tac-toe.yaml:15)
    ///
    /// Shows all nine squares and who has won, if anybody has.
    ///
    /// `GET /board`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`GetBoardError`].
    fn get_board(
        &self,
        call: rt::Call<Self::Caller>,
        request: GetBoardRequest,
    ) -> impl Future<Output = Result<GetBoardOk, GetBoardError>> + Send;

    /// Get one square (tests/cases/positive/tic-tac-toe.yaml:32)
    ///
    /// Shows the mark on one square.
    ///
    /// `GET /board/{row}/{column}`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`GetSquareError`].
    fn get_square(
        &self,
        call: rt::PublicCall<Self::Caller>,
        request: GetSquareRequest,
    ) -> impl Future<Output = Result<GetSquareOk, GetSquareError>> + Send;

    /// Set one square (tests/cases/positive/tic-tac-toe.yaml:48)
    ///
    /// Places a mark. What must hold:
    /// - the square is empty, and
    ///   nobody has won yet;
    /// - it is the mark's turn.
    ///
    /// `PUT /board/{row}/{column}`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`PutSquareError`].
    fn put_square(
        &self,
        call: rt::Call<Self::Caller>,
        request: PutSquareRequest,
    ) -> impl Future<Output = Result<PutSquareOk, PutSquareError>> + Send;
}

/// How `getBoard` is judged before its handler runs. (tests/cases/positive/tic-tac-toe.yaml:15)
pub static GET_BOARD: rt::Spec = rt::Spec {
    id: "getBoard",
    tag: "Gameplay",
    method: "GET",
    path: "/board",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[
        &[
            rt::Requirement {
                scheme: &security::PLAYER_KEY,
                names: &["board:read"],
            },
        ],
        &[
            rt::Requirement {
                scheme: &security::BEARER,
                names: &[],
            },
        ],
    ],
    parameters: &[],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::status::STATUS_SCHEMA),
            ..rt::Answer::NEW
        },
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(403, &["FORBIDDEN", "INSUFFICIENT_SCOPE"]),
    ],
    ..rt::Spec::NEW
};

/// `GET /board`: Get the whole board (tests/cases/positive/tic-tac-toe.yaml:15)
#[derive(Debug, Clone)]
pub struct GetBoardRequest {}

impl<S: GameplayApi> rt::Operation<S> for GetBoardRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = GetBoardOk;
    type Error = GetBoardError;
    fn spec() -> &'static rt::Spec {
        &GET_BOARD
    }

    fn parse(_input: &mut rt::Input<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.get_board(call, self)
    }
}

/// The answers of `getBoard` below 400. (tests/cases/positive/tic-tac-toe.yaml:15)
#[derive(Debug, Clone)]
pub enum GetBoardOk {
    /// 200: The board. (tests/cases/positive/tic-tac-toe.yaml:21)
    Ok {
        /// The body.
        body: types::Status,
    },
}

impl rt::Reply for GetBoardOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body } => rt::Rendered::json(200, body),
        }
    }
}

impl GetBoardOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `getBoard` from 400 on, by code. (tests/cases/positive/tic-tac-toe.yaml:15)
#[derive(Debug, Clone)]
pub enum GetBoardError {
    /// 401 `NO_TOKEN`: Who are you? (tests/cases/positive/tic-tac-toe.yaml:112)
    NoToken(rt::Problem),
    /// 401 `INVALID_TOKEN`: Who are you? (tests/cases/positive/tic-tac-toe.yaml:112)
    InvalidToken(rt::Problem),
    /// 401 `INVALID_API_KEY`: Who are you? (tests/cases/positive/tic-tac-toe.yaml:112)
    InvalidApiKey(rt::Problem),
    /// 403 `FORBIDDEN`: You may not. (tests/cases/positive/tic-tac-toe.yaml:118)
    Forbidden(rt::Problem),
    /// 403 `INSUFFICIENT_SCOPE`: You may not. (tests/cases/positive/tic-tac-toe.yaml:118)
    InsufficientScope(rt::Problem),
    /// 500 `INTERNAL_ERROR`: what no operation declares and every operation can meet.
    InternalError(rt::Problem),
}

impl<E: rt::IntoFailure> From<E> for GetBoardError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl GetBoardError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "FORBIDDEN" => Self::Forbidden(problem),
            "INSUFFICIENT_SCOPE" => Self::InsufficientScope(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("getBoard")),
        }
    }
}

impl rt::Refuse for GetBoardError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::Forbidden(problem) | Self::InsufficientScope(problem) => {
                rt::Refusal::problem(403, problem)
            }
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
        }
    }
}

impl GetBoardError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static GET_SQUARE_ROW: rt::rules::Int<i32> = rt::rules::Int::new(1, 3);
static GET_SQUARE_COLUMN: rt::rules::Int<i32> = rt::rules::Int::new(1, 3);

/// How `getSquare` is judged before its handler runs. (tests/cases/positive/tic-tac-toe.yaml:32)
pub static GET_SQUARE: rt::Spec = rt::Spec {
    id: "getSquare",
    tag: "Gameplay",
    method: "GET",
    path: "/board/{row}/{column}",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[
        &[
            rt::Requirement {
                scheme: &security::BEARER,
                names: &[],
            },
        ],
        &[],
    ],
    parameters: &[
        rt::Parameter::required(rt::In::Path, "row", rt::Shape::Integer("int32")),
        rt::Parameter::required(rt::In::Path, "column", rt::Shape::Integer("int32")),
    ],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::square::SQUARE_SCHEMA),
            ..rt::Answer::NEW
        },
        rt::Answer::errors(400, &["VALIDATION_ERROR", "MALFORMED_JSON"]),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
    ],
    ..rt::Spec::NEW
};

/// `GET /board/{row}/{column}`: Get one square (tests/cases/positive/tic-tac-toe.yaml:32)
#[derive(Debug, Clone)]
pub struct GetSquareRequest {
    /// The path parameter `row`. (tests/cases/positive/tic-tac-toe.yaml:92)
    ///
    /// The row, from above.
    pub row: i32,
    /// The path parameter `column`. (tests/cases/positive/tic-tac-toe.yaml:98)
    ///
    /// The column, from the left.
    pub column: i32,
}

impl<S: GameplayApi> rt::Operation<S> for GetSquareRequest {
    type Call = rt::PublicCall<S::Caller>;
    type Ok = GetSquareOk;
    type Error = GetSquareError;
    fn spec() -> &'static rt::Spec {
        &GET_SQUARE
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let row = input.path("row", &GET_SQUARE_ROW);
        let column = input.path("column", &GET_SQUARE_COLUMN);
        Some(Self { row: row?, column: column? })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.get_square(call, self)
    }
}

/// The answers of `getSquare` below 400. (tests/cases/positive/tic-tac-toe.yaml:32)
#[derive(Debug, Clone)]
pub enum GetSquareOk {
    /// 200: The mark. (tests/cases/positive/tic-tac-toe.yaml:41)
    Ok {
        /// The body.
        body: types::Square,
    },
}

impl rt::Reply for GetSquareOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body } => rt::Rendered::json(200, body),
        }
    }
}

impl GetSquareOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `getSquare` from 400 on, by code. (tests/cases/positive/tic-tac-toe.yaml:32)
#[derive(Debug, Clone)]
pub enum GetSquareError {
    /// 400 `VALIDATION_ERROR`: The request does not fit the document. (tests/cases/positive/tic-tac-toe.yaml:106)
    ValidationError(rt::Problem),
    /// 400 `MALFORMED_JSON`: The request does not fit the document. (tests/cases/positive/tic-tac-toe.yaml:106)
    MalformedJson(rt::Problem),
    /// 401 `NO_TOKEN`: Who are you? (tests/cases/positive/tic-tac-toe.yaml:112)
    NoToken(rt::Problem),
    /// 401 `INVALID_TOKEN`: Who are you? (tests/cases/positive/tic-tac-toe.yaml:112)
    InvalidToken(rt::Problem),
    /// 401 `INVALID_API_KEY`: Who are you? (tests/cases/positive/tic-tac-toe.yaml:112)
    InvalidApiKey(rt::Problem),
    /// 500 `INTERNAL_ERROR`: what no operation declares and every operation can meet.
    InternalError(rt::Problem),
}

impl<E: rt::IntoFailure> From<E> for GetSquareError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl GetSquareError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("getSquare")),
        }
    }
}

impl rt::Refuse for GetSquareError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem) | Self::MalformedJson(problem) => {
                rt::Refusal::problem(400, problem)
            }
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
        }
    }
}

impl GetSquareError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static PUT_SQUARE_ROW: rt::rules::Int<i32> = rt::rules::Int::new(1, 3);
static PUT_SQUARE_COLUMN: rt::rules::Int<i32> = rt::rules::Int::new(1, 3);

/// How `putSquare` is judged before its handler runs. (tests/cases/positive/tic-tac-toe.yaml:48)
pub static PUT_SQUARE: rt::Spec = rt::Spec {
    id: "putSquare",
    tag: "Gameplay",
    method: "PUT",
    path: "/board/{row}/{column}",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[
        &[
            rt::Requirement {
                scheme: &security::PLAYER_KEY,
                names: &["board:read", "board:write"],
            },
        ],
        &[
            rt::Requirement {
                scheme: &security::BEARER,
                names: &["referee", "player"],
            },
        ],
    ],
    parameters: &[
        rt::Parameter::required(rt::In::Path, "row", rt::Shape::Integer("int32")),
        rt::Parameter::required(rt::In::Path, "column", rt::Shape::Integer("int32")),
    ],
    body: Some(rt::BodySpec {
        required: true,
        media: "application/json",
        limit_bytes: 65_536,
        shape: rt::Shape::Named(&types::move_::MOVE_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::status::STATUS_SCHEMA),
            ..rt::Answer::NEW
        },
        rt::Answer::errors(400, &["VALIDATION_ERROR", "MALFORMED_JSON"]),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(403, &["FORBIDDEN", "INSUFFICIENT_SCOPE"]),
        rt::Answer::errors(409, &["SQUARE_TAKEN", "NOT_YOUR_TURN"]),
    ],
    ..rt::Spec::NEW
};

/// `PUT /board/{row}/{column}`: Set one square (tests/cases/positive/tic-tac-toe.yaml:48)
#[derive(Debug, Clone)]
pub struct PutSquareRequest {
    /// The path parameter `row`. (tests/cases/positive/tic-tac-toe.yaml:92)
    ///
    /// The row, from above.
    pub row: i32,
    /// The path parameter `column`. (tests/cases/positive/tic-tac-toe.yaml:98)
    ///
    /// The column, from the left.
    pub column: i32,
    /// The body. (tests/cases/positive/tic-tac-toe.yaml:60)
    pub body: types::Move,
}

impl<S: GameplayApi> rt::Operation<S> for PutSquareRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = PutSquareOk;
    type Error = PutSquareError;
    fn spec() -> &'static rt::Spec {
        &PUT_SQUARE
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let row = input.path("row", &PUT_SQUARE_ROW);
        let column = input.path("column", &PUT_SQUARE_COLUMN);
        let body = input.body::<types::Move>();
        Some(Self {
            row: row?,
            column: column?,
            body: body?,
        })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.put_square(call, self)
    }
}

/// The answers of `putSquare` below 400. (tests/cases/positive/tic-tac-toe.yaml:48)
#[derive(Debug, Clone)]
pub enum PutSquareOk {
    /// 200: The board after the move. (tests/cases/positive/tic-tac-toe.yaml:66)
    Ok {
        /// The body.
        body: types::Status,
    },
}

impl rt::Reply for PutSquareOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body } => rt::Rendered::json(200, body),
        }
    }
}

impl PutSquareOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `putSquare` from 400 on, by code. (tests/cases/positive/tic-tac-toe.yaml:48)
#[derive(Debug, Clone)]
pub enum PutSquareError {
    /// 400 `VALIDATION_ERROR`: The request does not fit the document. (tests/cases/positive/tic-tac-toe.yaml:106)
    ValidationError(rt::Problem),
    /// 400 `MALFORMED_JSON`: The request does not fit the document. (tests/cases/positive/tic-tac-toe.yaml:106)
    MalformedJson(rt::Problem),
    /// 401 `NO_TOKEN`: Who are you? (tests/cases/positive/tic-tac-toe.yaml:112)
    NoToken(rt::Problem),
    /// 401 `INVALID_TOKEN`: Who are you? (tests/cases/positive/tic-tac-toe.yaml:112)
    InvalidToken(rt::Problem),
    /// 401 `INVALID_API_KEY`: Who are you? (tests/cases/positive/tic-tac-toe.yaml:112)
    InvalidApiKey(rt::Problem),
    /// 403 `FORBIDDEN`: You may not. (tests/cases/positive/tic-tac-toe.yaml:118)
    Forbidden(rt::Problem),
    /// 403 `INSUFFICIENT_SCOPE`: You may not. (tests/cases/positive/tic-tac-toe.yaml:118)
    InsufficientScope(rt::Problem),
    /// 409 `SQUARE_TAKEN`: The rules do not allow it. (tests/cases/positive/tic-tac-toe.yaml:75)
    SquareTaken(rt::Problem),
    /// 409 `NOT_YOUR_TURN`: The rules do not allow it. (tests/cases/positive/tic-tac-toe.yaml:75)
    NotYourTurn(rt::Problem),
    /// 500 `INTERNAL_ERROR`: what no operation declares and every operation can meet.
    InternalError(rt::Problem),
}

impl<E: rt::IntoFailure> From<E> for PutSquareError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl PutSquareError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "FORBIDDEN" => Self::Forbidden(problem),
            "INSUFFICIENT_SCOPE" => Self::InsufficientScope(problem),
            "SQUARE_TAKEN" => Self::SquareTaken(problem),
            "NOT_YOUR_TURN" => Self::NotYourTurn(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("putSquare")),
        }
    }
}

impl rt::Refuse for PutSquareError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem) | Self::MalformedJson(problem) => {
                rt::Refusal::problem(400, problem)
            }
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::Forbidden(problem) | Self::InsufficientScope(problem) => {
                rt::Refusal::problem(403, problem)
            }
            Self::SquareTaken(problem) | Self::NotYourTurn(problem) => {
                rt::Refusal::problem(409, problem)
            }
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
        }
    }
}

impl PutSquareError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// Every operation of the tag `Gameplay`.
pub static OPERATIONS: &[&rt::Spec] = &[&GET_BOARD, &GET_SQUARE, &PUT_SQUARE];

/// The routes of the tag `Gameplay`.
#[derive(Debug)]
pub struct GameplayRoutes<S>(
    /// The host that implements the operations.
    pub Arc<S>,
);

impl<S: GameplayApi> rt::poem_openapi::OpenApi for GameplayRoutes<S> {
    fn meta() -> Vec<rt::registry::MetaApi> {
        rt::registry::describe(OPERATIONS)
    }

    fn register(registry: &mut rt::registry::Registry) {
        rt::registry::register(OPERATIONS, registry);
    }

    fn add_routes(self, table: &mut rt::RouteTable) {
        rt::mount::<S, GetBoardRequest>(&self.0, table);
        rt::mount::<S, GetSquareRequest>(&self.0, table);
        rt::mount::<S, PutSquareRequest>(&self.0, table);
    }
}
