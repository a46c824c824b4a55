package com.example.shop.orders;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** An order as it is stored. Its price is what the catalog said when it was placed. */
@Entity
@Table(name = "orders")
public class PlacedOrder {
  public enum Status { PLACED, PAID, CANCELLED }

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  private String customer;
  private String sku;
  private int quantity;
  private long cents;
  private int grams;

  @Column(length = 2)
  private String country;

  @Enumerated(EnumType.STRING)
  private Status status = Status.PLACED;

  @Version
  private int version;

  protected PlacedOrder() {}

  PlacedOrder(String customer, OrderRequest request, CatalogClient.Product product) {
    this.customer = customer;
    this.sku = request.sku();
    this.quantity = request.quantity();
    this.country = request.country();
    this.cents = Math.multiplyExact(product.cents(), (long) request.quantity());
    this.grams = Math.multiplyExact(product.grams(), request.quantity());
  }

  void become(Status next) {
    if (status == Status.CANCELLED && next != Status.CANCELLED) {
      throw new IllegalStateException("order " + id + " was cancelled");
    }
    status = next;
  }

  OrderView view() {
    return new OrderView(id, customer, sku, quantity, cents, grams, country, status);
  }
}
