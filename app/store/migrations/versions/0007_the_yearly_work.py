"""The yearly work: how long cases are kept, what is published, what was deleted

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-28 19:40:00

"""
import datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

RECORD = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
YEARS = 6  # for cases that were closed before it was noted how they ended


def upgrade():
    with op.batch_alter_table("case", schema=None) as batch:
        batch.add_column(sa.Column("correlation_key", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("retain_until", sa.Date(), nullable=True))
        batch.add_column(sa.Column("kept_because", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("kept_until", sa.Date(), nullable=True))
        batch.create_index("ix_case_correlation", ["process_id", "correlation_key"], unique=False)
        batch.create_index(batch.f("ix_case_retain_until"), ["retain_until"], unique=False)
    with op.batch_alter_table("reference_number", schema=None) as batch:
        batch.add_column(sa.Column("others", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "publication",
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("numbers", RECORD, nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("first_on"),
    )
    op.create_table(
        "disposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("steps", RECORD, nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    keep_closed_cases()


def keep_closed_cases():
    """Give cases that are closed already the longest time."""
    case = sa.table("case", sa.column("id"), sa.column("closed_at", sa.DateTime(timezone=True)), sa.column("retain_until", sa.Date()))
    closed = op.get_bind().execute(sa.select(case.c.id, case.c.closed_at).where(case.c.closed_at.is_not(None))).all()
    for key, at in closed:
        until = datetime.date(at.year + YEARS, at.month, min(at.day, 28))
        op.execute(case.update().where(case.c.id == key).values(retain_until=until))


def downgrade():
    op.drop_table("disposal")
    op.drop_table("publication")
    with op.batch_alter_table("reference_number", schema=None) as batch:
        batch.drop_column("others")
    with op.batch_alter_table("case", schema=None) as batch:
        batch.drop_index(batch.f("ix_case_retain_until"))
        batch.drop_index("ix_case_correlation")
        batch.drop_column("kept_until")
        batch.drop_column("kept_because")
        batch.drop_column("retain_until")
        batch.drop_column("correlation_key")
