//! Generated from tests/cases/positive/petstore.yaml (sha256 62b8d169f232c387943ed6439ad85478101cf5fa528f66f067c40d3bd8ec5ac8). Do not edit.
//!
//! The tag `Pets`.

use std::future::Future;
use std::sync::Arc;
use openapi_runtime as rt;
use super::types;

/// The operations of the tag `Pets`. (tests/cases/positive/petstore.yaml:7)
///
/// The animals of the shelter.
pub trait PetsApi: rt::Host {
    /// List pets (tests/cases/positive/petstore.yaml:12)
    ///
    /// Lists pets, the longest waiting first.
    ///
    /// `GET /pets`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`ListPetsError`].
    fn list_pets(
        &self,
        call: rt::PublicCall<Self::Caller>,
        request: ListPetsRequest,
    ) -> impl Future<Output = Result<ListPetsOk, ListPetsError>> + Send;

    /// Take in a pet (tests/cases/positive/petstore.yaml:58)
    ///
    /// Takes in a pet that somebody brings.
    ///
    /// `POST /pets`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`CreatePetError`].
    fn create_pet(
        &self,
        call: rt::PublicCall<Self::Caller>,
        request: CreatePetRequest,
    ) -> impl Future<Output = Result<CreatePetOk, CreatePetError>> + Send;

    /// Look at a pet (tests/cases/positive/petstore.yaml:92)
    ///
    /// Shows one pet.
    ///
    /// `GET /pets/{petId}`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`GetPetError`].
    fn get_pet(
        &self,
        call: rt::PublicCall<Self::Caller>,
        request: GetPetRequest,
    ) -> impl Future<Output = Result<GetPetOk, GetPetError>> + Send;

    /// Give names (tests/cases/positive/petstore.yaml:106)
    ///
    /// Gives a pet its names, the first being the one it answers to.
    ///
    /// `PUT /pets/{petId}`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`RenamePetsError`].
    fn rename_pets(
        &self,
        call: rt::PublicCall<Self::Caller>,
        request: RenamePetsRequest,
    ) -> impl Future<Output = Result<RenamePetsOk, RenamePetsError>> + Send;

    /// Adopt a pet (tests/cases/positive/petstore.yaml:132)
    ///
    /// Takes a pet out of the shelter, for good.
    ///
    /// `DELETE /pets/{petId}`
    ///
    /// Deprecated.
    ///
    /// # Errors
    ///
    /// What the document declares: see [`AdoptPetError`].
    fn adopt_pet(
        &self,
        call: rt::PublicCall<Self::Caller>,
        request: AdoptPetRequest,
    ) -> impl Future<Output = Result<AdoptPetOk, AdoptPetError>> + Send;
}

static LIST_PETS_LIMIT: rt::rules::Int<i32> = rt::rules::Int::new(1, 100);
static LIST_PETS_SPECIES: rt::rules::List<rt::rules::Parsed<types::Species>> = rt::rules::List::new(
        rt::rules::Parsed::new(),
    )
    .items(0, 3)
    .unique();
static LIST_PETS_TAG: rt::rules::List<rt::rules::Text> = rt::rules::List::new(
        rt::rules::Text::new().length(1, 20),
    )
    .items(0, 5);
/// How `listPets` is judged before its handler runs. (tests/cases/positive/petstore.yaml:12)
pub static LIST_PETS: rt::Spec = rt::Spec {
    id: "listPets",
    tag: "Pets",
    method: "GET",
    path: "/pets",
    version: "v1",
    security: &[],
    parameters: &[
        rt::Parameter::optional(rt::In::Query, "limit", rt::Shape::Integer("int32")),
        rt::Parameter::optional(
            rt::In::Query,
            "species",
            rt::Shape::List(&rt::Shape::Named(&types::species::SPECIES_SCHEMA)),
        ),
        rt::Parameter::optional(
            rt::In::Query,
            "tag",
            rt::Shape::List(&rt::Shape::Text("")),
        ),
    ],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::List(&rt::Shape::Named(&types::pet::PET_SCHEMA)),
            headers: &["X-Total"],
            ..rt::Answer::NEW
        },
        rt::Answer::errors(400, &["VALIDATION_ERROR", "MALFORMED_JSON"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
    ],
    ..rt::Spec::NEW
};

