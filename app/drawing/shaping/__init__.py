"""Editing a drawing as an outline: wishes in plain values, bytes of a drawing in, bytes of the changed drawing out."""
