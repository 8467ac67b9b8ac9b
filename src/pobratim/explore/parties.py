"""Parties as all screens show them: names, kind, where they are, and whether they are ours."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pobratim.explore.concepts import Label
from pobratim.explore.index import Index, Row
from pobratim.messages import Language

_SELECT = """SELECT party.*, town.ref AS town_ref, town.name AS town_name, town.name_en AS town_name_en
FROM party LEFT JOIN party AS town ON town.id = party.town"""


@dataclass(frozen=True, slots=True)
class Party:
    """A town, institution, region, country, person, post or group (``kind``), under its lasting reference ``ref``.

    ``number`` is that of this index alone. ``short`` is the name without legal form and town, for where a column says
    the town; ``type`` is the kind of an institution; ``ties`` counts the ties of the party itself, ``events`` all
    events that concern it. Latitude and longitude are degrees of WGS 84.
    """

    number: int
    ref: str
    iri: str
    kind: str
    name: str
    name_en: str
    short: str
    type: Label | None
    town: str
    town_name: str
    town_name_en: str
    region: Label | None
    country: Label | None
    lat: float | None
    lon: float | None
    is_municipality: bool
    is_ours: bool
    ties: int
    events: int

    @property
    def is_region(self) -> bool:
        """Tell whether it is a town that is a region by itself: the region is called after it as a whole word."""
        words = self.region.ru.split() if self.region else ()
        return self.kind == "place" and self.name in words

    def said(self, lang: Language) -> str:
        """Return the name in a language, in Russian where there is no other."""
        return self.name_en if lang == "en" and self.name_en else self.name

    def said_briefly(self, lang: Language) -> str:
        """Return the short name; names of places are short."""
        return self.said(lang) if self.kind in ("place", "region", "country") else self.short

    def said_where(self, lang: Language, known: Collection[str] = ()) -> str:
        """Return the short name, and of an institution its town, unless that is ``known`` (references of towns)."""
        name = self.said_briefly(lang)
        town = self.town_name_en if lang == "en" and self.town_name_en else self.town_name
        is_told = self.kind != "institution" or not town or self.town in known or town in name
        return name if is_told else f"{name} ({town})"


def party_of(index: Index, ref: str) -> Party | None:
    """Return the party of a reference ("by-vitebsk", "institution:KEY") or IRI, None where there is none."""
    wanted = ref.strip()
    rows = index.rows(f"{_SELECT} WHERE party.ref = ?1 OR party.iri = ?2", wanted.lower(), wanted)
    return _party(index, rows[0]) if rows else None


def parties_of(index: Index, numbers: Iterable[int]) -> Mapping[int, Party]:
    """Return parties by their numbers."""
    found = index.among(f"{_SELECT} WHERE party.id IN ({{}})", numbers)
    return {row["id"]: _party(index, row) for row in found}


def _party(index: Index, row: Row) -> Party:
    region, country, type_ = row["region"], row["country"], row["type"]
    return Party(
        number=row["id"],
        ref=row["ref"],
        iri=row["iri"],
        kind=row["kind"],
        name=row["name"],
        name_en=row["name_en"] or "",
        short=row["short"],
        type=index.label("party-kind", type_) if type_ else None,
        town=row["town_ref"] or "",
        town_name=row["town_name"] or "",
        town_name_en=row["town_name_en"] or "",
        region=index.label("region", region) if region else None,
        country=index.label("country", country) if country else None,
        lat=row["lat"],
        lon=row["lon"],
        is_municipality=bool(row["municipality"]),
        is_ours=row["id"] in index.home.all,
        ties=row["ties"],
        events=row["events"],
    )