/// `GET /pets`: List pets (tests/cases/positive/petstore.yaml:12)
#[derive(Debug, Clone)]
pub struct ListPetsRequest {
    /// The query parameter `limit`. (tests/cases/positive/petstore.yaml:18)
    ///
    /// How many at most.
    pub limit: i32,
    /// The query parameter `species`. (tests/cases/positive/petstore.yaml:23)
    ///
    /// Only these species.
    pub species: Vec<types::Species>,
    /// The query parameter `tag`. (tests/cases/positive/petstore.yaml:32)
    ///
    /// Only pets with one of these tags, comma-separated.
    pub tag: Vec<String>,
}

impl<S: PetsApi> rt::Operation<S> for ListPetsRequest {
    type Call = rt::PublicCall<S::Caller>;
    type Ok = ListPetsOk;
    type Error = ListPetsError;
    fn spec() -> &'static rt::Spec {
        &LIST_PETS
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let limit = input.with_default(rt::In::Query, "limit", &LIST_PETS_LIMIT, || 20);
        let species = input
            .list(rt::In::Query, "species", rt::Style::Exploded, &LIST_PETS_SPECIES);
        let tag = input.list(rt::In::Query, "tag", rt::Style::Comma, &LIST_PETS_TAG);
        Some(Self {
            limit: limit?,
            species: species?,
            tag: tag?,
        })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.list_pets(call, self)
    }
}

/// The answers of `listPets` below 400. (tests/cases/positive/petstore.yaml:12)
#[derive(Debug, Clone)]
pub enum ListPetsOk {
    /// 200: The pets. (tests/cases/positive/petstore.yaml:43)
    Ok {
        /// The body.
        body: Vec<types::Pet>,
        /// The `X-Total` header. (tests/cases/positive/petstore.yaml:46)
        ///
        /// How many there are in all.
        x_total: i64,
    },
}

impl rt::Reply for ListPetsOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, x_total } => {
                rt::Rendered::json(200, &ListPetsOkOkForm(body))
                    .header("X-Total", x_total.to_string())
            }
        }
    }
}

impl ListPetsOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// Writes the body of `listPets` with status 200.
struct ListPetsOkOkForm<'a>(&'a [types::Pet]);

impl serde::Serialize for ListPetsOkOkForm<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(self.0, serializer)
    }
}

impl rt::ReplyBody for ListPetsOkOkForm<'_> {}

/// The answers of `listPets` from 400 on, by code. (tests/cases/positive/petstore.yaml:12)
#[derive(Debug, Clone)]
pub enum ListPetsError {
    /// 400 `VALIDATION_ERROR`: The request does not fit the document. (tests/cases/positive/petstore.yaml:153)
    ValidationError(rt::Problem),
    /// 400 `MALFORMED_JSON`: The request does not fit the document. (tests/cases/positive/petstore.yaml:153)
    MalformedJson(rt::Problem),
    /// 500 `INTERNAL_ERROR`: The shelter has a problem. (tests/cases/positive/petstore.yaml:165)
    InternalError(rt::Problem),
}

impl<E: rt::IntoFailure> From<E> for ListPetsError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl ListPetsError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("listPets")),
        }
    }
}

impl rt::Refuse for ListPetsError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem) | Self::MalformedJson(problem) => {
                rt::Refusal::problem(400, problem)
            }
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
        }
    }
}

