package com.example.shop.orders;

import java.util.List;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

/**
 * Places and changes orders. No transaction spans a call of another service: a connection would be
 * held for as long as the slowest of them takes.
 */
@Service
public class OrderService {
  private final OrderRepository orders;
  private final CatalogClient catalog;
  private final PaymentsClient payments;
  private final OrderEvents events;

  OrderService(OrderRepository orders, CatalogClient catalog, PaymentsClient payments, OrderEvents events) {
    this.orders = orders;
    this.catalog = catalog;
    this.payments = payments;
    this.events = events;
  }

  /** Cache-aside: the database is asked only when the cache does not know. */
  @Cacheable("orders")
  public OrderView find(long id) {
    return orders.findById(id).orElseThrow(() -> new OrderNotFound(id)).view();
  }

  public List<OrderView> ofCustomer(String customer) {
    return orders.findTop50ByCustomerOrderByIdDesc(customer).stream().map(PlacedOrder::view).toList();
  }

  /** Write-through: what is stored is in the cache before the caller has its answer. */
  @CachePut(cacheNames = "orders", key = "#result.id()")
  public OrderView place(String customer, OrderRequest request) {
    var product = catalog.product(request.sku());
    var order = orders.save(new PlacedOrder(customer, request, product));
    payments.charge(order.view());
    order.become(PlacedOrder.Status.PAID);
    var paid = orders.save(order).view();
    events.placed(paid);
    return paid;
  }

  /** The compensation of {@link #place}; cancelling what is cancelled changes nothing. */
  @CacheEvict("orders")
  public void cancel(long id) {
    var order = orders.findById(id).orElseThrow(() -> new OrderNotFound(id));
    order.become(PlacedOrder.Status.CANCELLED);
    orders.save(order);
  }
}
