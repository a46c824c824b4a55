//! Shipping: rates and parcels, over REST for the shop and over gRPC for payments.

pub mod configuration;
pub mod grpc;
pub mod http;
pub mod metrics;
pub mod orders;
pub mod parcels;
pub mod rates;
