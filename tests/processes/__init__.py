"""Checks of what the partnership publishes: drawings, tables, forms and letters, read as files."""
