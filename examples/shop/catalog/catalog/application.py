"""The Flask application."""

import time

from flask import Flask, Response, abort, g, jsonify, request
from flask_caching import Cache
from flask_migrate import Migrate
from prometheus_client import Counter, Histogram
from redis.exceptions import RedisError
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from catalog import settings
from catalog.models import Product, db
from catalog.stock import StockStore

cache = Cache()
migrate = Migrate()

LATENCY = Histogram("http_server_requests_seconds", "Time to answer a request", ["method", "route", "status"])
LOOKUPS = Counter("catalog_product_lookups_total", "Products asked for", ["found"])


@cache.memoize()
def find(sku: str) -> dict | None:
    """Cache-aside: the database is asked only when the cache does not know."""
    product = db.session.get(Product, sku)
    return None if product is None else product.view()


def create_app(overrides: dict | None = None) -> Flask:
    app = Flask(__name__)
    app.config.update(settings.from_environment())
    app.config.update(overrides or {})
    db.init_app(app)
    migrate.init_app(app, db)
    cache.init_app(app)
    stock = StockStore.from_settings(app.config)
    app.extensions["stock"] = stock

    @app.before_request
    def start_clock() -> None:
        g.start = time.perf_counter()

    @app.after_request
    def stop_clock(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "unmatched"
        LATENCY.labels(request.method, route, response.status_code).observe(time.perf_counter() - g.start)
        return response

    @app.get("/products")
    @cache.cached(timeout=30, query_string=True)
    def products() -> Response:
        page = min(request.args.get("limit", default=50, type=int), 200)
        found = db.session.scalars(select(Product).order_by(Product.sku).limit(page))
        return jsonify([product.view() for product in found])

    @app.get("/products/<sku>")
    def product(sku: str) -> Response:
        found = find(sku)
        LOOKUPS.labels("no" if found is None else "yes").inc()
        if found is None:
            abort(404)
        return jsonify(found)

    @app.put("/products/<sku>")
    def change(sku: str) -> tuple[str, int]:
        body = request.get_json()
        product = db.session.get(Product, sku)
        if product is None:
            product = Product(sku=sku, stock=body.get("stock", 0))
            db.session.add(product)
        product.name, product.cents, product.grams = body["name"], body["cents"], body["grams"]
        db.session.commit()
        # Explicit invalidation: the next reader sees the new price, not the one of five minutes ago.
        try:
            cache.delete_memoized(find, sku)
        except RedisError as error:
            app.logger.warning("%s may be stale until its time is over: %s", sku, error)
        return "", 204

    @app.get("/products/<sku>/stock")
    def level(sku: str) -> Response:
        found = stock.level(sku)
        if found is None:
            abort(404)
        return jsonify(sku=sku, stock=found)

    @app.get("/healthz")
    def healthy() -> str:
        return "ok"

    @app.get("/readyz")
    def ready() -> tuple[str, int]:
        # The cache is not asked: without it the service is slower, not broken.
        try:
            db.session.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return "the database does not answer", 503
        return "ready", 200

    return app
