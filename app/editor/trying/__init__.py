"""Trying a set of files before it is live: a case in memory, with a clock that is moved, kept and sent nowhere."""
