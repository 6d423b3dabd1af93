"""Made-up people and agencies of a made-up borough, for trying the system out."""

from werkzeug.security import generate_password_hash

from app.cases.access import ADMINISTRATOR, AGENCIES, MANAGER, PROCESS_OWNER
from app.clock import Clock
from app.store import people
from app.store.rows.people import Agency, Person, RoleGrant
from app.store.transactions import transaction

PASSWORD = "larkmere"  # noqa: S105  published on the sign-in page; demo people exist on the embedded database only
BODIES = (  # key, name, e-mail address, relevant body (ASBCPA 2014 s.105)
    ("police", "Larkmere Police", "asb@police.larkmere.example", True),
    ("council", "Larkmere Council", "asb@council.larkmere.example", True),
    ("nhs", "Larkmere NHS board", "asb@nhs.larkmere.example", True),
    ("thistledown_homes", "Thistledown Homes", "asb@thistledown.example", True),
    ("victim_support", "Victim Support", "larkmere@support.example", False),
)
PEOPLE = (  # name, e-mail address, phone, roles, agency
    ("Basil Tamarind", "basil@larkmere.example", "020 7946 0134", ("Coordinator",), None),
    ("Juniper Wick", "juniper@larkmere.example", "020 7946 0135", ("Community safety officer",), None),
    ("Fern Oakapple", "fern@support.example", "020 7946 0199", ("Victim Support officer",), None),
    ("Sorrel Bramblewood", "sorrel@nhs.larkmere.example", "020 7946 0136", ("Mental health professional",), None),
    ("Clementine Dray", "clementine@larkmere.example", "020 7946 0137", ("Panel chair",), None),
    ("Horatio Plume", "horatio@larkmere.example", "020 7946 0138", ("Senior officer",), None),
    ("Rowan Finch", "rowan@police.larkmere.example", "020 7946 0139", (AGENCIES,), "police"),
    ("Ivy Larkspur", "ivy@council.larkmere.example", "020 7946 0140", (AGENCIES,), "council"),
    ("Perry Mallow", "perry@nhs.larkmere.example", "020 7946 0141", (AGENCIES,), "nhs"),
    ("Nettie Thornapple", "nettie@thistledown.example", "020 7946 0142", (AGENCIES,), "thistledown_homes"),
    ("Marigold Swift", "marigold@larkmere.example", "020 7946 0143", (MANAGER, PROCESS_OWNER, ADMINISTRATOR), None),
)


def settle_people(clock: Clock) -> None:
    """Put the demo people and agencies in place, once."""
    if people.by_email(PEOPLE[0][1]) is not None:
        return
    hashed = generate_password_hash(PASSWORD)
    with transaction():
        people.add(*(Agency(key=k, name=n, email=e, is_relevant_body=r) for k, n, e, r in BODIES))
        for name, email, phone, roles, agency in PEOPLE:
            person = Person(name=name, email=email, phone=phone, password_hash=hashed, created_at=clock(), roles=[])
            people.add(person)
            people.add(*(RoleGrant(person_id=person.id, role=role, agency_key=agency) for role in roles))
