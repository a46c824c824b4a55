package com.example.shop.orders;

import io.github.resilience4j.bulkhead.annotation.Bulkhead;
import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Asks the catalog for products. The mesh repeats what failed; this client only limits and breaks. */
@Component
class CatalogClient {
  record Product(String sku, long cents, int grams) {}

  private final RestClient client;

  CatalogClient(RestClient.Builder builder, ShopProperties shop) {
    this.client = shop.catalog().client(builder);
  }

  @CircuitBreaker(name = "catalog")
  @Bulkhead(name = "catalog")
  public Product product(String sku) {
    return client.get().uri("/products/{sku}", sku).retrieve().body(Product.class);
  }
}