impl ListPetsError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// How `createPet` is judged before its handler runs. (tests/cases/positive/petstore.yaml:58)
pub static CREATE_PET: rt::Spec = rt::Spec {
    id: "createPet",
    tag: "Pets",
    method: "POST",
    path: "/pets",
    version: "v1",
    security: &[],
    parameters: &[],
    body: Some(rt::BodySpec {
        required: true,
        media: "application/json",
        limit_bytes: 65_536,
        shape: rt::Shape::Named(&types::new_pet::NEW_PET_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 201,
            media: "application/json",
            shape: rt::Shape::Named(&types::pet::PET_SCHEMA),
            headers: &["Location"],
            ..rt::Answer::NEW
        },
        rt::Answer::errors(400, &["VALIDATION_ERROR", "MALFORMED_JSON"]),
        rt::Answer::errors(409, &["NAME_TAKEN", "SHELTER_FULL"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
    ],
    ..rt::Spec::NEW
};

/// `POST /pets`: Take in a pet (tests/cases/positive/petstore.yaml:58)
#[derive(Debug, Clone)]
pub struct CreatePetRequest {
    /// The body. (tests/cases/positive/petstore.yaml:64)
    ///
    /// The pet.
    pub body: types::NewPet,
}

impl<S: PetsApi> rt::Operation<S> for CreatePetRequest {
    type Call = rt::PublicCall<S::Caller>;
    type Ok = CreatePetOk;
    type Error = CreatePetError;
    fn spec() -> &'static rt::Spec {
        &CREATE_PET
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let body = input.body::<types::NewPet>();
        Some(Self { body: body? })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.create_pet(call, self)
    }
}

/// The answers of `createPet` below 400. (tests/cases/positive/petstore.yaml:58)
#[derive(Debug, Clone)]
pub enum CreatePetOk {
    /// 201: Taken in. (tests/cases/positive/petstore.yaml:71)
    Created {
        /// The body.
        body: types::Pet,
        /// The `Location` header. (tests/cases/positive/petstore.yaml:74)
        ///
        /// Where the pet can be found.
        location: String,
    },
}

impl rt::Reply for CreatePetOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Created { body, location } => {
                rt::Rendered::json(201, body).header("Location", location)
            }
        }
    }
}

impl CreatePetOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `createPet` from 400 on, by code. (tests/cases/positive/petstore.yaml:58)
#[derive(Debug, Clone)]
pub enum CreatePetError {
    /// 400 `VALIDATION_ERROR`: The request does not fit the document. (tests/cases/positive/petstore.yaml:153)
    ValidationError(rt::Problem),
    /// 400 `MALFORMED_JSON`: The request does not fit the document. (tests/cases/positive/petstore.yaml:153)
    MalformedJson(rt::Problem),
    /// 409 `NAME_TAKEN`: Somebody was faster. (tests/cases/positive/petstore.yaml:83)
    NameTaken(rt::Problem),
    /// 409 `SHELTER_FULL`: Somebody was faster. (tests/cases/positive/petstore.yaml:83)
    ShelterFull(rt::Problem),
    /// 500 `INTERNAL_ERROR`: The shelter has a problem. (tests/cases/positive/petstore.yaml:165)
    InternalError(rt::Problem),
}

impl<E: rt::IntoFailure> From<E> for CreatePetError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl CreatePetError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "NAME_TAKEN" => Self::NameTaken(problem),
            "SHELTER_FULL" => Self::ShelterFull(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("createPet")),
        }
    }
}

impl rt::Refuse for CreatePetError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem) | Self::MalformedJson(problem) => {
                rt::Refusal::problem(400, problem)
            }
            Self::NameTaken(problem) | Self::ShelterFull(problem) => {
                rt::Refusal::problem(409, problem)
            }
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
        }
    }
}

impl CreatePetError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static GET_PET_PET_ID: rt::rules::Int<i64> = rt::rules::Int::new(
    1,
    9_007_199_254_740_991,
);

