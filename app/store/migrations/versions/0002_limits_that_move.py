"""Limits that move, editions of the calendars, and other agreed times for a case

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-23 00:50:00

"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "calendar_edition",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column(
            "changes",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_calendar_edition_in_force_at", "calendar_edition", ["in_force_at"], unique=False)
    with op.batch_alter_table("case", schema=None) as batch:
        batch.add_column(sa.Column("timescales_key", sa.String(), nullable=True))
        batch.add_column(sa.Column("calendar_key", sa.String(), nullable=False, server_default=""))
        batch.create_foreign_key("fk_case_timescales_key_release", "release", ["timescales_key"], ["key"])
    with op.batch_alter_table("timer", schema=None) as batch:
        batch.add_column(sa.Column("milestone", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("first_due_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("held_at", sa.DateTime(timezone=True), nullable=True))


def downgrade():
    with op.batch_alter_table("timer", schema=None) as batch:
        batch.drop_column("held_at")
        batch.drop_column("first_due_on")
        batch.drop_column("milestone")
    with op.batch_alter_table("case", schema=None) as batch:
        batch.drop_constraint("fk_case_timescales_key_release", type_="foreignkey")
        batch.drop_column("calendar_key")
        batch.drop_column("timescales_key")
    op.drop_index("ix_calendar_edition_in_force_at", table_name="calendar_edition")
    op.drop_table("calendar_edition")
