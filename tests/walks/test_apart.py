"""Nobody judges their own work: a task is kept from whoever finished one of those that it names, whatever they try."""

import pytest

from app import errors
from app.cases import access, apart, procedures
from app.cli import demo
from app.editor import checking
from app.editor.surroundings import Surroundings
from app.store import drafts, people, tasks
from app.store.rows.people import RoleGrant
from app.store.transactions import transaction
from app.tasks import asked, claiming, completing, drafting, inbox
from tests.walks import tiny

OFFICER = "Senior officer"
SET_APART = 'decide note[said.involved = "yes"]'


def task(key, not_by=""):
    named = f'<spiffworkflow:property name="notBy" value="{not_by}"/>'.replace('= "yes"', "= &quot;yes&quot;")
    named += f'<spiffworkflow:property name="candidateGroup" value="{OFFICER}"/>'
    inner = f"<extensionElements><spiffworkflow:properties>{named}</spiffworkflow:properties></extensionElements>"
    return f'<userTask id="{key}" name="{key.title()} it">{inner}</userTask>'


def drawing(not_by=SET_APART):
    steps = task("note") + task("decide") + task("judge", not_by) + tiny.end("done")
    return tiny.process("apart", steps, tiny.flow("begun", "note", "decide", "judge", "done"))


@pytest.fixture
def officers(app, clock):
    """Two people with the role, and a case at its first task."""
    demo.settle_people(clock)
    with transaction():
        basil = people.by_email("basil@larkmere.example")
        basil.roles.append(RoleGrant(role=OFFICER))
    procedures.publish({"apart.bpmn": drawing()}, by="tests", note="", clock=clock)
    return [access.who(people.by_email(f"{name}@larkmere.example")) for name in ("horatio", "basil")]


@pytest.fixture
def judged(officers, clock):
    """A case in which Horatio decided, and somebody must judge."""
    case = tiny.begin("apart", clock)
    finish(case, "note", officers[1], clock)
    finish(case, "decide", officers[0], clock)
    return case


def finish(case, key, who, clock, **answers):
    task_id = tiny.task_of(case, key)
    given = {key: {"outcome": "Done."}, **answers}
    completing.complete(task_id, given, who, "", clock=clock)


def test_who_decided_neither_opens_takes_writes_nor_finishes_what_judges_it(officers, judged, clock):
    horatio, task_id = officers[0], tiny.task_of(judged, "judge")
    for attempt in (
        lambda: asked.load(task_id, horatio, clock=clock),
        lambda: claiming.take(task_id, horatio, clock=clock),
        lambda: drafting.keep(task_id, {}, 1, horatio, clock=clock),
        lambda: completing.complete(task_id, {}, horatio, "", clock=clock),
    ):
        with pytest.raises(errors.SetApart) as refused:
            attempt()
        assert "You finished ‘Decide it’ on Monday 2\N{NO-BREAK SPACE}March" in str(refused.value)
        assert "Basil Tamarind can do it." in str(refused.value)
    assert tasks.load(task_id).person_id is None and drafts.of_task(task_id) is None


def test_it_is_not_given_to_who_decided(officers, judged, clock):
    task_id = tiny.task_of(judged, "judge")
    with pytest.raises(errors.Refused):
        claiming.give(task_id, officers[1], officers[0].id, clock=clock)
    assert [person.name for person in claiming.colleagues(tasks.load(task_id))] == ["Basil Tamarind"]


def test_the_list_shows_it_with_the_reason_and_offers_another(officers, judged, clock):
    (entry,) = inbox.listed(officers[0], inbox.Choice(tab=inbox.TEAM), clock=clock).groups[0].entries
    assert entry.apart.startswith("You finished ‘Decide it’")
    assert inbox.listed(officers[0], inbox.Choice(tab=inbox.TEAM), clock=clock).first is None
    (other,) = inbox.listed(officers[1], inbox.Choice(tab=inbox.TEAM), clock=clock).groups[0].entries
    assert other.apart == ""


def test_who_took_no_part_does_it(officers, judged, clock):
    finish(judged, "judge", officers[1], clock)
    assert tasks.of_case(judged.id) == []


def test_where_everybody_took_part_it_says_whom_to_ask(officers, judged, clock):
    with transaction():
        basil = people.load(officers[1].id)
        basil.is_active = False
    with pytest.raises(errors.SetApart, match="Nobody else here has the role ‘Senior officer’ and is free to do it"):
        claiming.take(tiny.task_of(judged, "judge"), officers[0], clock=clock)


def test_a_condition_sets_apart_only_whom_it_is_true_of(officers):
    bars = {yes: kept(officers[1].id, yes) for yes in ("yes", "no")}
    assert bars["yes"] and not bars["no"]


def kept(person_id, said):
    from_history = [Told("note", person_id, {"said": {"involved": said}})]
    _, procedure = procedures.live()
    return apart.barred(apart.named(procedure, "apart", "judge"), from_history)


class Told:
    """A line of history in which somebody finished a task."""

    def __init__(self, subject, person_id, answers):
        self.kind, self.subject, self.person_id, self.by = "task_completed", subject, person_id, "somebody"
        self.at, self.says = None, {"name": subject, "answers": answers}


@pytest.mark.parametrize("not_by", ["decide[", "note[said.involved = = 1]", "decide]"])
def test_what_cannot_be_read_is_refused(not_by):
    assert checking.check("apart.bpmn", drawing(not_by), Surroundings()).verdict == checking.REFUSED


def test_a_task_that_is_not_there_is_named():
    found = checking.check("apart.bpmn", drawing("decide dcide"), Surroundings()).findings
    assert [one.says for one in found if one.kind == "not_by_unknown"] == [
        "‘Judge it’ must not be done by whoever did ‘dcide’, and there is no such task."
    ]


def test_a_task_on_another_page_is_known():
    beside = drawing().replace(b'id="apart"', b'id="other"').replace(b'id="decide"', b'id="elsewhere"')
    beside = beside.replace(b'"decide', b'"elsewhere')
    found = checking.check("apart.bpmn", drawing("elsewhere"), Surroundings({"other.bpmn": beside})).findings
    assert [one for one in found if one.kind == "not_by_unknown"] == []
