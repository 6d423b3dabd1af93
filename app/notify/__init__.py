"""Letters and messages: promised in the case's transaction, sent after it."""
