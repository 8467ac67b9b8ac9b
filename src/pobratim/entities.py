"""The types between resolving and emitting: what the reports are about, each thing once, under a stable key.

A ``key`` is an ASCII slug, the same on every run; ``iris.py`` turns it into an IRI and nothing else does.
"""

from dataclasses import dataclass, field

from pobratim.record import Evidence, Record


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person set right: a value of a field that is set ("="), added ("+=") or taken away ("-=").

    Things in ``value`` bear the keys that stay. ``why`` and ``when`` (a day or a moment) are "" if untold.
    """

    field: str
    sign: str
    value: str
    why: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class PlaceEntity:
    """A settlement, district or region that a report names.

    ``names`` are all spellings met, first the preferred one. ``country`` and ``region`` as in record.Place.
    ``geonames`` is the GeoNames id, 0 if unknown; ``lat`` and ``lon`` are WGS 84 degrees, None if unknown.
    ``municipality`` is true for what has a local government (settlements and districts). ``wikidata`` is the id of the
    item that the sources name, "" if none or several.
    """

    key: str
    names: tuple[str, ...]
    kind: str
    country: str
    region: str
    geonames: int = 0
    lat: float | None = None
    lon: float | None = None
    wikidata: str = ""
    corrections: tuple[Correction, ...] = ()

    @property
    def municipality(self) -> bool:
        """Tell whether the place has a local government of its own."""
        return self.kind != "region"


@dataclass(frozen=True, slots=True)
class OrganisationEntity:
    """An organisation: ``kind`` is a local name in organisation-kinds.ttl, ``place`` its settlement's key or ""."""

    key: str
    names: tuple[str, ...]
    kind: str
    place: str
    country: str
    region: str
    number: str = ""
    legal_forms: tuple[str, ...] = ()
    honorific: str = ""
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonEntity:
    """A person who acts in office: ``posts`` are the posts met, ``organisation`` the key of the office's body or ""."""

    key: str
    name: str
    post: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Participation:
    """Somebody's part in an activity: ``agent`` is (type, key) with type organisation, person, place or group.

    ``person_class`` and ``rule`` are those of a person (record.Person), "" of others.
    """

    agent: tuple[str, str]
    role: str
    person_class: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class GroupEntity:
    """Participants known only by kind and origin."""

    key: str
    name: str
    country: str


@dataclass(frozen=True, slots=True)
class AgreementEntity:
    """An agreement; ``parties`` are (type, key) pairs, ``date`` EDTF or "", ``signed_at`` an activity key or "".

    ``end`` is the last day, month or year (EDTF) for which it holds or held, "" if unknown; ``expires`` the one that is
    reckoned where none is told, ``planned`` the span for which it is planned. The others are as in a record.
    """

    key: str
    kind: str
    status: str
    date: str
    parties: tuple[tuple[str, str], ...]
    signed_at: str = ""
    end: str = ""
    number: str = ""
    subject: str = ""
    term: str = "not-stated"
    duration: str = ""
    prolonged: bool = False
    expires: str = ""
    planned: str = ""
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """A direct link between two named parties that one row states; ``evidence`` indexes the record's evidence."""

    key: str
    home: tuple[str, str]
    foreign: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Account:
    """One row: a telling of one activity, or (``record.form`` "register") a statement of agreements.

    ``own_activity`` is the key the activity would have if nobody else told of it; it differs from ``activity``
    where rows were found to tell of the same event. Both are "" for a row of a register. Beside each piece of
    ``evidence`` stands the (type, key) of what its phrase names, ("", "") where that is no thing but a value.
    """

    key: str
    record: Record
    reporter: str
    activity: str
    own_activity: str
    participations: tuple[Participation, ...]
    places: tuple[str, ...]
    contacts: tuple[Contact, ...]
    agreements: tuple[str, ...]
    groups: tuple[GroupEntity, ...]
    series: str
    evidence: tuple[tuple[Evidence, tuple[str, str]], ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityEntity:
    """What took place, told by one or more accounts; the single-valued facts are those of ``canonical``.

    ``start``/``end`` are EDTF of the widest account; ``accounts`` are account keys, sorted.
    """

    key: str
    title: str
    kind: str
    start: str
    end: str
    mode: str
    edition: str
    canonical: str
    accounts: tuple[str, ...]
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesEntity:
    """A recurring event or project of which activities are occurrences or parts."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class ReportEntity:
    """A report: ``title`` from its preamble, ``sha256`` of the file, home country and region as notations or "".

    ``edition`` is that of the program that read it (``edition.py``), "" for one that did not tell.
    ``source`` names the source (loaders/) that it was read with, ``source_edition`` the hash of its source.yml;
    ``publisher`` and ``publisher_en`` name who publishes it, ``homepage`` and ``licence`` are IRIs. All "" without.
    ``period`` is what it is about (EDTF, «2023-01/2023-03»), with the words and the place it was read from ("title",
    "text", "file"; "source" and "told" for what people gave), ``issued`` its day, ``body`` the authority that its title
    names. ``identity`` is a digest of what tells it from other reports whatever its file is called
    (``load/facts.py``), "" for one that was read before there was one.
    """

    slug: str
    title: str
    file: str
    sha256: str
    home_country: str
    home_region: str
    edition: str
    source: str = ""
    source_edition: str = ""
    publisher: str = ""
    publisher_en: str = ""
    homepage: str = ""
    licence: str = ""
    period: str = ""
    period_words: str = ""
    period_from: str = ""
    issued: str = ""
    body: str = ""
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Undecided:
    """Two things that may be one: for a person to decide, never guessed.

    ``score`` is 0..1; ``reason`` is the code of a message, ``shared`` those of what speaks for it, ``why`` that of what
    the rules found of the two ("" where they found nothing further).
    """

    kind: str
    left: str
    right: str
    score: float
    reason: str
    shared: tuple[str, ...] = ()
    why: str = ""


@dataclass(slots=True)
class Resolution:
    """All that a set of reports tells, resolved. Every list is sorted by key (accounts by report, then row).

    ``replaced`` are (type, former key, key that stays) of what people decided to be one, ``unmatched`` (type, key) of
    decisions about what is not there.
    """

    reports: list[ReportEntity] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    activities: list[ActivityEntity] = field(default_factory=list)
    agreements: list[AgreementEntity] = field(default_factory=list)
    places: list[PlaceEntity] = field(default_factory=list)
    organisations: list[OrganisationEntity] = field(default_factory=list)
    people: list[PersonEntity] = field(default_factory=list)
    series: list[SeriesEntity] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)
    replaced: list[tuple[str, str, str]] = field(default_factory=list)
    unmatched: list[tuple[str, str]] = field(default_factory=list)
