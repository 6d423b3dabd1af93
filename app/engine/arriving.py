"""Events that a person confirms: what the drawing waits for comes from outside, and somebody says that it has come."""

from typing import Any
from uuid import UUID, uuid5

from lxml import etree
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.spiff.specs.event_definitions import MessageEventDefinition
from SpiffWorkflow.task import Task

from app.drawing.asking import ARRIVED, ASKS
from app.drawing.sheet import property_of


class Arrival(MessageEventDefinition):
    """What happens when a person says so. Known by the id of its element, so nothing else brings it about."""

    def __init__(self, element: str, **kwargs: Any) -> None:
        kwargs.pop("name", None)
        super().__init__(f"{element} {ARRIVED}", **kwargs)
        self.element = element

    @property
    def event(self) -> BpmnEvent:
        """It has come."""
        return BpmnEvent(self, payload={})


def is_asked(node: etree._Element) -> bool:
    """Whether the drawing has a person confirm this event."""
    return property_of(node, ASKS) == ARRIVED


def arrivals(task: Task) -> list[Arrival]:
    """What a waiting task has people confirm: its own event, or those of an event-based gateway."""
    definition = getattr(task.task_spec, "event_definition", None)
    several = getattr(definition, "event_definitions", None) or [definition]
    return [one for one in several if isinstance(one, Arrival)]


def arrival_id(task: Task, arrival: Arrival) -> UUID:
    """The id of the open task in which a person confirms it."""
    return uuid5(task.id, arrival.element)
