"""Indexes for the board of managers, and what people have chosen to see on it

Revision ID: 0012
Revises: 0011
Create Date: 2026-11-29 19:20:00

"""
import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ON_BOARD = sa.text("status = 'open' AND virtual_at IS NULL")
_TRAINING = sa.text("virtual_at IS NOT NULL")
_AGENCYS = sa.text("agency_key IS NOT NULL")


def _board(*columns):
    op.drop_index("ix_case_board", "case")
    op.create_index("ix_case_board", "case", columns, postgresql_where=_ON_BOARD, sqlite_where=_ON_BOARD)


def upgrade():
    _board(sa.text("is_stopped DESC"), "due_at", "id")
    op.create_index("ix_case_training", "case", ["id"], postgresql_where=_TRAINING, sqlite_where=_TRAINING)
    op.create_index("ix_task_step", "task", ["key", "case_id", "due_at"])
    op.drop_index("ix_task_agency_key", "task")
    op.create_index(
        "ix_task_agency",
        "task",
        ["agency_key", "case_id", "due_at"],
        postgresql_where=_AGENCYS,
        sqlite_where=_AGENCYS,
    )
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("page", "name", "query")),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id", "page", "name"),
    )
    op.create_index("ix_saved_view_page", "saved_view", ["page"])


def downgrade():
    op.drop_table("saved_view")
    op.drop_index("ix_task_agency", "task")
    op.create_index("ix_task_agency_key", "task", ["agency_key"])
    op.drop_index("ix_task_step", "task")
    op.drop_index("ix_case_training", "case")
    _board("due_at", "id")
