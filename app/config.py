"""Settings: read once from the environment when the system starts.

Every default is safe in production and may be published. ``docs/operating.md`` lists them all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

PREFIX = "TRIGGER_"
SHORTEST_SECRET = 32  # characters
CHANNELS = ("file", "smtp", "notify")
ROOT = Path(__file__).parent.parent  # the folder that holds processes/ and forms/


@dataclass(frozen=True)
class Settings:
    """How this installation runs. The environment name of each is ``TRIGGER_`` and its name in capitals."""

    database_url: str = f"sqlite:///{ROOT / 'var' / 'case-review.db'}"  # or postgresql+psycopg://...
    secret_key: str = ""  # signs sessions and forms; at least 32 characters, required to serve
    public_url: str = "http://127.0.0.1:8000"  # where people reach us; used in letters
    is_demo: bool = False  # demo people may sign in; refused on any database but SQLite
    partnership_name: str = "Larkmere Community Safety Partnership"
    help_phone: str = "020 7946 0120"
    help_address: str = "Larkmere Town Hall, Lark Lane, Larkmere"
    help_email: str = "case-review@larkmere.example"
    channel: str = "file"  # how letters go out: file (kept and shown here only), smtp or notify
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 25
    mail_from: str = "case-review@larkmere.example"
    notify_url: str = ""  # of GOV.UK Notify; "" for the real one
    notify_key: str = ""  # API key
    notify_template: str = ""  # id of a template with the fields subject and body
    worker_pause: float = 2.0  # seconds at most between looks at what is due
    period_begins: str = "04-01"  # month and day on which each reporting period begins
    webhooks_may_be_private: bool = False  # may lead into the own network, and be http
    metrics_token: str = ""  # what a monitoring system shows to read /metrics; "" for no such page

    @property
    def is_embedded(self) -> bool:
        """Whether the database is the SQLite file that comes with the system."""
        return self.database_url.startswith("sqlite")


def from_environment(environment: Mapping[str, str]) -> Settings:
    """The settings that an environment asks for. Raises ``ValueError`` naming the setting that cannot be used."""
    given: dict[str, object] = {}
    for field in fields(Settings):
        name = PREFIX + field.name.upper()
        if name in environment:
            given[field.name] = _read(name, environment[name], type(field.default))
    settings = Settings(**given)  # type: ignore[arg-type]
    _check(settings)
    return settings


def _read(name: str, text: str, kind: type) -> object:
    if kind is bool:
        if text.lower() not in ("yes", "no", "true", "false", "1", "0"):
            raise ValueError(f"{name} is ‘{text}’. Expected yes or no.")
        return text.lower() in ("yes", "true", "1")
    try:
        return kind(text)
    except ValueError as problem:
        raise ValueError(f"{name} is ‘{text}’. Expected a number.") from problem


def _check(settings: Settings) -> None:
    if settings.channel not in CHANNELS:
        raise ValueError(f"{PREFIX}CHANNEL is ‘{settings.channel}’. Expected one of {', '.join(CHANNELS)}.")
    if settings.is_demo and not settings.is_embedded:
        raise ValueError(f"{PREFIX}IS_DEMO is for the embedded database only: demo people have a published password.")
    if 0 < len(settings.metrics_token) < SHORTEST_SECRET:
        raise ValueError(f"{PREFIX}METRICS_TOKEN needs at least {SHORTEST_SECRET} characters that nobody can guess.")
    _check_period(settings.period_begins)
    if settings.channel == "notify" and not (settings.notify_key and settings.notify_template):
        raise ValueError(f"{PREFIX}NOTIFY_KEY and {PREFIX}NOTIFY_TEMPLATE are needed to send by GOV.UK Notify.")


def _check_period(begins: str) -> None:
    if not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])", begins):
        raise ValueError(f"{PREFIX}PERIOD_BEGINS is ‘{begins}’. Expected a month and a day up to the 28th, as 04-01.")


def check_may_serve(settings: Settings) -> None:
    """Raises ``ValueError`` unless these settings are safe to serve pages with."""
    if len(settings.secret_key) < SHORTEST_SECRET:
        raise ValueError(f"{PREFIX}SECRET_KEY needs at least {SHORTEST_SECRET} characters that nobody can guess.")
