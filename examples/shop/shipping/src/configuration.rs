//! Settings from the environment; the password from a file, so that it never stands in it.

use std::{env, error::Error, fs, str::FromStr, time::Duration};

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

pub struct Configuration {
    pub database: PgConnectOptions,
    pub database_max_connections: u32,
    pub database_acquire_timeout: Duration,
    pub orders_url: String,
}

impl Configuration {
    /// Reads the environment. A value that is there and cannot be understood is an error, never a default.
    pub fn from_environment() -> Result<Self, Box<dyn Error>> {
        let mut database = PgConnectOptions::from_str(&required("DATABASE_URL")?)?;
        if let Ok(path) = env::var("DATABASE_PASSWORD_FILE") {
            let password = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
            database = database.password(password.trim_end());
        }
        Ok(Self {
            database,
            database_max_connections: number("DATABASE_MAX_CONNECTIONS", 10)?,
            database_acquire_timeout: Duration::from_millis(number("DATABASE_ACQUIRE_TIMEOUT_MILLISECONDS", 2_000)?),
            orders_url: required("ORDERS_URL")?,
        })
    }

    /// A pool that opens its connections when they are first needed.
    pub fn pool(&self) -> PgPool {
        PgPoolOptions::new()
            .max_connections(self.database_max_connections)
            .acquire_timeout(self.database_acquire_timeout)
            .max_lifetime(Duration::from_secs(30 * 60))
            .connect_lazy_with(self.database.clone())
    }
}

fn required(name: &str) -> Result<String, String> {
    env::var(name).map_err(|_| format!("{name} is not set"))
}

fn number<T: FromStr>(name: &str, default: T) -> Result<T, String> {
    match env::var(name) {
        Ok(text) => text.parse().map_err(|_| format!("{name} is not a number: {text}")),
        Err(_) => Ok(default),
    }
}
