"""Turn gold lines into records as an ideal extractor would: temporary ids, parts of names guessed."""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from pobratim.entities import ReportEntity
from pobratim.record import Agreement, Institution, Person, Place, Record
from pobratim.text.transliterate import slug
from tests.support.places import SHARED

_KINDS = (
    (r"детская школа искусств", "art-school"),
    (r"музыкальная школа|дмш", "music-school"),
    (r"художественная школа", "art-school"),
    (r"спортивная школа|сш «", "sports-school"),
    (r"гимназия", "gymnasium"),
    (r"сш №|средняя школа", "secondary-school"),
    (r"школа", "school"),
    (r"администрация", "administration"),
    (r"исполнительный комитет", "executive-committee"),
    (r"совет|дума", "council"),
    (r"библиотек|библиотечн", "library"),
    (r"министерство", "ministry"),
    (r"музей", "museum"),
    (r"торгово-промышленн", "chamber"),
    (r"стадион", "stadium"),
    (r"фк", "sports-club"),
    (r"оао|завод|концерн", "company"),
    (r"фонд", "fund"),
)
_FORM = re.compile(r"^(?:МБУДО|МБОУ|МБУК|ГУО|ГУК|ОАО|АНО|ГАНОУ|СОГАУ|ФГБУК|Государственное учреждение образования)\s")
_HONORIFIC = re.compile(r"(?:имени|им\.)\s*((?:[А-Я]\.\s?)*[А-Я][\w-]+)")
_INNER = re.compile(r"«(?:[^«»]*«)?([^«»]+)»")
_TYPES = ("район", "округ")


def gold_lines(report: str) -> list[dict[str, Any]]:
    text = (SHARED / "data" / f"{report}.gold.jsonl").read_text(encoding="utf-8")
    return [{"report": report, **json.loads(line)} for line in text.splitlines()]


def record(gold: dict[str, Any]) -> Record:
    """Return the record of a gold line: ids "i0", "i1"…, no same_as."""
    ids = {one["id"]: f"i{index}" for index, one in enumerate(gold["institutions"])}
    names = {name for tie in gold["ties"] for name in tie} | {n for a in gold["agreements"] for n in a["parties"]}
    return Record(
        report=gold["report"],
        row=gold["row"],
        section=gold["section"],
        reporter=gold["reporter"],
        title=gold["title"],
        kind=list(gold["kind"]),
        topics=gold["topics"],
        start=gold["start"],
        end=gold["end"],
        mode=gold["mode"],
        places=[Place(**place) for place in gold["places"]],
        countries=gold["countries"],
        institutions=[_institution(one, ids[one["id"]]) for one in gold["institutions"]],
        people=[Person(one["name"], one["post"]) for one in gold["people"]],
        agreements=[
            Agreement(one["kind"], one["status"], one["date"], [ids.get(name, name) for name in one["parties"]])
            for one in gold["agreements"]
        ],
        ties=[[ids.get(a, a), ids.get(b, b)] for a, b in gold["ties"]],
        series=gold["series"],
        edition=_edition(gold["title"]),
        home=Place("", "RU"),
        parties={name: _party(name, gold) for name in sorted(names - set(ids))},
    )


def _party(name: str, gold: dict[str, Any]) -> Place:
    home = "муниципальный" in name or name in (
        gold["reporter"],
        "Смоленск",
        "Псков",
        "Брянск",
        "Клинцы",
        "Стародуб",
    )
    foreign = next(iter(gold["countries"]), "")
    china = name in ("Хуанган", "Цзинин")
    kind = "district" if name.endswith(_TYPES) else "settlement"
    return Place(name, "CN" if china else "RU" if home else foreign, kind=kind)


def _institution(one: dict[str, Any], temporary: str) -> Institution:
    name = one["name"]
    form = _FORM.match(name)
    number = re.search(r"№\s*(\d+)", name)
    inner = _INNER.findall(name)
    kind = next((kind for pattern, kind in _KINDS if re.search(pattern, name.lower())), "other")
    proper = inner[-1] if inner and not re.search("|".join(p for p, _ in _KINDS), inner[-1].lower()) else ""
    honorific = _HONORIFIC.search(name)
    return Institution(
        temporary,
        name,
        list(one["aliases"]),
        one["place"],
        one["country"],
        one["role"],
        kind,
        number.group(1) if number else "",
        proper,
        form.group().strip() if form else "",
        honorific.group(1) if honorific else "",
    )


def _edition(title: str) -> str:
    found = re.search(r"\b(\d+)-(?:е|й|я)\b", title)
    return found.group(1) if found else ""


def report_entity(slug: str) -> ReportEntity:
    return ReportEntity(slug, slug, f"{slug}.docx", "0" * 64, "RU", "", "")


@dataclass(frozen=True)
class FakeTown:
    geonames: int
    name: str
    country: str
    population: int = 1000
    lat: float = 54.0
    lon: float = 32.0
    english: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name,)


class FakeTowns:
    """A gazetteer of a few towns: candidates most populous first, the stated country or else home decides."""

    def __init__(self, *towns: FakeTown) -> None:
        self.towns = sorted(towns, key=lambda town: -town.population)

    def find(self, name: str) -> list[FakeTown]:
        return [town for town in self.towns if town.name.replace("ё", "е") == name.replace("ё", "е")]

    def by_adjective(self, _lemma: str) -> list[FakeTown]:
        return []

    def by_english(self, _name: str) -> list[FakeTown]:
        return []

    def keyed(self, names: Collection[str]) -> list[FakeTown]:
        return [town for town in self.towns if slug(town.name) in names]

    def countries_of(self, settlement: FakeTown) -> list[str]:
        return [settlement.country]

    def choose(
        self,
        candidates: Sequence[FakeTown],
        *,
        country: str,
        region: str,
        home_country: str,
        home_region: str,
    ) -> FakeTown | None:
        del region, home_region
        at_home = [town for town in candidates if town.country == (country or home_country)]
        return next(iter([*at_home, *candidates]), None)

    def region_of(self, _settlement: FakeTown) -> str:
        return ""

    def is_principal(self, settlement: FakeTown) -> bool:
        same = [town for town in self.find(settlement.name) if town.country == settlement.country]
        return same[0] == settlement
