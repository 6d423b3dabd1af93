"""Rows that tests begin with: emptying a database quickly, and putting back what was brought about once."""

from sqlalchemy import text

from app.store.db import db

LARGE = 32 * 2**20  # bytes of all tables, from which it is quicker to truncate them; empty they take one million
OURS = (
    "select oid, oid::regclass::text as name from pg_class where relkind = 'r' "
    "and relnamespace = 'public'::regnamespace and relname <> 'alembic_version'"
)


def empty(connection):
    """Take every row out of a migrated database, and let each sequence begin again.

    To truncate makes new files for all tables and their indexes and waits for the disk: seven tenths of a second. To
    delete a few rows takes thirty milliseconds, so truncated is only what has grown large, also with rows long deleted.
    """
    size = connection.execute(f"select sum(pg_total_relation_size(oid)) from ({OURS}) as ours").fetchone()[0]
    tables = [name for _, name in connection.execute(OURS)]
    if size > LARGE or not is_superuser(connection):
        connection.execute(f"truncate {', '.join(tables)} restart identity cascade")
        return
    with connection.transaction():
        connection.execute("set local session_replication_role = replica")  # in any order: all of them become empty
        for name in tables:
            connection.execute(f"delete from {name}")
        connection.execute(
            "select setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) "
            "from pg_sequences where schemaname = 'public' and last_value is not null"
        )


def is_superuser(connection):
    return connection.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()[0]


def walked(walk, story, settled):
    """Go through a story; where it was gone through before on this database, put back what stood at its end."""
    known = (story, db.engine.dialect.name, walk.clock())
    if known not in settled:
        story(walk)
        settled[known] = every(), walk.clock(), walk.id
    else:
        db.session.remove()
        rows, at, walk.id = settled[known]
        put_back(rows)
        walk.clock.set(at)


def every():
    """What stands in the tables, those first on which others depend."""
    with db.engine.connect() as connection:
        found = {table: connection.execute(table.select()).mappings().all() for table in db.metadata.sorted_tables}
    return {table: [dict(row) for row in rows] for table, rows in found.items() if rows}


def put_back(rows):
    """Let these rows be all that stands in the tables, and each sequence go on behind them."""
    with db.engine.begin() as connection:
        for table in reversed(db.metadata.sorted_tables):
            connection.execute(table.delete())
        for table, several in rows.items():
            connection.execute(table.insert(), several)
            counted = [column.name for column in table.columns if column is table.autoincrement_column]
            if counted and connection.dialect.name == "postgresql":
                last = max(row[counted[0]] for row in several)
                connection.execute(
                    text("select setval(pg_get_serial_sequence(:table, :column), :last)"),
                    {"table": f'"{table.name}"', "column": counted[0], "last": last},
                )
