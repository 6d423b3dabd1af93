"""What was worked out already, by what it hangs on. What nobody has asked for longest goes first."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Kept = TypeVar("Kept")


class Shelf(Generic[Key, Kept]):
    """Room for a number of things, shared by threads."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._lock = Lock()
        self._things: OrderedDict[Key, Kept] = OrderedDict()

    def find(self, key: Key) -> Kept | None:
        """The thing, if it is there."""
        with self._lock:
            found = self._things.get(key)
            if found is not None:
                self._things.move_to_end(key)
            return found

    def keep(self, key: Key, thing: Kept) -> None:
        """Put a thing there."""
        with self._lock:
            self._things[key] = thing
            while len(self._things) > self._room:
                self._things.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._things.clear()
