"""A drawing in words: numbered steps that read as a procedure."""
