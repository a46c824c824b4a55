"""Products, prices and stock."""

from catalog.application import create_app

__all__ = ["create_app"]
