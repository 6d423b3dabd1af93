"""Numbers about how near we are to the standards, for docs/conformance.md; each is counted, never typed in."""
