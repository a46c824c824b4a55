//! The REST interface.

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    middleware,
    routing::get,
};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;

use crate::{metrics::Metrics, orders::Orders, parcels, rates::rate_cents};

#[derive(Clone)]
pub struct Shipping {
    pub pool: PgPool,
    pub orders: Orders,
    pub metrics: Metrics,
}

pub fn router(shipping: Shipping) -> Router {
    let metrics = shipping.metrics.clone();
    Router::new()
        .route("/rates", get(rate))
        .route("/orders/{id}/rate", get(rate_of_order))
        .route("/orders/{id}/parcel", get(parcel))
        .route_layer(middleware::from_fn(move |request, next| metrics.clone().observe(request, next)))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(scrape))
        .with_state(shipping)
}

#[derive(Deserialize)]
struct RateQuery {
    country: String,
    grams: u32,
}

#[derive(Serialize)]
struct Rate {
    cents: u32,
}

async fn rate(Query(query): Query<RateQuery>) -> Result<Json<Rate>, StatusCode> {
    rate_cents(&query.country, query.grams).map(|cents| Json(Rate { cents })).ok_or(StatusCode::NOT_FOUND)
}

async fn rate_of_order(
    State(shipping): State<Shipping>,
    Path(id): Path<i64>,
    headers: HeaderMap,
) -> Result<Json<Rate>, StatusCode> {
    let token = headers.get("authorization").and_then(|value| value.to_str().ok());
    let order = shipping.orders.order(id, token).await.map_err(|error| {
        tracing::warn!(order = id, %error, "orders did not answer");
        StatusCode::BAD_GATEWAY
    })?;
    rate(Query(RateQuery { country: order.country, grams: order.grams })).await
}

async fn parcel(State(shipping): State<Shipping>, Path(id): Path<i64>) -> Result<Json<parcels::Parcel>, StatusCode> {
    match parcels::of_order(&shipping.pool, id).await {
        Ok(found) => found.map(Json).ok_or(StatusCode::NOT_FOUND),
        Err(error) => {
            tracing::error!(order = id, %error, "the database did not answer");
            Err(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

/// Ready when the database answers: without it every request would fail.
async fn ready(State(shipping): State<Shipping>) -> Result<&'static str, StatusCode> {
    sqlx::query("SELECT 1").execute(&shipping.pool).await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    Ok("ready")
}

async fn scrape(State(shipping): State<Shipping>) -> Result<String, StatusCode> {
    shipping.metrics.text().map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}
