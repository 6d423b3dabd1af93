"""Ways a letter can leave the house. Each gives the message's id as its reference, so a repeat can be told apart."""

import smtplib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from html import unescape
from http import HTTPStatus
from uuid import UUID

import nh3
from notifications_python_client.errors import HTTPError, InvalidResponse
from notifications_python_client.notifications import NotificationsAPIClient

from app.config import Settings
from app.notify.invitations import FILE, Invitation

PATIENCE = 20  # seconds for a server to answer


class NotSent(Exception):
    """A letter could not be sent. ``is_final`` when trying again cannot help."""

    def __init__(self, says: str, *, is_final: bool = False) -> None:
        super().__init__(says)
        self.is_final = is_final


@dataclass(frozen=True)
class Post:
    """What a channel is given."""

    reference: UUID
    address: str
    name: str
    subject: str
    html: str
    invitation: Invitation | None = None  # to a meeting, to leave with the letter


Channel = Callable[[Post], None]  # raises NotSent


def channel(settings: Settings) -> Channel:
    """The channel these settings ask for."""
    if settings.channel == "smtp":
        return lambda post: _by_smtp(post, settings)
    if settings.channel == "notify":
        return lambda post: _by_notify(post, settings)
    return _by_file


def _by_file(post: Post) -> None:
    """Keep the letter and show it in the product: nothing leaves the house."""


def _by_smtp(post: Post, settings: Settings) -> None:
    _needs_address(post)
    mail = _mail(post, settings)
    try:
        with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=PATIENCE) as server:
            server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as refused:
        raise NotSent("The mail server does not know this address.", is_final=_is_final(refused)) from refused
    except (smtplib.SMTPException, OSError) as problem:
        raise NotSent(f"The mail server did not take it: {type(problem).__name__}.") from problem


def _mail(post: Post, settings: Settings) -> EmailMessage:
    mail = EmailMessage()
    try:
        mail["From"], mail["To"], mail["Subject"] = settings.mail_from, post.address, post.subject
    except (ValueError, IndexError) as problem:  # a line break, or what the standard library cannot take apart
        raise NotSent("This cannot be an e-mail address.", is_final=True) from problem
    mail["Message-ID"] = f"<{post.reference}@{settings.mail_from.partition('@')[2]}>"
    mail.set_content(_as_text(post.html))
    mail.add_alternative(post.html, subtype="html")
    if post.invitation:
        kind = {"method": post.invitation.method}
        mail.add_attachment(post.invitation.content.decode(), subtype="calendar", filename=FILE, params=kind)
    return mail


def _is_final(refused: smtplib.SMTPRecipientsRefused) -> bool:
    """Whether every answer was a permanent one (RFC 5321 section 4.2.1: a code from 500 up)."""
    permanent = 500
    return all(code >= permanent for code, _ in refused.recipients.values())


def _by_notify(post: Post, settings: Settings) -> None:
    _needs_address(post)
    where = {"base_url": settings.notify_url} if settings.notify_url else {}
    client = NotificationsAPIClient(settings.notify_key, timeout=PATIENCE, **where)
    try:
        with client.request_session:
            client.send_email_notification(
                email_address=post.address,
                template_id=settings.notify_template,
                personalisation={"subject": post.subject, "body": _as_text(post.html) + _where_invited(post)},
                reference=str(post.reference),
            )
    except HTTPError as problem:
        # 400 is about this letter: a bad address. 403 and 429 are about our key and our pace: they can be mended.
        is_final = problem.status_code == HTTPStatus.BAD_REQUEST
        raise NotSent(f"GOV.UK Notify answered {problem.status_code}.", is_final=is_final) from problem
    except InvalidResponse as problem:
        raise NotSent("GOV.UK Notify answered what nobody can read.") from problem


def _where_invited(post: Post) -> str:
    """GOV.UK Notify takes no calendar file: where it is to be had."""
    return f"\n\nPut the meeting in your calendar: {post.invitation.page}" if post.invitation else ""


def _needs_address(post: Post) -> None:
    if not post.address:
        raise NotSent(f"There is no safe address for {post.name or 'them'}.", is_final=True)


def _as_text(html: str) -> str:
    """The letter without its markup, a blank line between paragraphs."""
    spaced = html.replace("</p>", "</p>\n\n").replace("</h1>", "</h1>\n\n").replace("</h2>", "</h2>\n\n")
    spaced = spaced.replace("</li>", "</li>\n").replace("<li>", "<li>* ")
    body = nh3.clean(spaced.partition("<body")[2].partition(">")[2] or spaced, tags=set())
    lines = (" ".join(line.split()) for line in unescape(body).splitlines())
    return "\n".join(_without_gaps(lines)).strip()


def _without_gaps(lines: Iterable[str]) -> Iterator[str]:
    """Lines with at most one empty one after another."""
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line
