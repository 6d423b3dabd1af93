"""Asking for a review, and following it as the person who asked."""
