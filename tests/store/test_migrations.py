"""The tables that migrations make are the tables the code means."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from app.store.db import db


def test_migrations_lead_to_exactly_the_tables_of_the_code(app):
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.metadata) == []


def test_the_first_migration_can_be_taken_back_and_done_again(app):
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
    upgrade()
    assert {"case", "task", "timer", "event"} <= set(inspect(db.engine).get_table_names())
