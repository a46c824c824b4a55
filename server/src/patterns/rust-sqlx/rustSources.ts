/** The files of a service with Axum and SQLx, by their path below its folder. */
export function rustSources(name: string): Readonly<Record<string, string>> {
  return {
    'Cargo.toml': manifest(name),
    'src/main.rs': MAIN,
    'migrations/20260101000000_create_items.sql': MIGRATION,
    Dockerfile: dockerfile(name),
    '.dockerignore': DOCKERIGNORE,
  };
}

function manifest(name: string): string {
  return `[package]
name = "${name}"
version = "1.0.0"
edition = "2024"
publish = false

[dependencies]
axum = "0.8"
sqlx = { version = "0.8", default-features = false, features = ["runtime-tokio", "tls-rustls-ring-webpki", "postgres", "macros", "migrate"] }
tokio = { version = "1", features = ["macros", "rt-multi-thread", "net", "signal"] }

[profile.release]
lto = "thin"
strip = true
`;
}

const MAIN = `use std::{env, error::Error, time::Duration};

use axum::{Router, extract::State, http::StatusCode, routing::get};
use sqlx::postgres::{PgPool, PgPoolOptions};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let database_max_connections: u32 = env::var("DATABASE_MAX_CONNECTIONS")?.parse()?;
    let pool = PgPoolOptions::new()
        .max_connections(database_max_connections)
        // Shorter than any caller waits.
        .acquire_timeout(Duration::from_secs(2))
        .connect_lazy(&env::var("DATABASE_URL")?)?;
    if env::args().nth(1).as_deref() == Some("migrate") {
        return Ok(sqlx::migrate!().run(&pool).await?);
    }
    let routes = Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .with_state(pool);
    let listener = tokio::net::TcpListener::bind("0.0.0.0:8080").await?;
    Ok(axum::serve(listener, routes).with_graceful_shutdown(stopped()).await?)
}

async fn ready(State(pool): State<PgPool>) -> Result<&'static str, StatusCode> {
    sqlx::query("SELECT 1").execute(&pool).await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    Ok("ready")
}

async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            terminate.recv().await;
        }
        Err(error) => eprintln!("no signal will stop this process: {error}"),
    }
}
`;

const MIGRATION = `CREATE TABLE items (
    id   BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name TEXT NOT NULL
);
`;

function dockerfile(name: string): string {
  return `# syntax=docker/dockerfile:1

FROM rust:1.91.1-slim-bookworm AS build
WORKDIR /src
COPY Cargo.toml ./
COPY migrations/ migrations/
COPY src/ src/
# Compiled dependencies live in the caches, so a change of our own code compiles our own code.
RUN --mount=type=cache,target=/usr/local/cargo/registry \\
    --mount=type=cache,target=/src/target \\
    cargo build --release --bin ${name} \\
    && cp target/release/${name} /usr/local/bin/service

FROM debian:12.12-slim
COPY --from=build /usr/local/bin/service /usr/local/bin/service
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["/usr/local/bin/service"]
`;
}

const DOCKERIGNORE = `*
!Cargo.toml
!migrations/
!src/
`;
