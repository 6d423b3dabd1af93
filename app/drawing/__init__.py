"""Drawings as files: reading them safely, and what they say. Nothing here executes."""
