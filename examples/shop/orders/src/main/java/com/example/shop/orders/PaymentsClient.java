package com.example.shop.orders;

import io.github.resilience4j.bulkhead.annotation.Bulkhead;
import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.retry.annotation.Retry;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Charges orders. The idempotency key makes a repeated charge the same charge, so it may be repeated. */
@Component
class PaymentsClient {
  record Charge(long orderId, long cents, int grams, String country) {}

  private final RestClient client;

  PaymentsClient(RestClient.Builder builder, ShopProperties shop) {
    this.client = shop.payments().client(builder);
  }

  @Retry(name = "payments")
  @CircuitBreaker(name = "payments")
  @Bulkhead(name = "payments")
  public void charge(OrderView order) {
    client.post()
        .uri("/charges")
        .header("Idempotency-Key", "order-" + order.id())
        .body(new Charge(order.id(), order.cents(), order.grams(), order.country()))
        .retrieve()
        .toBodilessEntity();
  }
}