/// How `getPet` is judged before its handler runs. (tests/cases/positive/petstore.yaml:92)
pub static GET_PET: rt::Spec = rt::Spec {
    id: "getPet",
    tag: "Pets",
    method: "GET",
    path: "/pets/{petId}",
    version: "v1",
    security: &[],
    parameters: &[
        rt::Parameter::required(rt::In::Path, "petId", rt::Shape::Integer("int64")),
    ],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::pet::PET_SCHEMA),
            ..rt::Answer::NEW
        },
        rt::Answer::errors(404, &["PET_NOT_FOUND"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
    ],
    ..rt::Spec::NEW
};

/// `GET /pets/{petId}`: Look at a pet (tests/cases/positive/petstore.yaml:92)
#[derive(Debug, Clone)]
pub struct GetPetRequest {
    /// The path parameter `petId`. (tests/cases/positive/petstore.yaml:144)
    ///
    /// The pet.
    pub pet_id: i64,
}

impl<S: PetsApi> rt::Operation<S> for GetPetRequest {
    type Call = rt::PublicCall<S::Caller>;
    type Ok = GetPetOk;
    type Error = GetPetError;
    fn spec() -> &'static rt::Spec {
        &GET_PET
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let pet_id = input.path_or("petId", &GET_PET_PET_ID, "PET_NOT_FOUND");
        Some(Self { pet_id: pet_id? })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.get_pet(call, self)
    }
}

/// The answers of `getPet` below 400. (tests/cases/positive/petstore.yaml:92)
#[derive(Debug, Clone)]
pub enum GetPetOk {
    /// 200: The pet. (tests/cases/positive/petstore.yaml:99)
    Ok {
        /// The body.
        body: types::Pet,
    },
}

impl rt::Reply for GetPetOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body } => rt::Rendered::json(200, body),
        }
    }
}

impl GetPetOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `getPet` from 400 on, by code. (tests/cases/positive/petstore.yaml:92)
#[derive(Debug, Clone)]
pub enum GetPetError {
    /// 404 `PET_NOT_FOUND`: There is no such pet. (tests/cases/positive/petstore.yaml:159)
    PetNotFound(rt::Problem),
    /// 500 `INTERNAL_ERROR`: The shelter has a problem. (tests/cases/positive/petstore.yaml:165)
    InternalError(rt::Problem),
}

impl<E: rt::IntoFailure> From<E> for GetPetError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl GetPetError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "PET_NOT_FOUND" => Self::PetNotFound(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("getPet")),
        }
    }
}

impl rt::Refuse for GetPetError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::PetNotFound(problem) => rt::Refusal::problem(404, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
        }
    }
}

impl GetPetError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static RENAME_PETS_PET_ID: rt::rules::Int<i64> = rt::rules::Int::new(
    1,
    9_007_199_254_740_991,
);
static RENAME_PETS_BODY: rt::rules::List<rt::rules::Text> = rt::rules::List::new(
        rt::rules::Text::new().length(1, 30),
    )
    .items(1, 3);
/// How `renamePets` is judged before its handler runs. (tests/cases/positive/petstore.yaml:106)
pub static RENAME_PETS: rt::Spec = rt::Spec {
    id: "renamePets",
    tag: "Pets",
    method: "PUT",
    path: "/pets/{petId}",
    version: "v1",
    security: &[],
    parameters: &[
        rt::Parameter::required(rt::In::Path, "petId", rt::Shape::Integer("int64")),
    ],
    body: Some(rt::BodySpec {
        required: true,
        media: "application/json",
        limit_bytes: 65_536,
        shape: rt::Shape::List(&rt::Shape::Text("")),
    }),
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Map(&rt::Shape::Integer("int32")),
            ..rt::Answer::NEW
        },
        rt::Answer::errors(400, &["VALIDATION_ERROR", "MALFORMED_JSON"]),
        rt::Answer::errors(404, &["PET_NOT_FOUND"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
    ],
    ..rt::Spec::NEW
};

