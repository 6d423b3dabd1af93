"""A letter of a case, as it was sent: on screen, and on paper by the browser's own printing."""

from uuid import UUID

from flask import Blueprint, Response, render_template

from app import errors
from app.intake import linking
from app.law import wording
from app.notify import invitations
from app.status import case_file
from app.status.case_file import CaseFile
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
    found = _found(file, message_id)
    if found.letter == linking.LETTER and found.channel != KEPT_HERE:
        raise errors.NotAllowed("Only the person it was sent to may read this letter: it opens their page.")
    back = {"href": f"/cases/{file.case.reference}/letters", "text": "Back to the letters"}
    invitation = invitations.of(found, at_hand.settings())
    return render_template(
        "staff/letter.html", message=found, case=file.case, back=back, said=said(found), invitation=invitation
    )


@bp.get("/cases/<reference>/letters/<uuid:message_id>/calendar")
@open_to(STAFF)
def calendar(reference: str, message_id: UUID) -> Response:
    """The invitation to a meeting that goes with a letter, for a calendar."""
    file = case_file.opened(reference, asking(), f"calendar of {message_id}", clock=at_hand.clock())
    return calendar_file(_found(file, message_id))


def calendar_file(message: Message) -> Response:
    """The invitation that goes with a letter, to download. ``NotFound`` where there is none."""
    invitation = invitations.of(message, at_hand.settings())
    if invitation is None:
        raise errors.NotFound("This letter has nothing for a calendar.")
    answer = Response(invitation.content, mimetype="text/calendar")
    answer.headers.set("Content-Disposition", "attachment", filename=invitations.FILE)
    return answer


def _found(file: CaseFile, message_id: UUID) -> Message:
    found = next((message for message in file.messages if message.id == message_id), None)
    if found is None:
        raise errors.NotFound("We could not find that letter.")
    return found


def said(message: Message) -> str:
    """What became of a letter, in a sentence."""
    when = wording.moment(message.ended_at or message.made_at)
    if message.state == KEPT:
        return f"Written to {message.name} on {when}, to be read here. Letters of a training case are never sent."
    if message.state == "failed":
        return f"This letter did not arrive: {message.problem or 'we know of no safe way to send it'}."
    return f"Sent to {message.name} on {when}." if message.state == "sent" else f"On its way to {message.name}."
