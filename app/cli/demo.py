"""Made-up people and agencies of a made-up borough, for trying the system out."""

from app.cases.access import ADMINISTRATOR, AGENCIES, MANAGER, PROCESS_OWNER
from app.clock import Clock
from app.records.enrolling import Body, Member, enrol
from app.store import people

PASSWORD = "larkmere"  # noqa: S105  published on the sign-in page; demo people exist on the embedded database only
BODIES = (
    Body("police", "Larkmere Police", "asb@police.larkmere.example", is_relevant=True),
    Body("council", "Larkmere Council", "asb@council.larkmere.example", is_relevant=True),
    Body("nhs", "Larkmere NHS board", "asb@nhs.larkmere.example", is_relevant=True),
    Body("thistledown_homes", "Thistledown Homes", "asb@thistledown.example", is_relevant=True),
)
MEMBERS = (
    Member("Basil Tamarind", "basil@larkmere.example", "020 7946 0134", ("Coordinator",)),
    Member("Juniper Wick", "juniper@larkmere.example", "020 7946 0135", ("Community safety officer",)),
    Member("Fern Oakapple", "fern@support.example", "020 7946 0199", ("Victim Support officer",)),
    Member("Sorrel Bramblewood", "sorrel@nhs.larkmere.example", "020 7946 0136", ("Mental health professional",)),
    Member("Clementine Dray", "clementine@larkmere.example", "020 7946 0137", ("Panel chair",)),
    Member("Horatio Plume", "horatio@larkmere.example", "020 7946 0138", ("Senior officer",)),
    Member("Rowan Finch", "rowan@police.larkmere.example", "020 7946 0139", (AGENCIES,), "police"),
    Member("Ivy Larkspur", "ivy@council.larkmere.example", "020 7946 0140", (AGENCIES,), "council"),
    Member("Perry Mallow", "perry@nhs.larkmere.example", "020 7946 0141", (AGENCIES,), "nhs"),
    Member("Nettie Thornapple", "nettie@thistledown.example", "020 7946 0142", (AGENCIES,), "thistledown_homes"),
    Member("Bryony Teasel", "bryony@thistledown.example", "020 7946 0145", ("Housing officer",)),
    Member("Alder Quickthorn", "alder@thistledown.example", "020 7946 0146", ("Surveyor",)),
    Member("Hazel Catkin", "hazel@thistledown.example", "020 7946 0147", ("Repairs team",)),
    Member("Linnet Ashgrove", "linnet@larkmere.example", "020 7946 0144", (PROCESS_OWNER,)),
    Member("Marigold Swift", "marigold@larkmere.example", "020 7946 0143", (MANAGER, PROCESS_OWNER, ADMINISTRATOR)),
)


def settle_people(clock: Clock, password: str = PASSWORD) -> None:
    """Put the demo people and agencies in place, once."""
    if people.by_email(MEMBERS[0].email) is None:
        enrol(BODIES, MEMBERS, password, clock=clock)
