//! A small server with switchable faults, and what runs the contract tests against it.
//!
//! `openapi.yaml` beside `src/` is its contract. Without a fault the server keeps to it in every respect; with one, it breaks
//! it in the one way that [`faults::Fault`] describes.

pub mod faults;
pub mod replayer;
pub mod server;
pub mod tools;

mod access;
mod answer;
mod body;
mod bookings;
mod budget;
mod conditions;
mod depot;
mod idempotency;
mod input;
mod machine;
mod pages;
mod parcels;
mod pipeline;
mod routes;
mod rules;
