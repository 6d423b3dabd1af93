"""The tables, a file for each group that changes together."""
