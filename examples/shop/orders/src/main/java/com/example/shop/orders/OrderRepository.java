package com.example.shop.orders;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

interface OrderRepository extends JpaRepository<PlacedOrder, Long> {
  List<PlacedOrder> findTop50ByCustomerOrderByIdDesc(String customer);
}
