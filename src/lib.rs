//! Waybill: an order-management API built from its OpenAPI document.

pub mod administration;
pub mod api_keys;
pub mod app;
pub mod audit;
pub mod auth;
pub mod cli;
pub mod config;
pub mod context;
pub mod db;
pub mod domain;
pub mod error;
pub mod events;
pub mod health;
pub mod http;
pub mod idempotency;
pub mod infra;
pub mod integrity;
pub mod notifications;
pub mod orders;
pub mod payments;
pub mod products;
pub mod users;
pub mod wallets;
