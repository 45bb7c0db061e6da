//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! Waybill API `1.0.1`, as the document promises it.

use std::sync::Arc;
use openapi_runtime as rt;

/// The operations of the tag `Health`.
pub mod health;

/// The operations of the tag `Auth`.
pub mod auth;

/// The operations of the tag `ApiKeys`.
pub mod api_keys;

/// The operations of the tag `Users`.
pub mod users;

/// The operations of the tag `Products`.
pub mod products;

/// The operations of the tag `Wallet`.
pub mod wallet;

/// The operations of the tag `Orders`.
pub mod orders;

/// The operations of the tag `Administration`.
pub mod administration;

/// The codes of errors.
pub mod codes;
mod security;

/// The schemas of the document.
pub mod types;

pub use self::health::{
    GetDetailedHealthError, GetDetailedHealthOk, GetDetailedHealthRequest,
    GetHealthError, GetHealthOk, GetHealthRequest, HealthApi, HealthRoutes,
};

pub use self::auth::{
    AuthApi, AuthRoutes, ChangePasswordError, ChangePasswordOk, ChangePasswordRequest,
    LoginError, LoginOk, LoginRequest, LogoutError, LogoutOk, LogoutRequest,
    RefreshTokenError, RefreshTokenOk, RefreshTokenRequest, RegisterError, RegisterOk,
    RegisterRequest,
};

pub use self::api_keys::{
    ApiKeysApi, ApiKeysRoutes, CreateApiKeyError, CreateApiKeyOk, CreateApiKeyRequest,
    ListApiKeysError, ListApiKeysOk, ListApiKeysRequest, RevokeApiKeyError,
    RevokeApiKeyOk, RevokeApiKeyRequest,
};

pub use self::users::{
    CreateUserError, CreateUserOk, CreateUserRequest, GetUserError, GetUserOk,
    GetUserRequest, ListUsersError, ListUsersOk, ListUsersRequest, UpdateUserError,
    UpdateUserOk, UpdateUserRequest, UsersApi, UsersRoutes,
};

pub use self::products::{
    CreateProductError, CreateProductOk, CreateProductRequest, GetProductError,
    GetProductOk, GetProductRequest, ListProductsError, ListProductsOk,
    ListProductsRequest, ProductsApi, ProductsRoutes, UpdateProductError,
    UpdateProductOk, UpdateProductRequest,
};

pub use self::wallet::{
    GetWalletError, GetWalletOk, GetWalletRequest, ListWalletEntriesError,
    ListWalletEntriesOk, ListWalletEntriesRequest, TopUpWalletError, TopUpWalletOk,
    TopUpWalletRequest, WalletApi, WalletRoutes,
};

pub use self::orders::{
    CancelOrderError, CancelOrderOk, CancelOrderRequest, CreateOrderError, CreateOrderOk,
    CreateOrderRequest, GetOrderError, GetOrderOk, GetOrderRequest, ListOrdersError,
    ListOrdersOk, ListOrdersRequest, OrdersApi, OrdersRoutes, PayOrderError, PayOrderOk,
    PayOrderRequest,
};

pub use self::administration::{
    AdministrationApi, AdministrationRoutes, CheckIntegrityError, CheckIntegrityOk,
    CheckIntegrityRequest, ListAllOrdersError, ListAllOrdersOk, ListAllOrdersRequest,
    ListAuditLogsError, ListAuditLogsOk, ListAuditLogsRequest, UpdateOrderStatusError,
    UpdateOrderStatusOk, UpdateOrderStatusRequest,
};

pub use self::types::*;

/// Every operation of the document, tag by tag.
pub static OPERATIONS: &[&[&rt::Spec]] = &[
    health::OPERATIONS,
    auth::OPERATIONS,
    api_keys::OPERATIONS,
    users::OPERATIONS,
    products::OPERATIONS,
    wallet::OPERATIONS,
    orders::OPERATIONS,
    administration::OPERATIONS,
];

/// Every route of the document, with method routing and the answers for what does not exist.
///
/// A host that lacks an operation does not compile: the trait of its tag names the function.
pub fn routes<
    S: HealthApi + AuthApi + ApiKeysApi + UsersApi + ProductsApi + WalletApi + OrdersApi
        + AdministrationApi,
>(host: Arc<S>) -> impl rt::poem::Endpoint<Output = rt::poem::Response> {
    rt::Router::new()
        .with(HealthRoutes(Arc::clone(&host)))
        .with(AuthRoutes(Arc::clone(&host)))
        .with(ApiKeysRoutes(Arc::clone(&host)))
        .with(UsersRoutes(Arc::clone(&host)))
        .with(ProductsRoutes(Arc::clone(&host)))
        .with(WalletRoutes(Arc::clone(&host)))
        .with(OrdersRoutes(Arc::clone(&host)))
        .with(AdministrationRoutes(host))
        .finish()
}
