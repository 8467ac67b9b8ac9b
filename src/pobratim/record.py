"""The type between extracting and resolving: one Record a row, of a report or of a register of agreements.

The JSON form of a Record (``to_json``) is the contract of ``pobratim extract`` and ``pobratim evaluate``;
the reader of a gold file uses the same keys. Records are stored and printed as JSON lines (``to_lines``).
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from sys import intern
from typing import Any, Literal

_WRITTEN = json.JSONEncoder(ensure_ascii=False).encode
_SEPARATORS = {char: f"\\u{ord(char):04x}" for char in "\u0085\u2028\u2029"}
"""Some readers take these for the end of a line, and cell texts may hold them."""


PersonClass = Literal["office", "head", "private", "honoured"]
"""What a person is in a row: in public office, head of an institution, private, or not acting at all."""


class _Handed:
    """What is handed from one process to another: made again of its fields, texts that say the same one object.

    That is half the time of what dataclasses do by themselves, and half the memory of names that rows tell again.
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Return what makes it again in another process."""
        kind: Any = self.__class__
        return _again, (kind, *_getter(kind)(self))


def _again(kind: Callable[..., Any], *values: Any) -> Any:
    return kind(*[intern(value) if type(value) is str else value for value in values])


@dataclass(frozen=True, slots=True)
class Evidence(_Handed):
    """Where one value was read: ``cells[column][start:end] == exact`` always holds (code points).

    ``value`` is a JSON pointer into the record ("/institutions/0", "/start"); ``rule`` names the rule that
    read it; ``confidence`` is 1.0 for what is written out, less for what was inferred.
    """

    value: str
    column: str
    start: int
    end: int
    exact: str
    rule: str
    confidence: float = 1.0

    def __reduce__(self) -> tuple[Callable[..., "Evidence"], tuple[Any, ...]]:
        """Return what makes it again in another process."""
        return _evidence, _getter(Evidence)(self)


@dataclass(slots=True)
class Place(_Handed):
    """Where something took place, or one side of a tie.

    ``name`` is nominative without a type word for settlements («Витебск»), with it for districts
    («Хиславичский район»); ``country`` is ISO 3166-1 alpha-2 or a Wikidata id, "" if unknown;
    ``region`` the notation of a concept of ontology/regions.ttl (ISO 3166-2, "RU-SMO"), "" if not stated.
    ``kind`` is settlement, district or region. ``wikidata`` is the item's id where the source gives one, else "".
    """

    name: str
    country: str = ""
    region: str = ""
    kind: str = "settlement"
    wikidata: str = ""


@dataclass(frozen=True, slots=True)
class Part(_Handed):
    """A part of a name: ``text`` as the name spells it (nominative), ``[start:end]`` (code points) where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parts(_Handed):
    """A name taken apart, once: by extraction from the cell ``column``, where the spans of its parts are, or by
    ``names.parts.parse`` from the bare name ("": the spans are those of the name itself).

    ``legal_form`` is all before a quotation where it is spelt out («областная общественная организация»), ``kind`` the
    label of the kind, ``quotation`` what the outermost quotation holds, ``title`` the proper name in quotation marks,
    ``honour`` whom it is named after with the word for it («имени Пушкина»), ``complement`` what it is for or of
    («изобразительных искусств»), ``initials`` the words in initials beside legal form and kind, ``short`` those that
    stand in brackets behind the name, ``levels`` the words for its level («областная»), ``unlisted`` the initials of a
    legal form or kind that no list has («МОФ «…»»), ``person`` a surname behind initials or a given name («М. Шагала»).
    """

    column: str = ""
    legal_form: Part | None = None
    kind: Part | None = None
    quotation: Part | None = None
    title: Part | None = None
    honour: Part | None = None
    complement: Part | None = None
    numbers: tuple[Part, ...] = ()
    initials: tuple[Part, ...] = ()
    short: tuple[Part, ...] = ()
    levels: tuple[Part, ...] = ()
    places: tuple[Part, ...] = ()
    unlisted: tuple[Part, ...] = ()
    person: Part | None = None

    def to_json(self) -> dict[str, Any]:
        """Return what the name has as plain JSON values, keys in the order of the fields."""
        found = zip(Parts.__dataclass_fields__, _getter(Parts)(self), strict=True)
        return {name: _plain_parts(value) for name, value in found if value}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Parts":
        """Read what ``to_json`` wrote. Raises KeyError or TypeError on unknown or missing keys."""
        return cls(**{name: _parts(value) for name, value in data.items()})


