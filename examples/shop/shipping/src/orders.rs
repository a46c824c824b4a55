//! The client of the orders service. The mesh repeats reads that failed, so this client does not.

use std::time::Duration;

use serde::Deserialize;

#[derive(Clone)]
pub struct Orders {
    client: reqwest::Client,
    address: String,
}

#[derive(Deserialize)]
pub struct Order {
    pub id: i64,
    pub grams: u32,
    pub country: String,
}

impl Orders {
    pub fn new(address: &str) -> reqwest::Result<Self> {
        let client = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(1))
            // Longer than the five seconds that the mesh gives a read of orders.
            .timeout(Duration::from_millis(5_500))
            .build()?;
        Ok(Self { client, address: address.trim_end_matches('/').to_owned() })
    }

    /// An order, asked for with the token of the user whose request this is.
    pub async fn order(&self, id: i64, authorization: Option<&str>) -> reqwest::Result<Order> {
        let mut request = self.client.get(format!("{}/orders/{id}", self.address));
        if let Some(token) = authorization {
            request = request.header("authorization", token);
        }
        request.send().await?.error_for_status()?.json().await
    }
}
