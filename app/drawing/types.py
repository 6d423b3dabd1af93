"""The types that a DMN file defines, as the evaluator reads them (DMN 1.5, 7.3.3)."""

from lxml import etree

from app import errors
from app.drawing import xml
from app.feel.nodes import Tests, Type
from app.feel.parsing import parse_tests

ANY = "Any"


def book(root: etree._Element) -> dict[str, Type]:
    """Every item definition of a file by name."""
    return {_name(element): _item(element) for element in _children(root, "itemDefinition") if element.get("name")}


def referred(element: etree._Element) -> Type | None:
    """The type that the attribute ``typeRef`` (in DMN 1.1 also an element) names, or None."""
    written = element.get("typeRef") or _text(element, "typeRef")
    return named(written)


def named(written: str) -> Type | None:
    """The type of that name, or None for no name."""
    name = " ".join((written or "").split())
    name = name.rpartition("}")[2]  # DMN 1.1 files may write {namespace}name
    return Type(name) if name and name != "Undefined" else None


def _item(element: etree._Element) -> Type:
    inner = _alone(element)
    if element.get("isCollection") in ("true", "1"):
        of_each = Type(inner.name, inner.of, inner.keys, inner.result, _tests(element, "allowedValues"))
        return Type("list", (of_each,), tests=_tests(element, "typeConstraint"))
    tests = _tests(element, "allowedValues") or _tests(element, "typeConstraint")
    return Type(inner.name, inner.of, inner.keys, inner.result, tests)


def _alone(element: etree._Element) -> Type:
    """The type of one item."""
    components = _children(element, "itemComponent")
    if components:
        names = tuple(_name(one) for one in components)
        return Type("context", tuple(_item(one) for one in components), names)
    for function in _children(element, "functionItem"):
        takes = tuple(referred(one) or Type(ANY) for one in _children(function, "parameters"))
        return Type("function", takes, (), named(function.get("outputTypeRef", "")) or Type(ANY))
    return referred(element) or Type(ANY)


def _tests(element: etree._Element, name: str) -> Tests | None:
    for allowed in _children(element, name):
        written = _text(allowed, "text")
        try:
            return parse_tests(written) if written else None
        except errors.NotUnderstood as problem:
            says = f"The allowed values of the type ‘{_name(element)}’ cannot be read. {problem}"
            raise errors.NotUnderstood(says, source=written, at=problem.at) from problem
    return None


def _name(element: etree._Element) -> str:
    return " ".join(element.get("name", "").split())


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    return [one for one in element if isinstance(one.tag, str) and xml.local(one) == name]


def _text(element: etree._Element, name: str) -> str:
    found = _children(element, name)
    return (found[0].text or "").strip() if found else ""
