"""The counting of days, the limits and their words, as tables that a reader can check against a calendar."""
