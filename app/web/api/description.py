"""The description of the API: an OpenAPI 3.1 document, written from the same shapes and lists as the answers."""

from collections.abc import Mapping
from typing import Any

from app.records.giving.reading import RESOURCES, Resource
from app.records.giving.shapes import DAY, INSTANT, SHAPES, TEXT, WHOLE, YES_NO, Field
from app.records.giving.tokens import CASES, SCOPES
from app.web.api.problems import PATH

Record = dict[str, Any]
VERSION = "1.0.0"
TYPES: Mapping[str, Record] = {
    TEXT: {"type": "string"},
    INSTANT: {"type": "string", "format": "date-time"},
    DAY: {"type": "string", "format": "date"},
    YES_NO: {"type": "boolean"},
    WHOLE: {"type": "integer"},
}
SAYS = {
    "cases": "Cases in the order of opening. With since: those in which something happened from then on.",
    "tasks": "Open tasks in the order of opening. With since: those opened from then on.",
    "limits": "Time limits in the order of their beginning. With since: those that began or ended from then on.",
    "events": "What happened, in a fixed order: a page that was read never grows. With since: from then on.",
    "agencies": "The agencies of the partnership.",
}
PARAMETERS: Mapping[str, Record] = {
    "case": {"description": "Reference of a case", "schema": {"type": "string"}},
    "procedure": {"description": "Id of a process, such as asb_case_review", "schema": {"type": "string"}},
    "status": {"description": "The status or state, as the records have it", "schema": {"type": "string"}},
    "role": {"description": "A lane of the drawings", "schema": {"type": "string"}},
    "agency": {"description": "Key of an agency", "schema": {"type": "string"}},
    "kind": {"description": "A kind of event, such as timer_fired", "schema": {"type": "string"}},
    "since": {
        "description": "An instant with its zone, such as 2026-03-02T09:00:00Z",
        "schema": {"type": "string", "format": "date-time"},
    },
    "cursor": {"description": "As next_cursor of the page before gave it", "schema": {"type": "string"}},
    "limit": {
        "description": "How many records at most",
        "schema": {"type": "integer", "minimum": 1, "maximum": 500, "default": 100},
    },
}
TOLD = {"200": "Found", "304": "Nothing has changed since the answer with this ETag"}
FAULTS = {
    "400": "A parameter is wrong; errors says which and what was expected",
    "401": "No token, or one that is not good",
    "403": "The token has not the scope that this needs",
}


def document(public_url: str) -> Record:
    """The whole description."""
    paths = {f"{PATH}/{name}": {"get": _list(name, one)} for name, one in RESOURCES.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Case review",
            "version": VERSION,
            "description": "Reads cases, tasks, time limits and events. It changes nothing.",
        },
        "servers": [{"url": public_url}],
        "security": [{"token": []}],
        "paths": paths | {f"{PATH}/cases/{{reference}}": {"get": _one_case()}},
        "components": {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "; ".join(map(": ".join, SCOPES.items()))}
            },
            "schemas": {name: _object(fields) for name, fields in SHAPES.items()}
            | {"CaseWithWork": _with_work(), "Problem": PROBLEM},
        },
    }


def _list(name: str, resource: Resource) -> Record:
    items = {"type": "array", "items": _ref(resource.shape)}
    following = {"type": ["string", "null"], "description": "The cursor of the next page; null on the last"}
    page: Record = {"type": "object", "required": ["items", "next_cursor"]}
    page["properties"] = {"items": items, "next_cursor": following}
    asked = [{"name": one, "in": "query", **PARAMETERS[one]} for one in (*resource.filters, "cursor", "limit")]
    return {
        "operationId": f"list_{name}",
        "summary": f"{SAYS[name]} Needs the scope {resource.scope}.",
        "parameters": asked,
        "responses": _responses(page, FAULTS),
    }


def _one_case() -> Record:
    where = {"name": "reference", "in": "path", "required": True, "schema": {"type": "string"}}
    says = f"One case, with tasks and limits where the token has their scopes. Needs the scope {CASES}."
    faults = FAULTS | {"404": "There is no such case"}
    return {
        "operationId": "read_case",
        "summary": f"{says} That it was read is noted in the case.",
        "parameters": [where],
        "responses": _responses(_ref("CaseWithWork"), faults),
    }


def _responses(schema: Record, faults: Mapping[str, str]) -> Record:
    problem = {"application/problem+json": {"schema": _ref("Problem")}}
    found: Record = {status: {"description": says} for status, says in TOLD.items()}
    found["200"] |= {
        "headers": {"ETag": {"schema": {"type": "string"}, "description": "Show it as If-None-Match the next time"}},
        "content": {"application/json": {"schema": schema}},
    }
    return found | {status: {"description": says, "content": problem} for status, says in faults.items()}


def _ref(name: str) -> Record:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(fields: Mapping[str, Field]) -> Record:
    return {
        "type": "object",
        "required": list(fields),
        "additionalProperties": False,
        "properties": {name: _field(field) for name, field in fields.items()},
    }


def _field(field: Field) -> Record:
    told = {**TYPES[field.kind], "description": field.says}
    return told | ({"type": [told["type"], "null"]} if field.may_lack else {})


def _with_work() -> Record:
    lists = {name: {"type": "array", "items": _ref(RESOURCES[name].shape)} for name in ("tasks", "limits")}
    found = _object(SHAPES["Case"])
    return found | {"properties": {**found["properties"], **lists}}


PROBLEM: Record = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}
