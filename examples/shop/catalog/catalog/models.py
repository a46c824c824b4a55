"""What the database holds."""

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Product(db.Model):
    __tablename__ = "products"
    __table_args__ = (CheckConstraint("stock >= 0", name="stock_is_not_negative"),)

    sku: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    cents: Mapped[int]
    grams: Mapped[int]
    stock: Mapped[int] = mapped_column(default=0)

    def view(self) -> dict:
        return {"sku": self.sku, "name": self.name, "cents": self.cents, "grams": self.grams}


class HandledOrder(db.Model):
    """Orders whose stock was taken. A message that comes twice is seen here."""

    __tablename__ = "handled_orders"

    order_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
