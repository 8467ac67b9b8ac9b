"""A made-up nation as flat tables: what the explorer is measured on where there is far more than anybody has loaded.

Towns of the gazetteer of all regions of Russia report twelve years of events with towns of twenty countries. A few
towns have most of the events, a partner that is there already is met again more often than a new one is found, and so
do institutions: of most ties one or two events are known, of some hundreds. Ties and what they rest on are counted from
the events. Equal sizes give equal tables.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

from bench.identity import wordings
from pobratim.explore.concepts import read_all
from pobratim.lexicon.gazetteer import Gazetteer, Settlement
from pobratim.query.text_rows import Value
from pobratim.rdf.iris import DEFAULT_BASE, EntityType, entity_iri
from pobratim.resolve.keys import place_key
from pobratim.tables.table import Table, table_named

Line = dict[str, Value]
_PARTNERS = {
    "BY": 30, "CN": 18, "KZ": 14, "AM": 5, "TR": 4, "RS": 4, "IN": 3, "FR": 3, "DE": 3, "UZ": 3, "KG": 2, "JP": 2,
    "MN": 2, "KR": 2, "IT": 1, "BG": 1, "FI": 1, "PL": 1, "CU": 1, "BR": 1,
}  # fmt: skip
"""Countries of the partners, each with its share in hundredths."""
_OF_A_COUNTRY, _REPORTERS = 110, 1_500
"""So many towns of a country have partners, and so many of ours report, the largest."""
FIRST, _YEARS = date(2014, 1, 1), 12
"""The first day of which anything is told, and for how many years."""
_NEW_TOWN, _NEW_COUPLE = 0.12, 0.3
"""Shares of events in which towns, and institutions of two towns that know each other, meet for the first time."""
_HUBS = 0.002
"""The share of events in which dozens take part: nobody's tie rests on them."""
_AGREEMENTS = 0.05
_TITLES = (
    "Международный конкурс «{w}»", "Встреча с делегацией: {t}", "Фестиваль народного творчества «{w}»",
    "Онлайн-урок дружбы, {t}", "Выставка «{w}»", "Круглый стол «{w}»", "Обмен делегациями школьников, {t}",
)  # fmt: skip
_WORDS = tuple(
    f"{one} {other}"
    for one in ("Славянский", "Северный", "Звонкий", "Новый", "Общий", "Светлый", "Золотой", "Дружный")
    for other in ("венец", "родник", "мост", "дом", "берег", "парус", "колос", "горизонт", "ключ", "хоровод")
)
_TOPICS = ("culture", "education", "youth", "sport", "history", "economy", "science", "tourism", "language", "health")
_KINDS = ("competition", "festival", "meeting", "visit", "exhibition", "conference", "exchange", "sports", "training")
_STATUSES = ("in-force", "signed", "planned", "ended")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much there is of a nation, of institutions about so many."""

    events: int = 120_000
    institutions: int = 30_000


@dataclass(frozen=True, slots=True)
class Town:
    """A town with its institutions (lines of their table); ``partners`` are numbers of towns abroad it has met."""

    iri: str
    settlement: Settlement
    region: str
    institutions: list[Line] = field(default_factory=list)
    partners: list[int] = field(default_factory=list)


def made_nation(sizes: Sizes = Sizes()) -> Mapping[str, Table]:
    """Return all flat tables of a nation by their names."""
    found = _Nation(sizes)
    found.fill()
    return {name: _table(name, lines) for name, lines in found.lines.items()}


def _table(name: str, lines: Iterable[Line]) -> Table:
    query = table_named(name)
    return Table(query, [tuple(line.get(column.name) for column in query.columns) for line in lines])


class _Nation:
    """What is made one after the other: towns, institutions, events with who took part, agreements, ties of all."""

    def __init__(self, sizes: Sizes) -> None:
        self.sizes, self.pick = sizes, random.Random(11)
        self.lines: dict[str, list[Line]] = defaultdict(list)
        self.couples: dict[tuple[str, str], list[tuple[Line, Line]]] = defaultdict(list)
        self.grounds: dict[tuple[str, str, str], list[Line]] = defaultdict(list)
        self.areas = {one.label.code: one.iri for one in read_all() if one.scheme in ("region", "country")}
        self.ours, self.theirs = self._towns()
        self.places = {town.iri: town for town in (*self.ours, *self.theirs)}
        self.weights = list(accumulate(1 / (number + 12) for number in range(len(self.ours))))
        self.abroad = list(accumulate(self._abroad()))

    def fill(self) -> None:
        self._institutions()
        for number in range(self.sizes.events):
            self._event(number)
        self._reports()
        self._ties()

    def _towns(self) -> tuple[list[Town], list[Town]]:
        gazetteer = Gazetteer.load()
        known = (gazetteer.by_number(int(line.split("\t", 1)[0])) for line in gazetteer.lines)
        of: dict[str, list[Town]] = defaultdict(list)
        taken: set[str] = set()
        for each in sorted(filter(None, known), key=lambda one: (-one.population, one.geonames)):
            most = _REPORTERS if each.country == "RU" else _OF_A_COUNTRY if each.country in _PARTNERS else 0
            key, region = place_key(each.name, each.country, geonames=each.geonames), gazetteer.region_of(each) or ""
            if (region in self.areas or each.country != "RU") and key not in taken and len(of[each.country]) < most:
                taken.add(key)
                of[each.country].append(Town(_iri("place", key), each, region if region in self.areas else ""))
        towns = [town for found in of.values() for town in found]
        for town in towns:
            self.lines["places"].append(_place(town))
        return of["RU"], [town for town in towns if town.settlement.country != "RU"]

    def _abroad(self) -> Iterable[float]:
        rank: dict[str, int] = defaultdict(int)
        for town in self.theirs:
            country = town.settlement.country
            rank[country] += 1
            yield _PARTNERS[country] / (rank[country] + 4)

    def _institutions(self) -> None:
        """Give each town its share of institutions, the large ones more."""
        share = 2 * self.sizes.institutions / len(self.places)
        for index, (rank, town) in enumerate(
            (rank, town) for of in (self.ours, self.theirs) for rank, town in _ranked(of)
        ):
            named = list(wordings(index, town.settlement))
            for which in range(max(1, round(share * (1 - rank)))):
                town.institutions.append(_institution(town, which, *named[which % len(named)][:2]))
            self.lines["organisations"] += town.institutions

    def _event(self, number: int) -> None:
        pick = self.pick
        town = pick.choices(self.ours, cum_weights=self.weights)[0]
        other = self._partner(town)
        day = FIRST + timedelta(pick.randrange(365 * _YEARS))
        event = self._happened(number, town, other, day)
        self.lines["events"].append(event)
        self.lines["accounts"].append(_account(event, town))
        one, two = self._couple(town, other)
        hub = pick.random() < _HUBS
        guests = [one, two, *(pick.choice(pick.choice(self.theirs).institutions) for _ in range(30 if hub else 0))]
        for agent in {str(guest["id"]): guest for guest in guests}.values():
            self.lines["participations"].append(_part(event, agent))
        if not hub:
            self._rest_on(event, "activity", town, other, (one, two))
        if pick.random() < _AGREEMENTS:
            self._agreement(number, town, other, (one, two), day)

    def _partner(self, town: Town) -> Town:
        if not town.partners or self.pick.random() < _NEW_TOWN:
            town.partners.append(self.pick.choices(range(len(self.theirs)), cum_weights=self.abroad)[0])
            return self.theirs[town.partners[-1]]
        town.partners.append(self.pick.choice(town.partners))
        return self.theirs[town.partners[-1]]

    def _couple(self, town: Town, other: Town) -> tuple[Line, Line]:
        known = self.couples[town.iri, other.iri]
        if known and self.pick.random() >= _NEW_COUPLE:
            known.append(self.pick.choice(known))
        else:
            known.append((self.pick.choice(town.institutions), self.pick.choice(other.institutions)))
        return known[-1]

    def _happened(self, number: int, town: Town, other: Town, day: date) -> Line:
        pick = self.pick
        last, is_vague = day + timedelta(pick.choice((0, 0, 0, 1, 3))), pick.random() < 0.06
        where = (town, other)[pick.random() < 0.3]
        title = pick.choice(_TITLES).format(w=pick.choice(_WORDS), t=other.settlement.name)
        return {
            "id": _iri("activity", f"{day}-{number}"), "title": f"{title}, {town.settlement.name}",
            "start": date(day.year, 1, 1) if is_vague else day, "end": date(day.year, 12, 31) if is_vague else last,
            "date": str(day.year) if is_vague else str(day) if day == last else f"{day}/{last}",
            "precision": "year" if is_vague else "day" if day == last else "interval", "kind": pick.choice(_KINDS),
            "mode": pick.choice(("in-person", "in-person", "online", "hybrid")),
            "topics": " | ".join(sorted({pick.choice(_TOPICS), pick.choice(_TOPICS)})),
            "countries": other.settlement.country, "places": where.iri, "place_names": where.settlement.name,
            "participants": 2, "reporters": town.settlement.name, "reports": 1,
            "rows": f"{_report(town, day)}/{number}", "_reporter": town.iri,
            "_report": _iri("report", _report(town, day)),
        }  # fmt: skip

    def _agreement(self, number: int, town: Town, other: Town, couple: tuple[Line, Line], day: date) -> None:
        """Let the towns themselves sign one of three agreements, institutions of theirs the others."""
        of_towns = number % 3 == 0
        sides = (town.iri, other.iri) if of_towns else tuple(str(each["id"]) for each in couple)
        agreement: Line = {
            "id": _iri("agreement", f"{day}-{number}"), "kind": "twinning" if of_towns else "agreement",
            "status": _STATUSES[number % 4], "start": day, "end": day, "date": str(day), "precision": "day",
            "subject": "о сотрудничестве", "term": "not-stated", "prolonged": False,
            "parties": " | ".join(sorted(sides)),
            "countries": f"{other.settlement.country} | RU", "rows": f"{_report(town, day)}/{number}",
            "expires": day.replace(year=day.year + 5, day=1) if number % 2 else None, "topics": None,
            "_reporter": town.iri, "_report": _iri("report", _report(town, day)),
        }  # fmt: skip
        self.lines["agreements"].append(agreement)
        self._rest_on(agreement, "agreement", town, other, None if of_towns else couple)

    def _rest_on(self, ground: Line, type_: str, town: Town, other: Town, couple: tuple[Line, Line] | None) -> None:
        ground["_type"] = type_
        sides = [
            ("municipality", town.iri, other.iri),
            ("country", self.areas["RU"], self.areas[other.settlement.country]),
        ]
        if other.region:
            sides.append(("region", self.areas[town.region], self.areas[other.region]))
        if couple:
            sides.append(("institution", str(couple[0]["id"]), str(couple[1]["id"])))
        for key in sides:
            self.grounds[key].append(ground)

    def _reports(self) -> None:
        rows: dict[str, list[Line]] = defaultdict(list)
        for account in self.lines["accounts"]:
            rows[str(account["report"])].append(account)
        for iri, told in sorted(rows.items()):
            year, quarter = int(iri[-7:-3]), int(iri[-1])
            first = date(year, quarter * 3 - 2, 1)
            town = self.places[str(told[0]["reporter_id"])]
            self.lines["reports"].append(
                {
                    "id": iri, "title": f"Отчёт за {quarter} квартал {year} года", "file": f"{iri[-20:]}.docx",
                    "period_start": first,
                    "period_end": date(year + quarter // 4, quarter % 4 * 3 + 1, 1) - timedelta(1),
                    "country": "RU", "region": town.region, "rows": len(told), "events_start": first,
                    "events_end": first,
                    "reporter_ids": " | ".join(sorted({str(each["reporter_id"]) for each in told})),
                }
            )  # fmt: skip

    def _ties(self) -> None:
        names = {str(line["id"]): line["name"] for name in ("places", "organisations") for line in self.lines[name]}
        for number, ((level, a, b), grounds) in enumerate(self.grounds.items()):
            signed = sum(one["_type"] == "agreement" for one in grounds)
            abroad = str(grounds[0]["countries"]).partition(" | ")[0]
            starts, ends = [one["start"] for one in grounds], [one["end"] for one in grounds]
            iri = f"{DEFAULT_BASE}/id/tie/{level}/{number}"
            topics = {each for one in grounds for each in str(one["topics"] or "").split(" | ")} - {""}
            self.lines["ties"].append(
                {
                    "id": iri, "level": level, "kind": "partnership" if signed else "contact", "a": a, "b": b,
                    "a_name": names.get(a), "b_name": names.get(b), "a_country": "RU", "b_country": abroad,
                    "start": min(starts), "end": max(ends), "date": f"{min(starts)}/{max(ends)}",  # type: ignore[type-var]
                    "precision": "interval", "events": len(grounds) - signed, "agreements": signed, "sides": 1,
                    "topics": " | ".join(sorted(topics)) or None,
                }
            )  # fmt: skip
            self.lines["grounds"] += [_ground(iri, one) for one in grounds]


def _ranked(towns: list[Town]) -> Iterable[tuple[float, Town]]:
    return ((place / len(towns), town) for place, town in enumerate(towns))


def _iri(kind: EntityType, key: str) -> str:
    return entity_iri(DEFAULT_BASE, kind, key)


def _place(town: Town) -> Line:
    one = town.settlement
    return {
        "id": town.iri, "name": one.name, "name_en": one.english or None, "municipality": True, "country": one.country,
        "region": town.region or None, "lat": one.lat, "lon": one.lon,
    }  # fmt: skip


def _institution(town: Town, which: int, kind: str, names: tuple[str, ...]) -> Line:
    name = names[which % len(names)]
    return {
        "id": _iri("organisation", f"{town.iri.rpartition('/')[2]}-{which}"), "name": name, "kind": kind,
        "place": town.iri, "place_name": town.settlement.name, "country": town.settlement.country,
        "region": town.region or None,
    }  # fmt: skip


def _part(event: Line, agent: Line) -> Line:
    return {
        "id": f"{event['id']}/{agent['id']}", "event": event["id"], "agent": agent["id"], "agent_type": "organisation",
        "agent_name": agent["name"], "country": agent["country"], "role": "participant",
    }  # fmt: skip


def _report(town: Town, day: date) -> str:
    return f"{town.region.lower()}-{day.year}-q{(day.month + 2) // 3}"


def _account(event: Line, town: Town) -> Line:
    slug, _, row = str(event["rows"]).rpartition("/")
    return {
        "id": _iri("entry", f"{slug}/{row}"), "report": event["_report"], "report_title": "Отчёт", "row": int(row),
        "reporter": town.settlement.name, "reporter_id": town.iri, "event": event["id"], "start": event["start"],
        "end": event["end"], "date": event["date"], "precision": event["precision"], "text_name": event["title"],
    }  # fmt: skip


def _ground(tie: str, one: Line) -> Line:
    return {
        "id": f"{tie} {one['id']}", "tie": tie, "ground": one["id"], "type": one["_type"], "start": one["start"],
        "end": one["end"], "date": one["date"], "topics": one["topics"], "reporters": one["_reporter"],
        "reports": one["_report"],
    }  # fmt: skip
