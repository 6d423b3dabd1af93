"""What lists of cases are sorted by; the work piece by piece, and sums of it by the month

Revision ID: 0010
Revises: 0009
Create Date: 2026-11-29 18:50:00

"""
import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ON_BOARD = sa.text("status = 'open' AND virtual_at IS NULL")
_WAITS = sa.text("state = 'waiting'")
_UNTALLIED = sa.text("tallied < told AND virtual_at IS NULL")
_TALLIED_BY = ("process_id", "kind", "process", "key", "detail", "release_key", "role", "agency_key")


def upgrade():
    with op.batch_alter_table("case") as table:
        table.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("risk", sa.String(), server_default="", nullable=False))
        table.add_column(sa.Column("last_word_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("tallied", sa.Integer(), server_default="0", nullable=False))
    for name, columns, which in (("board", ["due_at", "id"], _ON_BOARD), ("untallied", ["id"], _UNTALLIED)):
        op.create_index(f"ix_case_{name}", "case", columns, postgresql_where=which, sqlite_where=which)
    op.execute(
        'UPDATE "case" SET due_at = (SELECT min(task.due_at) FROM task WHERE task.case_id = "case".id)'
    )
    op.create_index(
        "ix_timer_waiting_on", "timer", ["task_key", "due_at"], postgresql_where=_WAITS, sqlite_where=_WAITS
    )
    op.create_table(
        "stint",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("timer_key", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "process_id", "release_key", "process")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("key", "name", "role", "agency_key")),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in ("counts_from", "due_at", "ended_at")),
        sa.Column("ended", sa.String(), nullable=False),
        sa.Column("hours", sa.Double(), nullable=True),
        sa.Column("share", sa.Integer(), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id", "timer_key"),
    )
    op.create_index("ix_stint_case_id", "stint", ["case_id"])
    op.create_index("ix_stint_step", "stint", ["process_id", "process", "key", "ended_at"])
    op.create_index("ix_stint_person", "stint", ["person_id", "ended_at"])
    op.create_table(
        "tally",
        sa.Column("month", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in _TALLIED_BY),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("month", *_TALLIED_BY, "size"),
    )


def downgrade():
    op.drop_table("tally")
    op.drop_table("stint")
    op.drop_index("ix_timer_waiting_on", "timer")
    op.drop_index("ix_case_untallied", "case")
    op.drop_index("ix_case_board", "case")
    with op.batch_alter_table("case") as table:
        for name in ("tallied", "last_word_at", "risk", "due_at"):
            table.drop_column(name)
