"""A believable history of a partnership: real drawings, real rooms, a virtual clock, and people who take their time."""
