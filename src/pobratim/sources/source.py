"""What a source.yml says, typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeVar

Form = Literal["events", "table", "prose", "register", "wikidata"]
"""``events``: a report as the engine knows them; ``prose``: one of headings and paragraphs, without a table;
``table``: one event a row under headings of the source's own;
``register``: one agreement a row; ``wikidata``: twin towns (P190) of Wikidata."""

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

EVENT_COLUMNS = (
    "number", "municipality", "name", "place", "dates", "purpose", "result", "participants", "responsible", "country",
    "format", "kind", "note",
)  # fmt: skip
"""Columns of a row that tells of an event: the scheme of ontology/columns.ttl."""
REGISTER_COLUMNS = (
    "number", "municipality", "municipality-country", "partner", "partner-country", "agreement", "agreement-kind",
    "agreement-status", "agreement-number", "since", "until", "item", "partner-item", "statement", "note",
)  # fmt: skip
"""Columns of a row that states an agreement: ontology/register-columns.ttl, with three of ontology/columns.ttl."""
COLUMN_OF = MappingProxyType({"municipality": "section"})
"""A column's name in source.yml → in the scheme, where they differ: the scheme has headings above rows as well."""
SHARES = ("dates", "places", "participants", "countries", "agreements")
"""Of what the share of rows can be expected."""
VALUES = ("municipality", "partner", "country", "kind", "status")
CONSTANTS = ("municipality", "municipality-country", "partner-country", "kind", "status")


def _empty() -> Mapping[_Key, _Value]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Expected:
    """How many rows one document should have (None: no bound), and the least share of rows (0..1) with a field."""

    rows_min: int | None = None
    rows_max: int | None = None
    shares: Mapping[str, float] = field(default_factory=_empty)


@dataclass(frozen=True, slots=True)
class WikidataSettings:
    """How to ask a SPARQL endpoint of Wikidata's shape.

    ``query`` is a file of queries/remote/. ``page`` rows are asked for at a time, at most ``pages`` pages; all of it
    ends after ``seconds``. ``pause`` seconds lie between two pages. A request has ``timeout`` seconds and is tried
    ``attempts`` times.
    """

    endpoint: str = "https://query.wikidata.org/sparql"
    query: str = "twin-towns"
    page: int = 500
    pages: int = 40
    seconds: int = 600
    pause: float = 1.0
    timeout: int = 60
    attempts: int = 5


@dataclass(frozen=True, slots=True)
class Source:
    """One source. ``title``, ``publisher`` go by language; ``home`` is "", a country ("RU") or a region ("RU-SMO").

    ``columns`` maps a column of the scheme to the headings that it may have, ``ignore`` lists headings of no interest.
    ``values`` maps a kind of value (VALUES) to spellings and what they mean; ``constants`` are values that no column
    has. ``drop`` are words that are no part of a place's name. ``dates`` are patterns (%Y, %m, %d) in the order in
    which they are tried; none means that dates are read as in reports. ``period`` (EDTF) is what its
    documents are about, "" to read it of each. ``edition`` is a hash of the file.
    """

    name: str
    folder: Path
    edition: str
    form: Form
    title: Mapping[str, str]
    publisher: Mapping[str, str]
    homepage: str = ""
    home: str = ""
    licence: str = ""
    period: str = ""
    expected: Expected = field(default_factory=Expected)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=_empty)
    ignore: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=_empty)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=_empty)
    drop: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    wikidata: WikidataSettings = field(default_factory=WikidataSettings)

    @property
    def file(self) -> Path:
        """Return the source's file."""
        return self.folder / "source.yml"

    @property
    def home_country(self) -> str:
        """Return the home country's notation, "" if the source has none of its own."""
        return self.home.partition("-")[0]

    @property
    def home_region(self) -> str:
        """Return the home region's notation, "" if there is none."""
        return self.home if "-" in self.home else ""

    @property
    def states_agreements(self) -> bool:
        """Tell whether rows state agreements rather than tell of events."""
        return self.form in ("register", "wikidata")
