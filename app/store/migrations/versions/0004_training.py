"""Training cases: a clock of their own, and references of their own

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-23 02:00:00

"""
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("case", schema=None) as batch:
        batch.add_column(sa.Column("virtual_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("reference_number", schema=None) as batch:
        batch.add_column(sa.Column("training", sa.Integer(), nullable=False, server_default="0"))


def downgrade():
    with op.batch_alter_table("reference_number", schema=None) as batch:
        batch.drop_column("training")
    with op.batch_alter_table("case", schema=None) as batch:
        batch.drop_column("virtual_at")
