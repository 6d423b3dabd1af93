"""Every time limit of a draft in one list, with what it comes to in dates, and changing it."""
