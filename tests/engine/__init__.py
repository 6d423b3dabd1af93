"""SpiffWorkflow held to the standard: one tiny drawing for each fact, and the snapshot held to the library's own."""
