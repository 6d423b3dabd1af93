"""The end of a history: what is made once all of it has happened."""

from app.cli.simulating.world import World


def settle(world: World) -> None:
    """Called once, when the clock has come to the present: the place for whatever is worked out of a history.

    Here a projection of the histories of all cases can be brought up to date.
    """
