"""Small drawings for proofs of the heart, and the few moves they need."""

from threading import Barrier, Thread
from uuid import UUID

from app.cases import advancing, procedures
from app.cases.advancing import Opening, Step
from app.store import tasks
from app.store.db import db
from app.store.history import Happened
from app.store.rows.cases import Case

DEFINITIONS = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" targetNamespace="urn:case-review:tests"'
)
PATIENCE = 60  # seconds a test waits for a thread or process before it fails


def process(name, *parts, beside=""):
    """The drawing of a process ``name`` that begins at ``begun``."""
    inside = "".join(parts)
    return (
        f'<definitions {DEFINITIONS}><process id="{name}" isExecutable="true"><startEvent id="begun"/>{inside}</process>'
        f"{beside}</definitions>"
    ).encode()


def flow(*keys, condition=""):
    """Arrows from each element to the next."""
    inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return "".join(
        f'<sequenceFlow id="{a}_to_{b}" sourceRef="{a}" targetRef="{b}">{inner}</sequenceFlow>'
        for a, b in zip(keys, keys[1:], strict=False)
    )


def task(key):
    return f'<userTask id="{key}" name="{key}"/>'


def end(*keys):
    return "".join(f'<endEvent id="{key}"/>' for key in keys)


def gateway(key, default=""):
    return f'<exclusiveGateway id="{key}" name="{key}"' + (f' default="{default}"' if default else "") + "/>"


def limit(key, on, rule, *, interrupts=True, kind="timeDuration"):
    """A time limit ``key`` on the task ``on``."""
    cancels = str(interrupts).lower()
    return (
        f'<boundaryEvent id="{key}" attachedToRef="{on}" cancelActivity="{cancels}">'
        f'<timerEventDefinition id="{key}_timer"><{kind}>{rule}</{kind}></timerEventDefinition></boundaryEvent>'
    )


def letter(key, name="update", to="victim"):
    """A step that asks for a letter."""
    wants = {"letter": name, "to": to}
    properties = "".join(f'<spiffworkflow:property name="{k}" value="{v}"/>' for k, v in wants.items())
    return (
        f'<sendTask id="{key}" name="{key}"><extensionElements><spiffworkflow:properties>{properties}'
        "</spiffworkflow:properties></extensionElements></sendTask>"
    )


WATCHED = process(
    "watched",
    task("work") + limit("late", "work", "3 days") + task("instead") + end("done", "late_done"),
    flow("begun", "work", "done") + flow("late", "instead", "late_done"),
)
REMINDED = process(
    "reminded",
    task("work") + end("done", "told"),
    "".join(limit(f"day_{n}", "work", f"{n} days", interrupts=False) + flow(f"day_{n}", "told") for n in range(1, 5)),
    flow("begun", "work", "done"),
)
WEEKLY = process(
    "weekly",
    task("work") + limit("again", "work", "every 7 days", interrupts=False, kind="timeCycle") + end("done", "told"),
    flow("begun", "work", "done") + flow("again", "told"),
)
FORKED = process(
    "forked",
    task("work") + limit("late", "work", "3 days") + gateway("ask") + task("mended") + end("done", "late_done"),
    flow("begun", "work", "done") + flow("late", "ask") + flow("ask", "mended", condition='answer = "one"'),
    end("never") + flow("ask", "never", condition='answer = "two"') + flow("mended", "late_done"),
)
LETTERED = process(
    "lettered",
    task("work") + letter("tell") + task("wait") + end("done"),
    flow("begun", "work", "tell", "wait", "done"),
    '<subProcess id="frame" triggeredByEvent="true"><startEvent id="message_failed" isInterrupting="false">'
    '<messageEventDefinition id="failed_event" messageRef="failed"/></startEvent>',
    task("reach_another_way") + end("reached") + flow("message_failed", "reach_another_way", "reached"),
    "</subProcess>",
    beside='<message id="failed" name="message_failed"/>',
)
UNHEARD = process(
    "unheard",
    task("work") + letter("tell") + task("wait") + end("done"),
    flow("begun", "work", "tell", "wait", "done"),
)
TWICE = process(
    "twice",
    task("work") + limit("late", "work", "3 days") + task("again") + limit("later", "again", "3 days"),
    end("done", "late_done", "given_up") + flow("begun", "work", "done") + flow("late", "again", "late_done"),
    flow("later", "given_up"),
)
WRONGLY = process(
    "wrongly",
    task("work") + letter("tell", name="no_such_letter") + task("wait") + end("done"),
    flow("begun", "work", "tell", "wait", "done"),
)
ALL = (WATCHED, REMINDED, WEEKLY, FORKED, LETTERED, UNHEARD, TWICE, WRONGLY)
VICTIM = {
    "victim": {"name": "Tansy Applegarth"},
    "contact": {"email": "tansy@applegarth.example", "email_safe": "yes"},
    "update": {"text": "Nothing new."},
}


def publish(clock):
    """Make the small drawings the live release."""
    files = {f"{number}.bpmn": content for number, content in enumerate(ALL)}
    procedures.publish(files, by="tests", note="", clock=clock)


def begin(name, clock, **facts):
    """A new case that follows the drawing ``name``."""
    return advancing.open_case(Opening(name, "Tansy Applegarth", facts, by="tests"), clock=clock)


def task_of(case: Case | UUID, key="work"):
    """The id of the open task ``key`` of a case."""
    found = tasks.of_case(case if isinstance(case, UUID) else case.id)
    return next(task.id for task in found if task.key == key)


def finishing(task_id, clock, *, key="work", by="Basil Tamarind", request_key="", **answers):
    """The step that finishes a task."""
    event = Happened("task_completed", key, clock(), by, says={"answers": answers})
    return Step(lambda run: run.complete(task_id, answers), event, request_key=request_key)


def finish(case, clock, key="work", **answers):
    """Finish the open task ``key`` of a case."""
    return advancing.advance(case.id, finishing(task_of(case, key), clock, key=key, **answers), clock=clock)


def at_once(app, *acts):
    """What each act gives, or the error it raises, when all begin together, each in a thread of its own."""
    start, results = Barrier(len(acts)), [None] * len(acts)
    db.session.commit()  # what this thread reads afterwards is as it is then

    def run(number, act):
        with app.app_context():
            start.wait(PATIENCE)
            try:
                results[number] = act()
            except Exception as problem:
                results[number] = problem

    threads = [Thread(target=run, args=pair, daemon=True) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "they wait for one another"
    return results
