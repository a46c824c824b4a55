package com.example.shop.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.util.ReflectionTestUtils;

class OrderServiceTest {
  private final OrderRepository orders = mock();
  private final CatalogClient catalog = mock();
  private final PaymentsClient payments = mock();
  private final OrderEvents events = mock();
  private final OrderService service = new OrderService(orders, catalog, payments, events);

  @BeforeEach
  void store() {
    when(catalog.product("tea")).thenReturn(new CatalogClient.Product("tea", 450, 250));
    when(orders.save(any())).thenAnswer(call -> {
      PlacedOrder order = call.getArgument(0);
      ReflectionTestUtils.setField(order, "id", 7L);
      return order;
    });
  }

  @Test
  void anOrderIsPricedPaidAndTold() {
    var placed = service.place("ada", new OrderRequest("tea", 3, "DE"));

    assertThat(placed).isEqualTo(new OrderView(7L, "ada", "tea", 3, 1350, 750, "DE", PlacedOrder.Status.PAID));
    verify(events).placed(placed);
  }

  @Test
  void nobodyHearsOfAnOrderThatWasNotPaid() {
    doThrow(new IllegalStateException("declined")).when(payments).charge(any());

    assertThatThrownBy(() -> service.place("ada", new OrderRequest("tea", 1, "DE"))).hasMessage("declined");
    verify(events, never()).placed(any());
  }

  @Test
  void cancellingTwiceIsCancellingOnce() {
    var order = new PlacedOrder("ada", new OrderRequest("tea", 1, "DE"), new CatalogClient.Product("tea", 450, 250));
    when(orders.findById(7L)).thenReturn(Optional.of(order));

    service.cancel(7);
    service.cancel(7);

    assertThat(order.view().status()).isEqualTo(PlacedOrder.Status.CANCELLED);
    assertThatThrownBy(() -> order.become(PlacedOrder.Status.PAID)).isInstanceOf(IllegalStateException.class);
  }
}
