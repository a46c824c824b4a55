"""Stock levels: written through a Valkey that keeps them, read from it by everyone."""

import logging

import redis

from catalog.models import HandledOrder, Product, db

log = logging.getLogger(__name__)


class NotEnoughStock(Exception):
    """An order asks for more than there is."""


class StockStore:
    """Write-through: the level is in the store and in the database before the writer has its answer."""

    def __init__(self, store: redis.Redis | None) -> None:
        self._store = store

    @classmethod
    def from_settings(cls, settings: dict) -> "StockStore":
        if not settings.get("STOCK_STORE_HOST"):
            return cls(None)
        return cls(
            redis.Redis(
                host=settings["STOCK_STORE_HOST"],
                port=settings["STOCK_STORE_PORT"],
                password=settings["STOCK_STORE_PASSWORD"],
                socket_connect_timeout=0.2,
                socket_timeout=0.2,
                decode_responses=True,
            )
        )

    def take(self, order_id: int, sku: str, quantity: int) -> int:
        """Takes an order's stock once, however often it is asked; returns what is left."""
        product = db.session.get(Product, sku, with_for_update=True)
        if product is None:
            raise KeyError(sku)
        if db.session.get(HandledOrder, order_id) is None:
            if product.stock < quantity:
                db.session.rollback()
                raise NotEnoughStock(f"{sku}: {product.stock} left, {quantity} asked for")
            product.stock -= quantity
            db.session.add(HandledOrder(order_id=order_id))
        self._write(sku, product.stock)
        db.session.commit()
        return product.stock

    def level(self, sku: str) -> int | None:
        try:
            cached = self._store.get(f"stock:{sku}") if self._store else None
        except redis.RedisError as error:
            log.warning("the stock store did not answer: %s", error)
            cached = None
        if cached is not None:
            return int(cached)
        product = db.session.get(Product, sku)
        return None if product is None else product.stock

    def _write(self, sku: str, level: int) -> None:
        if self._store:
            self._store.set(f"stock:{sku}", level, ex=86_400)
