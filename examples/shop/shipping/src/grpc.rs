//! The gRPC interface, for payments.

use sqlx::PgPool;
use tonic::{Request, Response, Status};

use crate::parcels;

tonic::include_proto!("shop.shipping.v1");

pub struct Parcels {
    pub pool: PgPool,
}

#[tonic::async_trait]
impl shipping_server::Shipping for Parcels {
    async fn release(&self, request: Request<ReleaseRequest>) -> Result<Response<ReleaseReply>, Status> {
        let ReleaseRequest { order_id, grams, country } = request.into_inner();
        let grams = i32::try_from(grams).map_err(|_| Status::invalid_argument("grams: too heavy"))?;
        let parcel = parcels::release(&self.pool, order_id, grams, &country).await.map_err(|error| {
            tracing::error!(order = order_id, %error, "the database did not answer");
            Status::unavailable("parcels cannot be stored now")
        })?;
        Ok(Response::new(ReleaseReply { parcel_id: parcel.id, status: parcel.status }))
    }
}
