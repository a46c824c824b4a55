//! Parcels in the database.

use serde::Serialize;
use sqlx::PgPool;

#[derive(Debug, Serialize)]
pub struct Parcel {
    pub id: i64,
    pub order_id: i64,
    pub status: String,
}

/// Releases the parcel of an order; a second call for the same order returns the first one's parcel.
pub async fn release(pool: &PgPool, order_id: i64, grams: i32, country: &str) -> sqlx::Result<Parcel> {
    sqlx::query_as!(
        Parcel,
        "INSERT INTO parcels (order_id, grams, country) VALUES ($1, $2, $3) ON CONFLICT (order_id) DO UPDATE SET order_id = excluded.order_id RETURNING id, order_id, status",
        order_id,
        grams,
        country
    )
    .fetch_one(pool)
    .await
}

pub async fn of_order(pool: &PgPool, order_id: i64) -> sqlx::Result<Option<Parcel>> {
    sqlx::query_as!(Parcel, "SELECT id, order_id, status FROM parcels WHERE order_id = $1", order_id)
        .fetch_optional(pool)
        .await
}
