package com.example.shop.orders;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.NOT_FOUND)
class OrderNotFound extends RuntimeException {
  OrderNotFound(long id) {
    super("no order " + id);
  }
}
