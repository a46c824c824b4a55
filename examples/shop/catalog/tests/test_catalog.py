"""The catalog over SQLite, brought up by the real migrations."""

import json

import pytest
from flask_migrate import upgrade

from catalog import create_app, settings
from catalog.models import Product, db
from catalog.stock import NotEnoughStock
from catalog.worker import handle

TEA = {"name": "Tea", "cents": 450, "grams": 250}


@pytest.fixture
def app(tmp_path):
    app = create_app(
        {
            "TESTING": True,
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path}/catalog.db",
            "SQLALCHEMY_ENGINE_OPTIONS": {},
            "CACHE_TYPE": "SimpleCache",
        }
    )
    with app.app_context():
        upgrade("migrations")
        yield app


@pytest.fixture
def http(app):
    client = app.test_client()
    assert client.put("/products/tea", json=TEA | {"stock": 5}).status_code == 204
    return client


def test_a_product_is_found_and_another_is_not(http):
    assert http.get("/products/tea").json == TEA | {"sku": "tea"}
    assert http.get("/products").json == [TEA | {"sku": "tea"}]
    assert http.get("/products/coffee").status_code == 404


def test_a_new_price_is_seen_at_once(http):
    assert http.get("/products/tea").json["cents"] == 450
    http.put("/products/tea", json=TEA | {"cents": 500})
    assert http.get("/products/tea").json["cents"] == 500


def test_the_second_read_does_not_ask_the_database(app, http):
    http.get("/products/tea")
    db.session.execute(db.delete(Product))
    db.session.commit()
    assert http.get("/products/tea").status_code == 200


def test_an_order_takes_its_stock_once(app, http):
    message = json.dumps({"orderId": 1, "sku": "tea", "quantity": 2}).encode()
    handle(app, message)
    handle(app, message)
    assert http.get("/products/tea/stock").json["stock"] == 3


def test_more_than_there_is_cannot_be_taken(app, http):
    with pytest.raises(NotEnoughStock):
        handle(app, json.dumps({"orderId": 2, "sku": "tea", "quantity": 6}).encode())
    assert http.get("/products/tea/stock").json["stock"] == 5


def test_readiness_follows_the_database(app, http):
    assert http.get("/readyz").status_code == 200
    assert http.get("/healthz").status_code == 200


def test_the_password_comes_from_its_file(tmp_path):
    (tmp_path / "password").write_text("p@ss\n")
    read = settings.from_environment(
        {"DATABASE_URL": "mysql+pymysql://catalog@db:3306/catalog", "DATABASE_PASSWORD_FILE": str(tmp_path / "password")}
    )
    assert read["SQLALCHEMY_DATABASE_URI"] == "mysql+pymysql://catalog:p%40ss@db:3306/catalog"
