"""Who has how much work, team by team: a team is whoever has a role, for an agency where the role is an agency's.

What is open is counted as it is now; what was finished in the last 30 days comes from the history. The usual working
time is the middle value, as on the pages of procedures. The number of statements does not grow with the work.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.cases import access, away, calendars
from app.clock import Clock
from app.law import calendar
from app.status.numbers import measures
from app.store import people, workload
from app.store.rows.people import Person
from app.store.workload import Done, Open

DAYS = 30
Key = tuple[str, str]  # role, agency


@dataclass
class Work:
    """The work of one person in one team, or that nobody has taken (no ``person``)."""

    person_id: int | None = None
    name: str = ""
    away: str = ""
    is_there: bool = True  # can sign in and has the role
    open: int = 0
    late: int = 0
    close: int = 0
    oldest_at: datetime | None = None
    done: int = 0
    limits: int = 0  # of what was done
    late_done: int = 0
    sizes: dict[int, int] = field(default_factory=dict)

    @property
    def usual(self) -> float | None:
        """The middle value of the working days that tasks took."""
        return measures.middle(self.sizes, measures.HALF, 2)

    @property
    def late_share(self) -> float | None:
        """How many of the tasks with a limit were late: 1.0 is all of them."""
        return self.late_done / self.limits if self.limits else None


@dataclass
class Team:
    """A role and its people."""

    role: str
    agency_key: str
    agency: str
    people: list[Work]
    nobodys: Work

    @property
    def late(self) -> int:
        """How many of its open tasks are late."""
        return self.nobodys.late + sum(one.late for one in self.people)

    @property
    def has_work(self) -> bool:
        """Whether anything is open or was finished lately."""
        return bool(self.nobodys.open or any(one.open or one.done for one in self.people))

    @property
    def most(self) -> int:
        """The largest number of open tasks that somebody has, for bars; at least 1."""
        return max([1, *(one.open for one in self.people)])


@dataclass(frozen=True)
class Everybody:
    """All teams, those with most late tasks first."""

    teams: Sequence[Team]
    away: Mapping[str, str]  # name: until when

    @property
    def busy(self) -> list[Team]:
        """The teams that have work, or finished some."""
        return [team for team in self.teams if team.has_work]

    @property
    def idle(self) -> list[Team]:
        """The others."""
        return [team for team in self.teams if not team.has_work]

    @property
    def late(self) -> int:
        """How many open tasks are late."""
        return sum(team.late for team in self.teams)

    @property
    def nobodys(self) -> int:
        """How many open tasks nobody has taken."""
        return sum(team.nobodys.open for team in self.teams)


def close_by(now: datetime) -> datetime:
    """The end of the next working day: what is due by then is close to its limit, as in the list of tasks."""
    *_, last = calendar.count_working_days(calendar.day_of(now), 1, calendars.in_force().own)
    return calendar.end_of(last.day)


def since(today: date) -> datetime:
    """The beginning of the 30 days."""
    return calendar.end_of(today - timedelta(days=DAYS))


def everybody(*, clock: Clock) -> Everybody:
    """Every team with its work."""
    now = clock()
    today = calendar.day_of(now)
    known = {one.id: one for one in people.all_there_were()}
    absent = {person_id: away.says(one) for person_id, one in away.on(today).items()}
    agencies = {one.key: one.name for one in people.agencies()}
    teams = _teams(known.values(), agencies)
    for open_ones in workload.open_now(now, close_by(now)):
        if open_ones.role != access.APPLICANT:
            _count_open(_work(teams, open_ones, agencies), open_ones)
    for done in workload.done_since(list(known), since(today)):
        _count_done(_work(teams, done, agencies), done)
    for key, team in teams.items():
        _name(key, team.people, known, absent)
        team.people.sort(key=lambda one: (-one.late, -one.open, one.name))
    found = sorted(teams.values(), key=lambda team: (-team.late, team.role, team.agency))
    return Everybody(found, {known[one].name: absent[one] for one in sorted(absent, key=lambda one: known[one].name)})


def _teams(everybody: Collection[Person], agencies: Mapping[str, str]) -> dict[Key, Team]:
    teams: dict[Key, Team] = {}
    for one in everybody:
        for grant in one.roles if one.is_active else ():
            if grant.role not in access.WITHOUT_TASKS:
                team = _team(teams, (grant.role, grant.agency_key or ""), agencies)
                team.people.append(Work(one.id))
    return teams


def _team(teams: dict[Key, Team], key: Key, agencies: Mapping[str, str]) -> Team:
    role, agency = key
    return teams.setdefault(key, Team(role, agency, agencies.get(agency, agency), [], Work()))


def _work(teams: dict[Key, Team], counted: Open | Done, agencies: Mapping[str, str]) -> Work:
    team = _team(teams, (counted.role, counted.agency_key), agencies)
    if counted.person_id is None:
        return team.nobodys
    found = next((one for one in team.people if one.person_id == counted.person_id), None)
    if found is None:
        found = Work(counted.person_id)
        team.people.append(found)
    return found


def _count_open(work: Work, counted: Open) -> None:
    work.open += counted.number
    work.late += counted.late
    work.close += counted.close
    work.oldest_at = min(filter(None, (work.oldest_at, counted.oldest_at)))


def _count_done(work: Work, counted: Done) -> None:
    work.done += counted.number
    work.limits += counted.limits
    work.late_done += counted.late
    work.sizes[counted.size] = work.sizes.get(counted.size, 0) + counted.number


def _name(key: Key, several: Iterable[Work], known: Mapping[int, Person], absent: Mapping[int, str]) -> None:
    role, agency = key
    for one in several:
        person = known[one.person_id or 0]
        has_role = any(g.role == role and agency in ("", g.agency_key or agency) for g in person.roles)
        one.name, one.away = person.name, absent.get(person.id, "")
        one.is_there = person.is_active and has_role
