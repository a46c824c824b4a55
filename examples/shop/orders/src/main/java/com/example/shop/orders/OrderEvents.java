package com.example.shop.orders;

import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Tells the rest of the shop about orders. The key keeps the events of one order in order. */
@Component
class OrderEvents {
  record OrderPlaced(long orderId, String sku, int quantity) {}

  private final KafkaTemplate<String, Object> kafka;
  private final String topic;

  OrderEvents(KafkaTemplate<String, Object> kafka, ShopProperties shop) {
    this.kafka = kafka;
    this.topic = shop.ordersPlacedTopic();
  }

  void placed(OrderView order) {
    kafka.send(topic, order.id().toString(), new OrderPlaced(order.id(), order.sku(), order.quantity()));
  }
}
