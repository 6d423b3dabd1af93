"""The end of a history: what is worked out once all of it has happened."""

from app.cli.simulating.world import World
from app.status import tallying


def settle(world: World) -> None:
    """Called once, when the clock has come to the present: the place for whatever is worked out of the histories."""
    world.done["tallied"] += tallying.all_of_it()
