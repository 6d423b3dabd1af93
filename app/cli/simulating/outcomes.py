"""What people who asked do besides: they tell us things, they appeal, they say how it went."""

from datetime import datetime
from functools import partial

from app import errors
from app.cli.simulating import answering
from app.cli.simulating.story import APPEAL_REFUSED, APPEAL_REVIEW, FEEDBACK, Story
from app.cli.simulating.world import World
from app.engine.run import Run
from app.forms import inventing
from app.forms.parts import Form
from app.intake import feedback, following, saying
from app.intake.saying import Heard
from app.law import calendar
from app.notify import feedback_links
from app.store import cases
from app.store.rows.cases import CLOSED, Case

LETTER_READ = 10.0  # working hours until somebody has read a letter
TELLS = {  # what they tell us, with the facts of its form
    "withdrawn": ("I do not want this to go on.", {"in_danger": "no", "own_wish": "yes"}),
    "new_incident": ("It has happened again.", {"in_danger": "no", "reported": "no"}),
    "information_received": ("I have found the letter you asked for.", {}),
}


def after(world: World, case: Case, story: Story, key: str, run: Run) -> None:
    """What the person who asked may do after a task of their case was finished."""
    if run.is_over:
        world.done["closed"] += 1
        _may_give_feedback(world, case, story)
    elif not story.has_appealed and run.expects(following.APPEAL):
        _may_appeal(world, case, story, is_refused=key == "accept_concern")


def _may_appeal(world: World, case: Case, story: Story, *, is_refused: bool) -> None:
    chance = story.chance("appeal")
    story.has_appealed = True  # or has decided against it
    if chance.random() < (APPEAL_REFUSED if is_refused else APPEAL_REVIEW):
        at = world.hours.after(world.clock(), LETTER_READ + chance.uniform(0, 170))
        world.agenda.put(at, partial(_appeal, world, case, story, "refusal" if is_refused else "review"))


def _appeal(world: World, case: Case, story: Story, about: str) -> None:
    form = saying.appeal_form(case)
    try:
        saying.appeal(case.id, _filled(form, world, story, about), clock=world.clock)
    except (errors.CaseMovedOn, errors.Refused):  # closed meanwhile, or too late without a reason
        return
    world.done["appeals"] += 1


def _filled(form: Form, world: World, story: Story, about: str) -> dict[str, object]:
    given = {"appeal": {"about": about, "late_reason": "I was ill."}}
    choose = answering.chooser(story.chance("appeal form"))
    return inventing.invent(form, {}, today=calendar.day_of(world.clock()), given=given, choose=choose)


def tell(world: World, case: Case, about: str) -> None:
    """Somebody tells us something about their case, while it is open."""
    text, facts = TELLS[about]
    today = calendar.day_of(world.clock()).isoformat()
    said = {**facts, "text": text} | ({"happened_on": today} if about == "new_incident" else {})
    if cases.load(case.id).status != CLOSED:
        saying.hear(case.id, Heard(about, text, {"said": said}), clock=world.clock)
        world.done[about] += 1


def _may_give_feedback(world: World, case: Case, story: Story) -> None:
    chance = story.chance("feedback")
    if chance.random() < FEEDBACK:
        at = world.hours.after(world.clock(), LETTER_READ + chance.uniform(0, 80))
        world.agenda.put(at, partial(_give_feedback, world, case, story, at))


def _give_feedback(world: World, case: Case, story: Story, at: datetime) -> None:
    link = feedback_links.standing(case.id, world.settings, at)
    if link:
        chance = story.chance("feedback form")
        how = chance.choices(("yes", "partly", "no"), (50, 28, 22))[0]
        words = dict.fromkeys(("listened", "informed", "understood", "involved", "safer", "confident"), how)
        given = {"easy": chance.choice("54321"), "now": chance.choice(("stopped", "less", "same")), "fairly": "yes"}
        feedback.give(link.rsplit("/", 1)[1], {"feedback": words | given}, clock=world.clock)
        world.done["feedback"] += 1
