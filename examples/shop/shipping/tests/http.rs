//! The REST interface, without a database: what must answer without one, and what must not.

use axum::{body::{Body, to_bytes}, http::{Request, StatusCode}};
use shipping::{http::{Shipping, router}, metrics::Metrics, orders::Orders};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tower::ServiceExt;

async fn get(path: &str) -> (StatusCode, String) {
    let nowhere = PgConnectOptions::new().host("127.0.0.1").port(1).username("shipping");
    let pool = PgPoolOptions::new()
        .acquire_timeout(std::time::Duration::from_millis(200))
        .connect_lazy_with(nowhere);
    let shipping = Shipping {
        pool,
        orders: Orders::new("http://127.0.0.1:1").unwrap(),
        metrics: Metrics::new().unwrap(),
    };
    let app = router(shipping);
    let answer = app.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 64 * 1024).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn a_rate_is_answered() {
    assert_eq!(get("/rates?country=DE&grams=500").await, (StatusCode::OK, r#"{"cents":490}"#.to_owned()));
    assert_eq!(get("/rates?country=AQ&grams=500").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn alive_but_not_ready_without_a_database() {
    assert_eq!(get("/healthz").await.0, StatusCode::OK);
    assert_eq!(get("/readyz").await.0, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_caller_learns_that_orders_is_away() {
    assert_eq!(get("/orders/7/rate").await.0, StatusCode::BAD_GATEWAY);
}
