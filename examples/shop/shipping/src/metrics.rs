//! Counters and latencies, in the text format that Prometheus scrapes.

use axum::{extract::{MatchedPath, Request}, middleware::Next, response::Response};
use prometheus::{HistogramOpts, HistogramVec, Registry, TextEncoder};

#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    durations: HistogramVec,
}

impl Metrics {
    pub fn new() -> prometheus::Result<Self> {
        let durations = HistogramVec::new(
            HistogramOpts::new("http_server_requests_seconds", "Time to answer a request"),
            &["method", "path", "status"],
        )?;
        let registry = Registry::new();
        registry.register(Box::new(durations.clone()))?;
        Ok(Self { registry, durations })
    }

    pub fn text(&self) -> prometheus::Result<String> {
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }

    /// Times a request under its route, never under its path: ids would make a series each.
    pub async fn observe(self, request: Request, next: Next) -> Response {
        let method = request.method().to_string();
        let path = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
        let start = std::time::Instant::now();
        let response = next.run(request).await;
        self.durations
            .with_label_values(&[method.as_str(), path.as_str(), response.status().as_str()])
            .observe(start.elapsed().as_secs_f64());
        response
    }
}
