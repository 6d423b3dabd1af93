"""A small procedure whose limits are agreed in a table, published as often as the times change."""

from app.cases import procedures
from tests.walks import tiny

DMN = 'xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"'
TIMES = {"interview": "3 working days", "panel": "working day 10"}
PANEL = tiny.process(
    "panelled",
    tiny.task("interview")
    + tiny.limit("interview_late", "interview", '=timescale("interview")', interrupts=False)
    + tiny.task("panel")
    + tiny.limit("panel_late", "panel", '=timescale("panel")', interrupts=False),
    tiny.end("done", "told", "told_too"),
    tiny.flow("begun", "interview", "panel", "done") + tiny.flow("interview_late", "told"),
    tiny.flow("panel_late", "told_too"),
)


def table(times):
    """A table of agreed times: {milestone: limit}."""
    rules = "".join(
        f'<rule id="{name}"><inputEntry><text>"{name}"</text></inputEntry>'
        f'<outputEntry><text>"{limit}"</text></outputEntry></rule>'
        for name, limit in times.items()
    )
    return (
        f'<definitions {DMN} id="agreed" name="agreed" namespace="urn:case-review:tests">'
        '<decision id="timescales" name="Agreed timescales"><decisionTable hitPolicy="FIRST">'
        '<input label="Milestone"><inputExpression><text>milestone</text></inputExpression></input>'
        f'<output name="limit" label="Time limit"/>{rules}</decisionTable></decision></definitions>'
    ).encode()


def publish(clock, **times):
    """Make the small procedure live, with other times where they are given; a second later than before."""
    clock.pass_(seconds=1)
    files = {"panelled.bpmn": PANEL, "timescales.dmn": table(TIMES | times)}
    return procedures.publish(files, by="tests", note="", clock=clock)
