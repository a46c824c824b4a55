package com.example.shop.orders;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.when;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;

@WebMvcTest(OrderController.class)
@Import(SecurityConfiguration.class)
class OrderControllerTest {
  @Autowired private MockMvc http;
  @MockitoBean private OrderService service;
  @MockitoBean private JwtDecoder decoder;

  @Test
  void withoutATokenNothingIsAnswered() throws Exception {
    http.perform(get("/orders/7")).andExpect(status().isUnauthorized());
  }

  @Test
  void anOrderIsPlacedForTheUserOfTheToken() throws Exception {
    when(service.place(eq("ada"), any()))
        .thenReturn(new OrderView(7L, "ada", "tea", 1, 450, 250, "DE", PlacedOrder.Status.PAID));

    http.perform(post("/orders")
            .with(jwt().jwt(token -> token.subject("ada")))
            .contentType(MediaType.APPLICATION_JSON)
            .content("{\"sku\":\"tea\",\"quantity\":1,\"country\":\"DE\"}"))
        .andExpect(status().isCreated())
        .andExpect(jsonPath("$.status").value("PAID"));
  }

  @Test
  void aWrongOrderIsRefused() throws Exception {
    http.perform(post("/orders").with(jwt()).contentType(MediaType.APPLICATION_JSON)
            .content("{\"sku\":\"\",\"quantity\":0,\"country\":\"Germany\"}"))
        .andExpect(status().isBadRequest());
  }

  @Test
  void onlyAdminAndManagerCancel() throws Exception {
    http.perform(delete("/orders/7").with(jwt())).andExpect(status().isForbidden());
    http.perform(delete("/orders/7").with(jwt().authorities(new SimpleGrantedAuthority("ROLE_manager"))))
        .andExpect(status().isNoContent());
  }
}
