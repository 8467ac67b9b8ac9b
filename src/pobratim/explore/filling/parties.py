"""Who takes part: towns, institutions, regions, countries, persons, each once under its reference."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pobratim.compare.comparison import TableOf, lines
from pobratim.explore.concepts import Named
from pobratim.names.short import short_name
from pobratim.query.text_rows import Value
from pobratim.text.folding import folded_words

_KINDS = {"organisation": "institution"}
"""Types of IRIs that are called otherwise here."""
Execute = Callable[[str, Iterable[tuple[object, ...]]], object]
"""Runs a statement for each of some rows of values."""
Shorts = Mapping[tuple[str, str | None], str]
"""Short forms of institutions by name and kind: nothing else decides them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A party as the tables have it; ``town`` is an IRI."""

    iri: str
    ref: str
    kind: str
    name: str
    name_en: str | None = None
    short: str | None = None
    type: str | None = None
    town: str | None = None
    region: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    municipality: bool = False


def ref_of(iri: str, areas: Mapping[str, str]) -> str:
    """Return how addresses name a party: a place by its key alone, others as KIND:KEY; "" for what is no party.

    ``areas`` are the references of countries and regions by IRI.
    """
    if iri in areas:
        return areas[iri]
    kind, _, key = iri.partition("/id/")[2].partition("/")
    return key if kind == "place" else f"{_KINDS.get(kind, kind)}:{key}" if key else ""


def area_refs(concepts: Iterable[Named]) -> dict[str, str]:
    """Return the references of countries and regions by IRI ("country:by", "region:ru-smo")."""
    return {
        each.iri: f"{each.scheme}:{each.label.code.lower()}"
        for each in concepts
        if each.scheme in ("country", "region")
    }


def fill(table_of: TableOf, concepts: list[Named], execute: Execute, shorts: Shorts) -> dict[str, int]:
    """Write all parties and return their numbers by IRI; ``shorts`` are short forms that are known."""
    areas = area_refs(concepts)
    found: dict[str, Found] = {}
    for one in (*_places(table_of, areas), *_institutions(table_of, concepts, shorts)):
        found.setdefault(one.iri, one)
    # Most who took part or are tied stand in the tables before.
    for more in (_agents, _sides):
        for one in more(table_of, found):
            found[one.iri] = one
    for one in _areas(concepts, _used(found.values(), table_of), areas):
        found[one.iri] = one
    numbers = {iri: number for number, iri in enumerate(sorted(found), 1)}
    execute(
        f"INSERT INTO party VALUES ({','.join('?' * 15)}, 0, 0)",
        (_row(numbers[iri], one, numbers) for iri, one in sorted(found.items())),
    )
    return numbers


def _row(number: int, one: Found, numbers: Mapping[str, int]) -> tuple[object, ...]:
    folded = " ".join(folded_words(" ".join((one.name, one.name_en or ""))))
    town = numbers.get(one.town) if one.town else None
    named = (one.iri, one.ref, one.kind, one.name, one.name_en, one.short or one.name, folded)
    return number, *named, one.type, town, one.region, one.country, one.lat, one.lon, int(one.municipality)


def _places(table_of: TableOf, areas: Mapping[str, str]) -> Iterator[Found]:
    for one in lines(table_of("places")):
        iri = str(one["id"])
        yield Found(
            iri, ref_of(iri, areas), "place", str(one["name"]), _text(one["name_en"]), region=_text(one["region"]),
            country=_text(one["country"]), lat=_number(one["lat"]), lon=_number(one["lon"]),
            municipality=bool(one["municipality"]),
        )  # fmt: skip


def _institutions(table_of: TableOf, concepts: Iterable[Named], shorts: Shorts) -> Iterator[Found]:
    letters = {each.label.code: each.abbreviations for each in concepts if each.scheme == "party-kind"}
    for one in lines(table_of("organisations")):
        iri, name, kind = str(one["id"]), str(one["name"]), _text(one["kind"])
        short = shorts.get((name, kind)) or short_name(name, letters.get(kind or "", ()))
        yield Found(
            iri, ref_of(iri, {}), "institution", name, short=short, type=kind,
            town=_text(one["place"]), region=_text(one["region"]), country=_text(one["country"]),
        )  # fmt: skip


def _agents(table_of: TableOf, found: Collection[str]) -> Iterator[Found]:
    """Yield who took part and is not found yet: persons, posts and groups are in no other table."""
    for one in lines(table_of("participations")):
        if one["agent"] in found:
            continue
        iri, kind = str(one["agent"]), str(one["agent_type"])
        name = _text(one["agent_name"]) or _key(iri)
        if ref_of(iri, {}):
            yield Found(iri, ref_of(iri, {}), _KINDS.get(kind, kind), name, country=_text(one["country"]))


def _sides(table_of: TableOf, found: Collection[str]) -> Iterator[Found]:
    """Yield the parties of ties and agreements that are not found yet, since they are in no other table."""
    for one in lines(table_of("ties")):
        for side in ("a", "b"):
            if one[side] in found:
                continue
            iri, name = str(one[side]), _text(one[f"{side}_name"])
            if ref_of(iri, {}):
                yield Found(iri, ref_of(iri, {}), _kind(iri), name or _key(iri), country=_text(one[f"{side}_country"]))
    for one in lines(table_of("agreements")):
        for iri in str(one["parties"] or "").split(" | "):
            if iri not in found and ref_of(iri, {}):
                yield Found(iri, ref_of(iri, {}), _kind(iri), _key(iri))


def _used(found: Iterable[Found], table_of: TableOf) -> set[str]:
    """Return the codes of countries and regions that anything is in or of."""
    codes = {code for one in found for code in (one.country, one.region) if code}
    for name in ("events", "agreements"):
        codes |= {code for one in lines(table_of(name)) for code in str(one["countries"] or "").split(" | ")}
    codes |= {str(one[column]) for one in lines(table_of("reports")) for column in ("country", "region")}
    return codes | {code.partition("-")[0] for code in codes if "-" in code}


def _areas(concepts: Iterable[Named], used: set[str], areas: Mapping[str, str]) -> Iterator[Found]:
    for each in concepts:
        code = each.label.code
        if each.iri in areas and code in used:
            is_region = each.scheme == "region"
            yield Found(
                each.iri, areas[each.iri], each.scheme, each.label.ru, each.label.en,
                region=code if is_region else None, country=code.partition("-")[0] if is_region else code,
            )  # fmt: skip


def _kind(iri: str) -> str:
    kind = iri.partition("/id/")[2].partition("/")[0]
    return _KINDS.get(kind, kind)


def _key(iri: str) -> str:
    return iri.rstrip("/").rpartition("/")[2]


def _text(value: Value) -> str | None:
    return str(value) if value else None


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) else None
