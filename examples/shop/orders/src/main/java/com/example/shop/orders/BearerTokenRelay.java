package com.example.shop.orders;

import java.io.IOException;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Calls other services as the user whose request is being answered. */
class BearerTokenRelay implements ClientHttpRequestInterceptor {
  @Override
  public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
      throws IOException {
    if (SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken user) {
      request.getHeaders().setBearerAuth(user.getToken().getTokenValue());
    }
    return execution.execute(request, body);
  }
}
