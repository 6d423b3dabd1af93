"""Which rows of a decision table fit which answers: gaps, rows that fit together, rows that are never reached."""
