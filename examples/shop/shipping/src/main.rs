//! `shipping` serves; `shipping migrate` brings the database up to date and ends.

use std::{error::Error, time::Duration};

use shipping::{configuration::Configuration, grpc, http, metrics::Metrics, orders::Orders};
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().json().with_env_filter(tracing_subscriber::EnvFilter::from_default_env()).init();
    let configuration = Configuration::from_environment()?;
    let pool = configuration.pool();
    match std::env::args().nth(1).as_deref() {
        Some("migrate") => Ok(sqlx::migrate!().run(&pool).await?),
        Some(other) => Err(format!("unknown command: {other}").into()),
        None => serve(configuration, pool).await,
    }
}

async fn serve(configuration: Configuration, pool: sqlx::PgPool) -> Result<(), Box<dyn Error>> {
    let (health, health_service) = tonic_health::server::health_reporter();
    health.set_serving::<grpc::shipping_server::ShippingServer<grpc::Parcels>>().await;
    let grpc = tonic::transport::Server::builder()
        // A long-lived connection would keep its caller on one pod for ever.
        .max_connection_age(Duration::from_secs(300))
        .http2_keepalive_interval(Some(Duration::from_secs(30)))
        // Within the deadline of the callers, so that they learn of it.
        .timeout(Duration::from_millis(800))
        .add_service(health_service)
        .add_service(grpc::shipping_server::ShippingServer::new(grpc::Parcels { pool: pool.clone() }))
        .serve_with_shutdown("0.0.0.0:50051".parse()?, terminated());

    let router = http::router(http::Shipping {
        pool,
        orders: Orders::new(&configuration.orders_url)?,
        metrics: Metrics::new()?,
    });
    let listener = tokio::net::TcpListener::bind("0.0.0.0:8080").await?;
    let rest = axum::serve(listener, router).with_graceful_shutdown(terminated());

    tokio::try_join!(async { grpc.await.map_err(Box::<dyn Error>::from) }, async {
        rest.await.map_err(Box::<dyn Error>::from)
    })?;
    Ok(())
}

async fn terminated() {
    let mut terminate = signal(SignalKind::terminate()).expect("SIGTERM can be listened to");
    terminate.recv().await;
}
