"""Drawings on their way into use."""
