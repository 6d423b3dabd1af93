"""What made-up people ask: who they are, what happened to them, whom they told. Names and places are of Larkmere."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

FIRST_NAMES = (
    "Abelia", "Alder", "Anise", "Barnaby", "Betony", "Briar", "Calico", "Cedric", "Clover", "Cosmo", "Dahlia",
    "Dill", "Edwin", "Elowen", "Fennel", "Ferdinand", "Ginger", "Hartley", "Heather", "Ignatius", "Iris", "Jasper",
    "Juno", "Kestrel", "Larkin", "Lettice", "Linden", "Mallow", "Marlow", "Meadow", "Nettle", "Odette", "Olive",
    "Oswin", "Pansy", "Peregrine", "Primrose", "Quill", "Reed", "Rosalind", "Rufus", "Saffron", "Silas", "Sorley",
    "Teasel", "Thaddeus", "Una", "Verity", "Wilfred", "Willow", "Wren", "Yarrow", "Zinnia",
)  # fmt: skip
SECOND_NAMES = (
    "Acornley", "Barleycroft", "Bellweather", "Berrywick", "Birchwhistle", "Bramblecote", "Candlewick", "Cloudsley",
    "Copperfield-Moss", "Dandelyon", "Dewberry", "Elderbank", "Featherstone-Pym", "Fiddlewood", "Foxglove",
    "Gooseberry", "Greenbottle", "Hazelmere", "Honeysett", "Hopgood", "Inkpen", "Ivybridge-Small", "Jollyboat",
    "Kettlewell", "Lambswool", "Lilywhite", "Marshmallow", "Merryweather", "Mistlethwaite", "Mossbank",
    "Nightingale-Fry", "Nutbrown", "Oakenshaw", "Otterburn", "Partridge-Lane", "Periwinkle", "Pepperday",
    "Quickset", "Rainbird", "Rushlight", "Sandalwood", "Seabright", "Snowdrop", "Sparrowhawk", "Strawbridge",
    "Swallowfield", "Thimblerigg", "Thistlewood", "Tumbledown", "Underhill", "Violetson", "Wagtail", "Waterlily",
    "Whitebeam", "Windermere-Oak", "Woodruff", "Yellowhammer",
)  # fmt: skip
STREETS = (
    "Teasel House", "Mallow Court", "Otter Row", "Kingfisher Walk", "Bramble Close", "Lark Lane", "Weir Street",
    "Quince Gardens", "Heron Rise", "Foundry Yard",
)  # fmt: skip
TENURES = {"housing_association": 46, "council": 22, "private_rent": 17, "owner": 13, "other": 2}
KINDS = {
    "noise": 30, "neighbours": 22, "threats": 14, "intimidation": 16, "verbal_abuse": 18, "vandalism": 11, "drugs": 10,
    "groups": 13, "vehicles": 7, "animals": 5, "street_drinking": 4, "cuckooing": 2, "hate": 5, "other": 3,
}  # fmt: skip
TOLD = {
    "noise": "The music goes on until three in the morning.",
    "neighbours": "They shout at us through the fence.",
    "threats": "He said he would come back for us.",
    "intimidation": "They stand at the gate and stare.",
    "verbal_abuse": "She called me names in front of my children.",
    "vandalism": "The bins were set on fire.",
    "drugs": "People come and go all night to buy.",
    "groups": "A group sits on the stairs and will not move.",
    "vehicles": "They race up and down the road.",
    "animals": "The dog is let loose at us.",
    "street_drinking": "They drink outside the shop from noon.",
    "cuckooing": "Strangers have taken over the flat below.",
    "hate": "They wrote about my faith on the door.",
    "other": "Rubbish is thrown over our wall.",
}
IMPACTS = (
    "I do not sleep.",
    "The children are afraid.",
    "I do not go out after dark.",
    "I have been off work for weeks.",
)
WANTED = ("That it stops.", "Somebody who answers me.", "A quiet night.", "To be safe at home.", "To move away.")
BODIES = {"council": 40, "police": 30, "landlord": 26, "nhs": 2, "other": 2}
RESPONSES = {"nothing": 45, "acknowledged": 30, "visited": 12, "warned": 8, "closed": 5}
WAYS = {"phone": 40, "email": 38, "text": 12, "letter": 10}
GONE = "@moved.larkmere.example"  # where e-mail comes back from


def weighted(chance: Random, shares: dict[str, int]) -> str:
    """One of several, as often as its share."""
    return chance.choices(list(shares), list(shares.values()))[0]


def application(chance: Random, today: date, counts: bool) -> dict[str, Any]:
    """Answers to the application; ``counts`` where three reports will qualify."""
    kinds = sorted({weighted(chance, KINDS) for _ in range(chance.choice((1, 1, 2, 3)))})
    told = TOLD[kinds[0]]
    return {
        "victim": _victim(chance),
        "contact": _contact(chance),
        "application": {
            "in_danger": "yes" if chance.random() < 0.05 else "no",
            "applying_as": weighted(chance, {"victim": 84, "representative": 7, "professional": 5, "business": 4}),
            "kinds": kinds,
            "where": chance.choice(("On the stairs", "Outside my door", "In the street", "Behind the shops")),
            "impact": chance.choice(IMPACTS),
            "outcome_wanted": chance.choice(WANTED),
            "taking_part": weighted(
                chance, {"statement": 50, "attend": 20, "online": 15, "representative": 5, "no": 10}
            ),
        },
        "reports": _reports(chance, today, told, counts),
    }


def counted(chance: Random, reports: Sequence[dict[str, Any]], counts: bool) -> list[dict[str, Any]]:
    """The reports as the officer counts them: each an incident of its own, or several about one."""
    is_one = not counts and chance.random() < 0.6
    return [one | {"incident": 1 if is_one else number, "asb": "yes"} for number, one in enumerate(reports, 1)]


def _victim(chance: Random) -> dict[str, Any]:
    name = f"{chance.choice(FIRST_NAMES)} {chance.choice(SECOND_NAMES)}"
    address = f"{chance.randint(1, 140)} {chance.choice(STREETS)}, Larkmere"
    return {"name": name, "address": address, "tenure": weighted(chance, TENURES)}


def _contact(chance: Random) -> dict[str, Any]:
    way = weighted(chance, WAYS)
    safe = {"letters_safe": "yes" if chance.random() < 0.8 else "no"}
    if way == "email":
        place = GONE if chance.random() < 0.05 else "@home.larkmere.example"
        return safe | {"prefer": way, "email": f"somebody-{chance.randint(100, 999)}{place}", "email_safe": "yes"}
    return safe | {"prefer": way} | ({} if way == "letter" else {"phone": f"07700 900{chance.randint(0, 999):03}"})


def _reports(chance: Random, today: date, told: str, counts: bool) -> list[dict[str, Any]]:
    """Three in time where they shall count; else fewer, or some that were made too late."""
    number = 3 if counts or chance.random() < 0.5 else chance.choice((1, 2, 2))
    ages = sorted((chance.randint(6, 150) for _ in range(number)), reverse=True)
    late = 0 if counts else chance.choice((0, 1))
    return [
        _report(chance, today, told, age, 45 if place < late else chance.choice((0, 0, 1, 2)))
        for place, age in enumerate(ages)
    ]


def _report(chance: Random, today: date, told: str, age: int, later: int) -> dict[str, Any]:
    """A report made ``later`` days after it happened, so many days ago."""
    reported = today - timedelta(days=age)
    return {
        "happened_on": (reported - timedelta(days=later)).isoformat(),
        "reported_on": reported.isoformat(),
        "what": told,
        "reported_to": weighted(chance, BODIES),
        "response": weighted(chance, RESPONSES),
    }