/// Reads the body of `renamePets`.
struct RenamePetsRequestBodyForm(Vec<String>);

impl<'de> serde::Deserialize<'de> for RenamePetsRequestBodyForm {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::read::<rt::fast::Same, _, _>(deserializer).map(Self)
    }
}

impl rt::Parse for RenamePetsRequestBodyForm {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        use rt::Rule as _;
        RENAME_PETS_BODY.node(node, out).map(Self)
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        RENAME_PETS_BODY.holds(&self.0)
    }
}

/// `PUT /pets/{petId}`: Give names (tests/cases/positive/petstore.yaml:106)
#[derive(Debug, Clone)]
pub struct RenamePetsRequest {
    /// The path parameter `petId`. (tests/cases/positive/petstore.yaml:144)
    ///
    /// The pet.
    pub pet_id: i64,
    /// The body. (tests/cases/positive/petstore.yaml:112)
    pub body: Vec<String>,
}

impl<S: PetsApi> rt::Operation<S> for RenamePetsRequest {
    type Call = rt::PublicCall<S::Caller>;
    type Ok = RenamePetsOk;
    type Error = RenamePetsError;
    fn spec() -> &'static rt::Spec {
        &RENAME_PETS
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let pet_id = input.path_or("petId", &RENAME_PETS_PET_ID, "PET_NOT_FOUND");
        let body = input.body::<RenamePetsRequestBodyForm>().map(|body| body.0);
        Some(Self {
            pet_id: pet_id?,
            body: body?,
        })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.rename_pets(call, self)
    }
}

/// The answers of `renamePets` below 400. (tests/cases/positive/petstore.yaml:106)
#[derive(Debug, Clone)]
pub enum RenamePetsOk {
    /// 200: All names, with how often each is used. (tests/cases/positive/petstore.yaml:122)
    Ok {
        /// The body.
        body: rt::Map<i32>,
    },
}

impl rt::Reply for RenamePetsOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body } => rt::Rendered::json(200, &RenamePetsOkOkForm(body)),
        }
    }
}

impl RenamePetsOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// Writes the body of `renamePets` with status 200.
struct RenamePetsOkOkForm<'a>(&'a rt::Map<i32>);

impl serde::Serialize for RenamePetsOkOkForm<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(self.0, serializer)
    }
}

impl rt::ReplyBody for RenamePetsOkOkForm<'_> {}

/// The answers of `renamePets` from 400 on, by code. (tests/cases/positive/petstore.yaml:106)
#[derive(Debug, Clone)]
pub enum RenamePetsError {
    /// 400 `VALIDATION_ERROR`: The request does not fit the document. (tests/cases/positive/petstore.yaml:153)
    ValidationError(rt::Problem),
    /// 400 `MALFORMED_JSON`: The request does not fit the document. (tests/cases/positive/petstore.yaml:153)
    MalformedJson(rt::Problem),
    /// 404 `PET_NOT_FOUND`: There is no such pet. (tests/cases/positive/petstore.yaml:159)
    PetNotFound(rt::Problem),
    /// 500 `INTERNAL_ERROR`: The shelter has a problem. (tests/cases/positive/petstore.yaml:165)
    InternalError(rt::Problem),
}

impl<E: rt::IntoFailure> From<E> for RenamePetsError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl RenamePetsError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "PET_NOT_FOUND" => Self::PetNotFound(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("renamePets")),
        }
    }
}

impl rt::Refuse for RenamePetsError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem) | Self::MalformedJson(problem) => {
                rt::Refusal::problem(400, problem)
            }
            Self::PetNotFound(problem) => rt::Refusal::problem(404, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
        }
    }
}

impl RenamePetsError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static ADOPT_PET_PET_ID: rt::rules::Int<i64> = rt::rules::Int::new(
    1,
    9_007_199_254_740_991,
);

