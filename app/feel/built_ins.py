"""All built-in functions by name (DMN 1.5, 10.3.4); but ``now`` and ``today`` stand in ``scopes``: they need a time."""

from app.feel.built_in_contexts import CONTEXTS
from app.feel.built_in_lists import LISTS
from app.feel.built_in_numbers import NUMERIC
from app.feel.built_in_ranges import RANGES
from app.feel.built_in_statistics import STATISTICS
from app.feel.built_in_temporal import TEMPORAL
from app.feel.built_in_texts import TEXTS
from app.feel.signatures import BuiltIn

BUILT_INS: dict[str, BuiltIn] = {}
for _shelf in (TEXTS, NUMERIC, LISTS, STATISTICS, TEMPORAL, RANGES, CONTEXTS):
    for _name, _function in _shelf.items():
        BUILT_INS.setdefault(_name, BuiltIn()).signatures.extend(_function.signatures)
