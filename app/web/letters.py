"""A letter of a case, as it was sent: on screen, and on paper by the browser's own printing."""

from uuid import UUID

from flask import Blueprint, render_template

from app import errors
from app.intake import linking
from app.law import wording
from app.status import case_file
from app.store.rows.history import KEPT, Message
from app.web import at_hand
from app.web.signing_in import STAFF, asking, open_to

bp = Blueprint("letters", __name__)
KEPT_HERE = "file"  # the channel by which nothing leaves the house: somebody here has to pass it on
STATES = {
    "waiting": ("On its way", "wait"),
    "sent": ("Sent", "done"),
    "failed": ("Did not arrive", "late"),
}


@bp.get("/cases/<reference>/letters/<uuid:message_id>")
@open_to(STAFF)
def letter(reference: str, message_id: UUID) -> str:
    """One letter of a case."""
    file = case_file.opened(reference, asking(), f"letter {message_id}", clock=at_hand.clock())
    found = next((message for message in file.messages if message.id == message_id), None)
    if found is None:
        raise errors.NotFound("We could not find that letter.")
    if found.letter == linking.LETTER and found.channel != KEPT_HERE:
        raise errors.NotAllowed("Only the person it was sent to may read this letter: it opens their page.")
    back = {"href": f"/cases/{file.case.reference}/letters", "text": "Back to the letters"}
    return render_template("staff/letter.html", message=found, case=file.case, back=back, said=said(found))


def said(message: Message) -> str:
    """What became of a letter, in a sentence."""
    when = wording.moment(message.ended_at or message.made_at)
    if message.state == KEPT:
        return f"Written to {message.name} on {when}, to be read here. Letters of a training case are never sent."
    if message.state == "failed":
        return f"This letter did not arrive: {message.problem or 'we know of no safe way to send it'}."
    return f"Sent to {message.name} on {when}." if message.state == "sent" else f"On its way to {message.name}."
