"""Small made-up worlds of reports that share activities, agreements and parties, changed at random.

What a real resolution decides of all reports together is decided of all of them here: the longest-titled row gives an
activity its dates and kind, the strongest mention an agreement its status, so that a report that comes or goes changes
what another one tells.
"""

import random
from dataclasses import dataclass, field, replace

from pyoxigraph import Quad

from pobratim.entities import (
    Account,
    ActivityEntity,
    AgreementEntity,
    Contact,
    OrganisationEntity,
    PlaceEntity,
    ReportEntity,
    Resolution,
)
from pobratim.rdf.authority import authority_graph
from pobratim.rdf.emit import ontology_graph
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.rdf.report import ReportWriter
from pobratim.record import Record
from tests.support.model_sample import derive

_DATES = ("", "2023", "2023-01", "2023-01-01", "2023-01-31", "2023-02", "2024-05-07", "2022-12-31")
_PLACES = (
    PlaceEntity("ru-a", ("Город А", "А"), "settlement", "RU", "RU-SMO"),
    PlaceEntity("ru-smolensk", ("Смоленск",), "settlement", "RU", "", geonames=491687),
    PlaceEntity("ru-oblast", ("Область",), "region", "RU", "RU-SMO"),
    PlaceEntity("by-b", ('Город «Б"\\',), "settlement", "BY", "BY-VI"),
    PlaceEntity("by-district", ("Район",), "district", "BY", ""),
    PlaceEntity("fr-v", ("Вильфранш",), "settlement", "FR", ""),
    PlaceEntity("nowhere", ("Нигде",), "settlement", "", ""),
)
_ORGANISATIONS = (
    OrganisationEntity("ru-a-school", ("Школа А",), "school", "ru-a", "RU", "RU-SMO"),
    OrganisationEntity("ru-museum", ("Музей",), "museum", "ru-smolensk", "RU", ""),
    OrganisationEntity("ru-chamber", ("Палата",), "chamber", "", "RU", "RU-SMO"),
    OrganisationEntity("by-b-school", ("Школа Б",), "school", "by-b", "BY", "BY-VI"),
    OrganisationEntity("by-fund", ("Фонд",), "fund", "", "BY", ""),
    OrganisationEntity("by-consulate", ("Консульство",), "", "ru-smolensk", "BY", ""),
    OrganisationEntity("fr-v-school", ("Школа В",), "school", "fr-v", "FR", ""),
    OrganisationEntity("unknown", ("Неизвестно где",), "school", "", "", ""),
)
_ENTITIES = [("place", one.key) for one in _PLACES] + [("organisation", one.key) for one in _ORGANISATIONS]
_STATUSES = ("signed", "in-force", "planned", "ended")
_AGREEMENTS = 5
_ACTIVITIES = 6


@dataclass
class _Row:
    activity: str
    weight: int
    start: str
    end: str
    kind: str
    topics: list[str]
    contacts: list[tuple[tuple[str, str], tuple[str, str]]]
    agreements: list[tuple[int, str]]