def _evidence(
    value: str, column: str, start: int, end: int, exact: str, rule: str, confidence: float = 1.0
) -> Evidence:
    """Return an evidence that was kept or handed over: what thousands have in common is one object."""
    sure = 1.0 if confidence == 1 else confidence
    return Evidence(intern(value), intern(column), start, end, intern(exact), intern(rule), sure)


def plain(item: Any) -> dict[str, Any]:
    """Return a data type's fields, lists copied: three times as fast as ``asdict``, which looks into every value."""
    values = dict(zip(item.__dataclass_fields__, _getter(item.__class__)(item), strict=True))
    for name, value in values.items():
        if type(value) is list:
            values[name] = value.copy()
    return values


@cache
def _getter(kind: Any) -> Callable[[Any], tuple[Any, ...]]:
    """Return what gives the values of all fields of a type at once."""
    return attrgetter(*kind.__dataclass_fields__)


def _plain_parts(value: Any) -> Any:
    if isinstance(value, Part):
        return plain(value)
    return tuple(plain(item) for item in value) if isinstance(value, tuple) else value


def _parts(value: Any) -> Any:
    """Return a field of Parts from its JSON value: a part, several of them, or the column."""
    if isinstance(value, dict):
        return Part(**value)
    return tuple(Part(**item) for item in value) if isinstance(value, list | tuple) else value


@dataclass(slots=True)
class Institution(_Handed):
    """One organisation named by the row.

    ``id`` is the key's slug (see resolve/keys.py), the same wherever the same organisation is meant.
    ``kind`` is the local name of a concept of ontology/organisation-kinds.ttl ("gymnasium").
    ``number`` is the № ("7"), ``proper`` the proper name left when kind, number, legal form, honorific and
    place are taken away («Маладик»), "" if none. ``parts`` are those of ``name`` as it was read.
    """

    id: str
    name: str
    aliases: list[str] = field(default_factory=list)
    place: str = ""
    country: str = ""
    role: str = "participant"
    kind: str = ""
    number: str = ""
    proper: str = ""
    legal_form: str = ""
    honorific: str = ""
    region: str = ""
    parts: Parts = Parts()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Institution":
        """Read one of a record's JSON. Raises KeyError or TypeError on unknown or missing keys."""
        return cls(**{**data, "parts": Parts.from_json(data.get("parts", {}))})


