"""The record of a run, row by row, read against other drawings.

A row fits where the other drawing has an element of the same id and kind on the same page. Boundary events belong to
their activity: those that are new are added to it, those that are gone are left out. See ``snapshot`` for the rows.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit
from SpiffWorkflow.specs.Join import Join
from SpiffWorkflow.util.task import TaskState

from app import errors
from app.engine.library import Procedure
from app.engine.scopes import LIVE
from app.engine.views import EDGE
from app.engine.weaving import ASKING

Row = list[Any]
OWN, PARENT, SPEC, STATE = 0, 1, 2, 3  # the places in a row


@dataclass(frozen=True)
class Lost:
    """A place where the run stands, and that the other drawing does not have."""

    key: str  # the element's id
    name: str  # its label
    process: str  # the page it stands on
    scope: str | None  # the id of that page in the run; None for the process itself


Carried = tuple[dict[str, Any], tuple[Lost, ...]]


def carried(record: Mapping[str, Any], here: Procedure, there: Procedure, without: Collection[str] = ()) -> Carried:
    """The record as the other drawings can wake it, without what is lost; and what that is.

    The tasks ``without``, by their ids, count as lost wherever they stand.

    Raises ``CannotGoOn`` where the process itself is not there, or branches half met at a place that is gone.
    """
    process = record["process"]
    if process not in there.specs:
        raise errors.CannotGoOn("The other version does not have this procedure.")
    main = _Page(process, None, here, there, without)
    rows = main.carry(record["tasks"])
    gone, alive = list(main.lost), {row[OWN]: (row[SPEC], process) for row in rows}
    pages = []
    for around, spec, inner in record["scopes"]:  # the outer before the inner
        if around not in alive or not _opens(there, *alive[around], spec):
            continue
        page = _Page(spec, around, here, there, without)
        kept = page.carry(inner)
        alive |= {row[OWN]: (row[SPEC], spec) for row in kept}
        gone += page.lost
        pages.append([around, spec, kept])
    return {**record, "tasks": rows, "scopes": pages}, tuple(gone)


def _opens(there: Procedure, activity: str, page: str, inner: str) -> bool:
    """Whether an activity of a page still opens the inner page."""
    return getattr(there.specs[page].task_specs[activity], "spec", None) == inner


@dataclass
class _Page:
    """One page of the run: a process or subprocess."""

    process: str
    scope: str | None
    here: Procedure
    there: Procedure
    without: Collection[str] = ()
    lost: list[Lost] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)  # by id

    def carry(self, rows: list[Row]) -> list[Row]:
        """The rows that stay, in order."""
        self.rows = {row[OWN]: list(row) for row in rows}
        for row in rows:
            if not self._fits(row):
                self._leave(self.rows[row[OWN]])
        for row in [row for row in self.rows.values() if row[STATE] & LIVE]:
            self._edge(row)
        return list(_downwards(self.rows))

    def _old(self, row: Row) -> Any:
        return self.here.specs[self.process].task_specs[row[SPEC]]

    @property
    def _new(self) -> Mapping[str, Any]:
        return dict(self.there.specs[self.process].task_specs)

    def _fits(self, row: Row) -> bool:
        old, new = self._old(row), self._new.get(row[SPEC])
        if new is None or _kind(old) != _kind(new) or row[OWN] in self.without:
            return False
        inner = getattr(old, "spec", None)
        return inner is None or not row[STATE] & LIVE or (inner == new.spec and inner in self.there.specs)

    def _leave(self, row: Row) -> None:
        """Leave a row out: what hangs below it hangs below its parent from now on."""
        if row[OWN] not in self.rows:
            return
        old = self._old(row)
        if not (row[STATE] & LIVE) and any(isinstance(self._old(one), Join) for one in self._below(row)):
            if not isinstance(old, BoundaryEventSplit):
                says = "Branches wait for each other after it, and it is not in the other version."
                raise errors.CannotGoOn(says, element=old.bpmn_id or row[SPEC])
        if row[STATE] & LIVE and not _is_edge(old):
            self._lose(row, old)
        self._drop(row)

    def _lose(self, row: Row, old: Any) -> None:
        """Note that a step is gone, and leave out the split above it with the events on its edge."""
        split = self.rows.get(row[PARENT] or "")
        key = str(old.bpmn_id or row[SPEC]).removesuffix(" [child]").removesuffix(ASKING)
        self.lost.append(Lost(key, old.bpmn_name or key, self.process, self.scope))
        for child in list(self._below(row)):
            self._drop(child)  # the instances of a multi-instance
        if split is not None and isinstance(self._old(split), BoundaryEventSplit):
            for child in [one for one in self._below(split) if _is_edge(self._old(one))]:
                self._drop(child)
            self._drop(split)

    def _drop(self, row: Row) -> None:
        for child in list(self._below(row)):
            child[PARENT] = row[PARENT]
        self.rows.pop(row[OWN], None)

    def _below(self, row: Row) -> Iterator[Row]:
        return (one for one in self.rows.values() if one[PARENT] == row[OWN])

    def _edge(self, row: Row) -> None:
        """Give an open activity the events that are on its edge in the other drawing."""
        split_spec = self._new.get(row[SPEC] + EDGE)
        if split_spec is None:
            return
        above = self.rows.get(row[PARENT] or "")
        if above is None or above[SPEC] != split_spec.name:
            split = [uuid4().hex, row[PARENT], split_spec.name, TaskState.COMPLETED, False, None, None]
            self.rows[split[OWN]] = split
            row[PARENT] = above_id = split[OWN]
        else:
            above_id = above[OWN]
        present = {one[SPEC] for one in self.rows.values() if one[PARENT] == above_id}
        for output in split_spec.outputs:
            if output.name not in present:
                added = [uuid4().hex, above_id, output.name, TaskState.WAITING, False, None, None]
                self.rows[added[OWN]] = added


def _kind(spec: Any) -> tuple[type, type]:
    return type(spec), type(getattr(spec, "event_definition", None))


def _is_edge(spec: Any) -> bool:
    """Whether it stands on the edge of an activity: it is left out with it, or by itself."""
    return hasattr(spec, "cancel_activity") or isinstance(spec, BoundaryEventJoin)


def _downwards(rows: Mapping[str, Row]) -> Iterator[Row]:
    """The rows, parents before their children."""
    below: dict[str | None, list[Row]] = {}
    for row in rows.values():
        below.setdefault(row[PARENT], []).append(row)
    stack = list(reversed(below.get(None, [])))
    while stack:
        row = stack.pop()
        yield row
        stack.extend(reversed(below.get(row[OWN], [])))
