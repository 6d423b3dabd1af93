"""Links by which an agency answers one task, and who came by one

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-28 19:30:00

"""
import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("link", schema=None) as batch:
        batch.add_column(sa.Column("task_id", sa.Uuid(), nullable=True))
        batch.create_index(batch.f("ix_link_task_id"), ["task_id"], unique=False)
    with op.batch_alter_table("message", schema=None) as batch:
        batch.add_column(sa.Column("task_id", sa.Uuid(), nullable=True))
    with op.batch_alter_table("reading", schema=None) as batch:
        batch.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column("name", sa.String(), nullable=False, server_default=""))


def downgrade():
    op.execute("delete from reading where person_id is null")
    with op.batch_alter_table("reading", schema=None) as batch:
        batch.drop_column("name")
        batch.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("message", schema=None) as batch:
        batch.drop_column("task_id")
    with op.batch_alter_table("link", schema=None) as batch:
        batch.drop_index(batch.f("ix_link_task_id"))
        batch.drop_column("task_id")
