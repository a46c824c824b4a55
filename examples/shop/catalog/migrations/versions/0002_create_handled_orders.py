"""create handled orders"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table("handled_orders", sa.Column("order_id", sa.Integer, primary_key=True, autoincrement=False))


def downgrade() -> None:
    op.drop_table("handled_orders")