@dataclass(slots=True)
class Person(_Handed):
    """A person who acts in the event; ``name`` is "" where only the post is given.

    ``institution`` is the id of the organisation in which the post is held, "" if none is named. ``person_class`` (key
    "class") is what the person is in this row, told by the rule ``rule``: both are concepts of
    ontology/person-classes.ttl.
    """

    name: str
    post: str
    institution: str = ""
    person_class: PersonClass = "private"
    rule: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the person as plain JSON values."""
        return {"class" if name == "person_class" else name: value for name, value in plain(self).items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Person":
        """Read what ``to_json`` wrote. Raises TypeError on unknown or missing keys."""
        return cls(**{"person_class" if name == "class" else name: value for name, value in data.items()})


@dataclass(slots=True)
class Agreement(_Handed):
    """An agreement that the row signs, cites or plans; ``parties`` are institution ids or municipality names.

    ``date`` is EDTF, "" if unknown, and ``end`` the last day, month or year for which it holds or held. ``number`` is
    the document's («17/4-д»), ``subject`` the words for what it is about, ``term`` a concept of
    ontology/agreement-terms.ttl, ``duration`` ISO 8601 («P5Y»). ``expires`` is the end reckoned from date and duration
    where none is told, ``planned`` the span of time («2025-04/2025-06») that a plan names where it has no ``date``.
    """

    kind: str
    status: str
    date: str = ""
    parties: list[str] = field(default_factory=list)
    end: str = ""
    number: str = ""
    subject: str = ""
    term: str = "not-stated"
    duration: str = ""
    prolonged: bool = False
    expires: str = ""
    planned: str = ""


@dataclass(slots=True)
class Group(_Handed):
    """Participants known only by kind and origin: «спортсмены из Республики Беларусь»; ``country`` as in Place."""

    name: str
    country: str = ""


@dataclass(slots=True)
class Record(_Handed):
    """What one row says. See the field list in ARCHITECTURE.md for the meaning of every key.

    ``cells`` maps a column's local name (ontology/columns.ttl: name, place, dates, purpose, participants,
    section, …) to the raw cell text. ``report`` is the report's slug. ``parties`` describes each
    municipality that ``ties`` or ``agreements`` name, by that name. ``edition`` is the event's ordinal («50»).
    ``same_as`` ("report#row") is filled by the resolver. ``form`` is "events", or "register" for a row that tells of
    no event but states agreements: it has parties and agreements, and neither kind, topics, places nor ties.
    """

    report: str
    row: int
    section: str = ""
    reporter: str = ""
    title: str = ""
    kind: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    start: str = ""
    end: str = ""
    mode: str = ""
    places: list[Place] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    institutions: list[Institution] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    ties: list[list[str]] = field(default_factory=list)
    series: str = ""
    series_name: str = ""
    edition: str = ""
    same_as: list[str] = field(default_factory=list)
    home: Place = field(default_factory=lambda: Place(""))
    parties: dict[str, Place] = field(default_factory=dict)
    table: int = 1
    cells: dict[str, str] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    form: str = "events"
    doubtful: list[Evidence] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Return the record as plain JSON values, keys in the order of the fields."""
        values = plain(self)
        for name in ("places", "institutions", "groups", "agreements", "evidence", "doubtful"):
            values[name] = [plain(item) for item in values[name]]
        values["people"] = [one.to_json() for one in self.people]
        for item in values["institutions"]:
            item["parts"] = item["parts"].to_json()
        values["ties"] = [list(tie) for tie in self.ties]
        values["home"], values["cells"] = plain(self.home), dict(self.cells)
        values["parties"] = {name: plain(place) for name, place in self.parties.items()}
        return values if self.doubtful else {name: one for name, one in values.items() if name != "doubtful"}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Record":
        """Read what ``to_json`` wrote. Raises KeyError or TypeError on unknown or missing keys."""
        values = dict(data)
        values["places"] = [Place(**item) for item in values["places"]]
        values["institutions"] = [Institution.from_json(item) for item in values["institutions"]]
        values["groups"] = [Group(**item) for item in values["groups"]]
        values["people"] = [Person.from_json(item) for item in values["people"]]
        values["agreements"] = [Agreement(**item) for item in values["agreements"]]
        values["home"] = Place(**values["home"])
        values["parties"] = {name: Place(**item) for name, item in values["parties"].items()}
        values["evidence"] = [_evidence(**item) for item in values["evidence"]]
        values["doubtful"] = [_evidence(**item) for item in values.get("doubtful", [])]
        return cls(**values)


def to_lines(records: Iterable[Record]) -> str:
    """Return one line a record, each closed by a line feed, keys in the order of the fields."""
    lines = "".join(_WRITTEN(record.to_json()) + "\n" for record in records)
    for char, escaped in _SEPARATORS.items():
        lines = lines.replace(char, escaped)
    return lines


def from_lines(text: str) -> list[Record]:
    """Read what ``to_lines`` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    return [Record.from_json(json.loads(line)) for line in text.split("\n") if line]
