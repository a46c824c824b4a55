package com.example.shop.orders;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;

/** What a customer asks for. */
public record OrderRequest(
    @NotBlank String sku, @Positive @Max(100) int quantity, @Pattern(regexp = "[A-Z]{2}") String country) {}
