package com.example.shop.orders;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Serves orders; with the argument {@code migrate} it brings the database up to date and ends. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class OrdersApplication {
  public static void main(String[] args) {
    if (args.length == 1 && args[0].equals("migrate")) {
      new SpringApplicationBuilder(Migration.class)
          .web(WebApplicationType.NONE)
          .profiles("migrate")
          .run()
          .close();
      return;
    }
    SpringApplication.run(OrdersApplication.class, args);
  }
}