@dataclass
class World:
    """Reports by slug, each a home country and its rows, over places and organisations that may change."""

    chance: random.Random
    homes: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[_Row]] = field(default_factory=dict)
    places: dict[str, PlaceEntity] = field(default_factory=dict)
    organisations: dict[str, OrganisationEntity] = field(default_factory=dict)
    papers: list[tuple[str, str, tuple[tuple[str, str], ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Put in the parties, and draw of what kind the agreements are and whose."""
        self.places |= {one.key: one for one in _PLACES}
        self.organisations |= {one.key: one for one in _ORGANISATIONS}
        for _ in range(_AGREEMENTS):
            parties = tuple(sorted(self.chance.sample(_ENTITIES, self.chance.randint(0, 4))))
            kind = self.chance.choice(("twinning", "agreement", "contract"))
            self.papers.append((kind, self.chance.choice(_DATES), parties))

    def turn(self) -> None:
        """Change something: mostly a report that comes, goes or is told anew, at times what is known of a party."""
        what = self.chance.choice(("report", "report", "report", "leave", "home", "name", "move"))
        if what == "report" or not self.rows:
            slug = f"r{self.chance.randrange(5)}"
            self.homes[slug] = self.chance.choice(("RU", "BY", "FR", ""))
            self.rows[slug] = [self._row() for _ in range(self.chance.randint(0, 5))]
        elif what == "leave":
            slug = self.chance.choice(sorted(self.rows))
            del self.rows[slug], self.homes[slug]
        elif what == "home":
            self.homes[self.chance.choice(sorted(self.rows))] = self.chance.choice(("RU", "BY", "FR", ""))
        elif what == "name":
            place = self.chance.choice(sorted(self.places))
            self.places[place] = replace(self.places[place], names=(f"Имя {self.chance.randrange(99)}",))
        else:
            name = self.chance.choice(sorted(self.organisations))
            moved = self.chance.choice(["", *self.places])
            country = self.chance.choice(("RU", "BY", "FR", ""))
            self.organisations[name] = replace(self.organisations[name], place=moved, country=country)

    def _row(self) -> _Row:
        chance = self.chance
        start = chance.choice(_DATES)
        pairs = [chance.sample(_ENTITIES, 2) for _ in range(chance.randint(0, 3))]
        return _Row(
            f"2023-{chance.randrange(_ACTIVITIES)}" if chance.random() < 0.8 else "",
            chance.randrange(1000),
            start,
            chance.choice((start, "2024-12")) if start else "",
            chance.choice(("project", "meeting", "")),
            chance.sample(("culture", "education", "sport"), chance.randint(0, 2)),
            [(home, foreign) for home, foreign in pairs],
            [(chance.randrange(_AGREEMENTS), chance.choice(_STATUSES)) for _ in range(chance.randint(0, 2))],
        )

    def resolution(self) -> Resolution:
        """Return what the reports tell together."""
        told = {(slug, number): row for slug in sorted(self.rows) for number, row in enumerate(self.rows[slug], 1)}
        named = {number for row in told.values() for number, _ in row.agreements}
        return Resolution(
            [ReportEntity(slug, "", slug, "0", self.homes[slug], "", "") for slug in sorted(self.rows)],
            [self._account(slug, number, row) for (slug, number), row in told.items()],
            [self._activity(key, told) for key in sorted({row.activity for row in told.values() if row.activity})],
            [self._agreement(number, list(told.values())) for number in range(_AGREEMENTS) if number in named],
            sorted(self.places.values(), key=lambda one: one.key),
            sorted(self.organisations.values(), key=lambda one: one.key),
        )

    def _account(self, slug: str, number: int, row: _Row) -> Account:
        contacts = {}
        for home, foreign in row.contacts if row.activity else ():
            key = f"{row.activity}-{home[1]}-{foreign[1]}"
            contacts[key] = Contact(key, home, foreign)
        papers = tuple(dict.fromkeys(f"paper-{one}" for one, _ in row.agreements))
        record = Record(slug, number, title="Т", start=row.start, end=row.end, topics=row.topics)
        return Account(
            f"{slug}/{number}", record, "", row.activity, row.activity, (), (), tuple(contacts.values()), papers, (), ""
        )

    def _activity(self, key: str, told: dict[tuple[str, int], _Row]) -> ActivityEntity:
        telling = sorted((at for at, row in told.items() if row.activity == key), key=lambda at: (told[at].weight, at))
        row = told[telling[-1]]
        names = [f"{slug}/{number}" for slug, number in telling]
        return ActivityEntity(key, "Т", row.kind, row.start, row.end, "", "", names[-1], tuple(sorted(names)))

    def _agreement(self, number: int, rows: list[_Row]) -> AgreementEntity:
        kind, date, parties = self.papers[number]
        mentions = [(status, row.activity) for row in rows for one, status in row.agreements if one == number]
        status = min((one for one, _ in mentions), key=_STATUSES.index)
        signed = sorted(activity for one, activity in mentions if one == "signed" and activity)
        return AgreementEntity(f"paper-{number}", kind, status, date, parties, signed[0] if signed else "")


_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_AREA = ("http://www.w3.org/2004/02/skos/core#", "http://purl.org/dc/terms/isPartOf", _LABEL)
_SCHEMES = ("/region/", "/country/", "/territory/")
_ONTOLOGY = [
    quad
    for quad in ontology_graph(DEFAULT_BASE)
    if quad.predicate.value.startswith(_AREA) and any(scheme in str(quad.subject) for scheme in _SCHEMES)
]
"""What the derivations ask of the ontology: regions and countries."""


def asked(resolution: Resolution) -> list[str]:
    """Return the graph of ties by the queries, as sorted lines."""
    writer = ReportWriter(resolution, DEFAULT_BASE)
    quads: list[Quad] = [*_ONTOLOGY, *authority_graph(resolution, DEFAULT_BASE)]
    for report in resolution.reports:
        quads += writer.graph(report)
    return sorted(f"{quad} .\n" for quad in derive(quads))
