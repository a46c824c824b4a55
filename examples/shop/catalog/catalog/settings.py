"""Settings from the environment; passwords from files, so that they never stand in it."""

import os
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.engine import make_url


def _secret(environment: Mapping[str, str], name: str) -> str | None:
    path = environment.get(name)
    return Path(path).read_text(encoding="utf-8").rstrip("\n") if path else None


def from_environment(environment: Mapping[str, str] = os.environ) -> dict:
    url = make_url(environment.get("DATABASE_URL", "mysql+pymysql://catalog@localhost:3306/catalog"))
    password = _secret(environment, "DATABASE_PASSWORD_FILE")
    if password:
        url = url.set(password=password)
    cache_type = environment.get("CACHE_TYPE", "SimpleCache")
    return {
        "SQLALCHEMY_DATABASE_URI": url.render_as_string(hide_password=False),
        "SQLALCHEMY_ENGINE_OPTIONS": {
            # Six connections at most for each gunicorn worker: see deploy/catalog.
            "pool_size": int(environment.get("SQLALCHEMY_POOL_SIZE", "4")),
            "max_overflow": int(environment.get("SQLALCHEMY_MAX_OVERFLOW", "2")),
            "pool_timeout": int(environment.get("SQLALCHEMY_POOL_TIMEOUT", "2")),
            "pool_recycle": 1800,
            "pool_pre_ping": True,
        },
        "CACHE_TYPE": cache_type,
        "CACHE_DEFAULT_TIMEOUT": int(environment.get("CACHE_DEFAULT_TIMEOUT", "300")),
        "CACHE_KEY_PREFIX": "catalog:",
        "CACHE_REDIS_HOST": environment.get("CACHE_REDIS_HOST", "localhost"),
        "CACHE_REDIS_PORT": int(environment.get("CACHE_REDIS_PORT", "6379")),
        "CACHE_REDIS_PASSWORD": _secret(environment, "CACHE_REDIS_PASSWORD_FILE"),
        # A cache that does not answer at once is of no use.
        "CACHE_OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2} if cache_type == "RedisCache" else {},
        "STOCK_STORE_HOST": environment.get("STOCK_STORE_HOST"),
        "STOCK_STORE_PORT": int(environment.get("STOCK_STORE_PORT", "6379")),
        "STOCK_STORE_PASSWORD": _secret(environment, "STOCK_STORE_PASSWORD_FILE"),
    }
