"""FEEL, the expression language of DMN: parsed once, evaluated within bounds.

No Python is ever run from an expression.
"""
