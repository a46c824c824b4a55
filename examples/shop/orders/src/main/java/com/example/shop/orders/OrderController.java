package com.example.shop.orders;

import jakarta.validation.Valid;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/orders")
class OrderController {
  private final OrderService service;

  OrderController(OrderService service) {
    this.service = service;
  }

  @GetMapping
  List<OrderView> mine(@AuthenticationPrincipal Jwt user) {
    return service.ofCustomer(user.getSubject());
  }

  @GetMapping("/{id}")
  OrderView one(@PathVariable long id) {
    return service.find(id);
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  OrderView place(@AuthenticationPrincipal Jwt user, @Valid @RequestBody OrderRequest request) {
    return service.place(user.getSubject(), request);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @PreAuthorize("hasAnyRole('admin', 'manager')")
  void cancel(@PathVariable long id) {
    service.cancel(id);
  }
}
