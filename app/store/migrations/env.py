"""Runs the migrations on the database of the application that Flask-Migrate started them for."""

from alembic import context
from flask import current_app  # noqa: TID251  (Flask-Migrate gives the application no other way)


def run() -> None:
    extension = current_app.extensions["migrate"]
    with extension.db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=extension.db.metadata,
            **extension.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