/// How `adoptPet` is judged before its handler runs. (tests/cases/positive/petstore.yaml:132)
pub static ADOPT_PET: rt::Spec = rt::Spec {
    id: "adoptPet",
    tag: "Pets",
    method: "DELETE",
    path: "/pets/{petId}",
    version: "v1",
    security: &[],
    parameters: &[
        rt::Parameter::required(rt::In::Path, "petId", rt::Shape::Integer("int64")),
    ],
    answers: &[
        rt::Answer {
            status: 204,
            ..rt::Answer::NEW
        },
        rt::Answer::errors(404, &["PET_NOT_FOUND"]),
    ],
    ..rt::Spec::NEW
};

/// `DELETE /pets/{petId}`: Adopt a pet (tests/cases/positive/petstore.yaml:132)
#[derive(Debug, Clone)]
pub struct AdoptPetRequest {
    /// The path parameter `petId`. (tests/cases/positive/petstore.yaml:144)
    ///
    /// The pet.
    pub pet_id: i64,
}

impl<S: PetsApi> rt::Operation<S> for AdoptPetRequest {
    type Call = rt::PublicCall<S::Caller>;
    type Ok = AdoptPetOk;
    type Error = AdoptPetError;
    fn spec() -> &'static rt::Spec {
        &ADOPT_PET
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let pet_id = input.path_or("petId", &ADOPT_PET_PET_ID, "PET_NOT_FOUND");
        Some(Self { pet_id: pet_id? })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.adopt_pet(call, self)
    }
}

/// The answers of `adoptPet` below 400. (tests/cases/positive/petstore.yaml:132)
#[derive(Debug, Clone)]
pub enum AdoptPetOk {
    /// 204: Adopted. (tests/cases/positive/petstore.yaml:139)
    NoContent,
}

impl rt::Reply for AdoptPetOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::NoContent => rt::Rendered::empty(204),
        }
    }
}

impl AdoptPetOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `adoptPet` from 400 on, by code. (tests/cases/positive/petstore.yaml:132)
#[derive(Debug, Clone)]
pub enum AdoptPetError {
    /// 404 `PET_NOT_FOUND`: There is no such pet. (tests/cases/positive/petstore.yaml:159)
    PetNotFound(rt::Problem),
    /// 500 `INTERNAL_ERROR`: what no operation declares and every operation can meet.
    InternalError(rt::Problem),
}

impl<E: rt::IntoFailure> From<E> for AdoptPetError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl AdoptPetError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "PET_NOT_FOUND" => Self::PetNotFound(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("adoptPet")),
        }
    }
}

impl rt::Refuse for AdoptPetError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::PetNotFound(problem) => rt::Refusal::problem(404, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
        }
    }
}

impl AdoptPetError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// Every operation of the tag `Pets`.
pub static OPERATIONS: &[&rt::Spec] = &[
    &LIST_PETS,
    &CREATE_PET,
    &GET_PET,
    &RENAME_PETS,
    &ADOPT_PET,
];

/// The routes of the tag `Pets`.
#[derive(Debug)]
pub struct PetsRoutes<S>(
    /// The host that implements the operations.
    pub Arc<S>,
);

impl<S: PetsApi> rt::poem_openapi::OpenApi for PetsRoutes<S> {
    fn meta() -> Vec<rt::registry::MetaApi> {
        rt::registry::describe(OPERATIONS)
    }

    fn register(registry: &mut rt::registry::Registry) {
        rt::registry::register(OPERATIONS, registry);
    }

    fn add_routes(self, table: &mut rt::RouteTable) {
        rt::mount::<S, ListPetsRequest>(&self.0, table);
        rt::mount::<S, CreatePetRequest>(&self.0, table);
        rt::mount::<S, GetPetRequest>(&self.0, table);
        rt::mount::<S, RenamePetsRequest>(&self.0, table);
        rt::mount::<S, AdoptPetRequest>(&self.0, table);
    }
}
