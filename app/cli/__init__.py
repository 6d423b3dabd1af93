"""Commands for the people who run it."""
