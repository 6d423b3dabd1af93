"""What every case owes, whatever way it takes: sixteen invariants, each a small function of the record of a case."""
