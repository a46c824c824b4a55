package com.example.shop.orders;

import java.io.Serializable;

/** An order as callers and the cache see it. */
public record OrderView(
    Long id, String customer, String sku, int quantity, long cents, int grams, String country, PlacedOrder.Status status)
    implements Serializable {}
