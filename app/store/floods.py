"""What only the bench of lists asks of PostgreSQL: years of closed cases and their numbers, made by itself.

The rows are as many and as wide as real ones and lie in the same tables with the same indexes. Closed cases have no
snapshot and no history: no list reads them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import event, text

from app.store.db import db

YEARS = 10
STINTS = 3  # of each closed case
SIZES = 25  # of each step in each month
SCATTER = """
update task set
  due_at = case when due_at is null then null
    else cast(:now as timestamptz) + (random() * 40 - 2) * interval '1 day' end,
  person_id = case when random() < 0.5 then null
    else (array(select id from person order by id))[1 + floor(random() * (select count(*) from person))::int] end
"""
OUTLINE = """
update "case" set due_at = found.due_at, last_word_at = cast(:now as timestamptz) - random() * interval '30 days',
  risk = (array['', 'standard', 'medium', 'high'])[1 + floor(random() * 4)::int]
from (select case_id, min(due_at) as due_at from task group by case_id) as found where found.case_id = "case".id
"""
CLOSED = """
insert into "case" (id, reference, process_id, release_key, calendar_key, title, status, opened_at, closed_at, revision,
  told, head, attempts, is_stopped, correlation_key, kept_because, risk, tallied)
select gen_random_uuid(), 'OLD-' || n, :process_id, :release_key, '', 'Made up, number ' || n, 'closed',
  cast(:now as timestamptz) - (n * 1.0 / :number) * interval '10 years',
  cast(:now as timestamptz) - (n * 1.0 / :number) * interval '10 years', 40, 100, repeat('0', 64), 0, false, '', '',
  'standard', 100
from generate_series(1, cast(:number as integer)) as n
"""
ENDED = """
insert into stint (id, timer_key, case_id, kind, process_id, release_key, process, key, name, role, agency_key,
  person_id, started_at, ended_at, due_at, ended, hours, share, is_late)
select gen_random_uuid(), '', c.id, 'task', c.process_id, c.release_key, t.process, t.key, t.name, t.role,
  coalesce(t.agency_key, ''), (select min(id) from person), c.opened_at, c.closed_at, c.closed_at, 'done',
  round((random() * 60)::numeric, 1), floor(random() * 99)::int, false
from "case" as c cross join lateral (
  select distinct on (key) process, key, name, role, agency_key from task order by key limit cast(:stints as integer)
) as t where c.reference like 'OLD-%'
"""
SUMMED = """
insert into tally (month, process_id, kind, process, key, detail, release_key, role, agency_key, size, number, late,
  hours)
select month::date, :process_id, kind, t.process, t.key, case kind when 'task' then 'done' else 'kept' end,
  :release_key, t.role, coalesce(t.agency_key, ''), size, 10, 0, 40
from (select distinct process, key, role, agency_key from task) as t,
  generate_series(date_trunc('month', cast(:now as timestamptz) - interval '10 years'),
    cast(:now as timestamptz), interval '1 month') as month,
  generate_series(0, cast(:sizes as integer) - 1) as size, unnest(array['task', 'limit']) as kind
on conflict do nothing
"""


def scatter(now: datetime) -> None:
    """Let open tasks be due from two days ago to five weeks from now, half of them with somebody who has them."""
    for statement in (SCATTER, OUTLINE):
        db.session.execute(text(statement), {"now": now})


def close(number: int, process_id: str, release_key: str, now: datetime) -> None:
    """As many closed cases, over ten years, each with stints; and the sums of ten years."""
    about = {"process_id": process_id, "release_key": release_key, "now": now}
    db.session.execute(text(CLOSED), about | {"number": number})
    db.session.execute(text(ENDED), {"stints": STINTS})
    db.session.execute(text(SUMMED), about | {"sizes": SIZES})


def open_tasks() -> int:
    """How many tasks are open."""
    return int(db.session.execute(text("select count(*) from task")).scalar_one())


@contextmanager
def counting() -> Iterator[list[str]]:
    """Collect every statement that is sent to the database."""
    said: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
