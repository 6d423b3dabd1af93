"""Tokens for programs: made by an administrator, shown once, kept as a hash, good for a time, revocable at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from app import errors
from app.clock import Clock
from app.store import programs, tokens
from app.store.rows.out import ApiToken
from app.store.transactions import transaction

CASES, TASKS, LIMITS, EVENTS = "cases:read", "tasks:read", "limits:read", "events:read"
AGENCIES, PEOPLE, NAMES = "agencies:read", "people:read", "cases:names"
SCOPES = {
    CASES: "Cases: reference, procedure, dates and state",
    TASKS: "Open tasks",
    LIMITS: "Time limits",
    EVENTS: "What happened, without what people wrote",
    AGENCIES: "Agencies",
    PEOPLE: "Names of staff, instead of a code",
    NAMES: "Names of victims. Each reading is noted in the case",
}
BEGINS = "trig_"  # so that a token is known as one of ours, also by programs that look for leaked secrets
SHOWN = len(BEGINS) + 4  # characters that stay readable
DAYS = (30, 90, 365)  # how long a token may be good
LONGEST_NAME = 80
NOTED = timedelta(minutes=5)  # between two notes that a token was used


@dataclass(frozen=True)
class Program:
    """A program that has shown a good token."""

    name: str
    scopes: frozenset[str]


def make(name: str, scopes: Collection[str], days: int, *, by: str, clock: Clock) -> tuple[ApiToken, str]:
    """Make a token that is good for so many days; gives it with its secret, which nobody sees again.

    Raises ``Refused`` for no name, no scope, an unknown one, or another number of days.
    """
    _check(name, scopes, days)
    secret, at = tokens.make(), clock()
    row = ApiToken(
        name=name,
        hash=tokens.hashed(secret),
        begins=(BEGINS + secret)[:SHOWN],
        scopes=sorted(scopes),
        made_at=at,
        made_by=by,
        ends_at=at + timedelta(days=days),
    )
    with transaction():
        programs.add(row)
    return row, BEGINS + secret


def _check(name: str, scopes: Collection[str], days: int) -> None:
    problems = {}
    if not 0 < len(name) <= LONGEST_NAME:
        problems["name"] = f"Enter which program will use it, in at most {LONGEST_NAME} characters"
    if not scopes or not set(scopes) <= SCOPES.keys():
        problems["scopes"] = f"Choose what it may read, some of {', '.join(SCOPES)}"
    if days not in DAYS:
        problems["days"] = f"Choose how long it is good: {', '.join(map(str, DAYS))} days"
    if problems:
        raise errors.Refused(problems)


def revoke(token_id: int, *, by: str, clock: Clock) -> ApiToken:
    """End a token at once. One that is revoked already is left as it is. Raises ``NotFound``."""
    with transaction():
        row = programs.load(token_id)
        if row.revoked_at is None:
            row.revoked_at, row.revoked_by = clock(), by
    return row


def known(secret: str, *, clock: Clock) -> Program:
    """The program that shows this secret. Raises ``TokenNeeded`` unless it is good now."""
    try:
        row = programs.by_hash(tokens.hashed(secret.removeprefix(BEGINS)))
    except errors.NotFound:
        row = None
    at = clock()
    if row is None or not is_good(row, at):
        raise errors.TokenNeeded
    if row.used_at is None or at - row.used_at >= NOTED:
        _note(row.id, at)
    return Program(row.name, frozenset(row.scopes))


def is_good(row: ApiToken, at: datetime) -> bool:
    """Whether a token opens anything at an instant."""
    return row.revoked_at is None and at < row.ends_at


def _note(token_id: int, at: datetime) -> None:
    with transaction():
        programs.load(token_id).used_at = at
