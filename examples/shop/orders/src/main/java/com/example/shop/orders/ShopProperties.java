package com.example.shop.orders;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ClientHttpRequestFactorySettings;
import org.springframework.web.client.RestClient;

/** Where the other services are and how long each may take. */
@ConfigurationProperties("shop")
record ShopProperties(String ordersPlacedTopic, Callee catalog, Callee payments) {
  record Callee(String url, Duration connectTimeout, Duration readTimeout) {
    /** A client of its own for each callee: one that hangs does not hold the connections of another. */
    RestClient client(RestClient.Builder builder) {
      var settings = ClientHttpRequestFactorySettings.defaults()
          .withConnectTimeout(connectTimeout)
          .withReadTimeout(readTimeout);
      return builder.clone()
          .baseUrl(url)
          .requestFactory(ClientHttpRequestFactoryBuilder.detect().build(settings))
          .requestInterceptor(new BearerTokenRelay())
          .build();
    }
  }
}
