"""A made-up nation as reports: what the explorer is looked at, and its pages counted, where a store has many years.

A report a region and year, with a section a town, tells of the events of ``made_nation.py``: who of a town met whom of
another country, when, where, on what subject, and what was signed. ``python -m bench.nation_reports FOLDER`` writes
them; equal sizes give equal bytes.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby
from pathlib import Path

from bench.made_nation import FIRST, Line, Sizes, made_nation
from pobratim.explore.concepts import read_all
from pobratim.query.text_rows import Value
from pobratim.tables.table import Table

SIZES = Sizes(events=6_000, institutions=15_000)
_HEADINGS = (
    "№ п/п",
    "Наименование мероприятия",
    "Место проведения мероприятия",
    "Сроки проведения мероприятия",
    "Цель, содержание и результат мероприятия",
    "Участники мероприятия",
)
_MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября"),
    "декабря",
)
_AIMS = {
    "culture": "укрепление культурных связей",
    "education": "обмен педагогическим опытом",
    "youth": "сотрудничество молодёжных организаций",
    "sport": "развитие спорта",
    "history": "сохранение исторической памяти",
    "economy": "развитие торговли и экономики",
    "science": "расширение научных связей",
    "tourism": "развитие туризма",
    "language": "изучение русского языка",
    "health": "обмен опытом в сфере здравоохранения",
}
_HOW = {"online": " (в дистанционном формате)", "hybrid": " (очно и дистанционно)"}
_SIGNED = {
    "planned": "Соглашение о сотрудничестве между {sides} планируется подписать в {next} году",
    "ended": "Подписано соглашение о сотрудничестве сроком на один год между {sides}",
}
_OTHERWISE = "Подписано соглашение о сотрудничестве между {sides}"


def documents(sizes: Sizes = SIZES, years: int = 1) -> Iterator[tuple[str, str]]:
    """Yield (file name, HTML) of the reports of a nation, each of so many years."""
    told = _Told(made_nation(sizes), years)
    for (region, first), rows in groupby(told.rows(), key=lambda row: (row.region, row.first)):
        yield f"{region.lower()}-{first}.html", _document(told.names[region], first, years, list(rows))


def write_reports(folder: Path, sizes: Sizes = SIZES, years: int = 1) -> list[Path]:
    """Write the reports, each of so many years, into ``folder``; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in documents(sizes, years):
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8")
    return paths


@dataclass(frozen=True, slots=True)
class _Row:
    """An event as a report tells of it; ``first`` is the first year of the report."""

    region: str
    first: int
    town: str
    cells: tuple[str, ...]


class _Told:
    """Tells of the events of a nation in the words of reports."""

    def __init__(self, nation: Mapping[str, Table], years: int) -> None:
        self._years = years
        self.names = {one.label.code: one.label.ru for one in read_all() if one.scheme in ("region", "country")}
        lines = {name: _lines(nation[name]) for name in nation}
        self._events = {each["id"]: each for each in lines["events"]}
        self._accounts = lines["accounts"]
        self._places = {each["id"]: each for each in lines["places"]}
        self._bodies = {each["id"]: each for each in lines["organisations"]}
        self._agreements = {each["rows"]: each for each in lines["agreements"]}
        self._parts: dict[Value, list[Value]] = defaultdict(list)
        for part in lines["participations"]:
            self._parts[part["event"]].append(part["agent"])

    def rows(self) -> list[_Row]:
        """Return the rows of all reports, those of a region, of the same years and a town after one another."""
        found = [self._row(account) for account in self._accounts]
        return sorted(found, key=lambda row: (row.region, row.first, row.town))

    def _row(self, account: Line) -> _Row:
        event, town = self._events[account["event"]], self._places[account["reporter_id"]]
        agreement = self._agreements.get(event["rows"])
        day = event["start"]
        assert isinstance(day, date)
        bodies = [self._bodies[each] for each in self._parts[event["id"]]]
        aims = [_AIMS[topic] for topic in str(event["topics"]).split(" | ")]
        place = f"{self._named(self._places[event['places']])}{_HOW.get(str(event['mode']), '')}"
        aim = ", ".join(aims)
        purpose = f"{aim[0].upper()}{aim[1:]}. {self._signed(agreement) if agreement else ''}".strip()
        who = ", ".join(f"{each['name']} {self._named(self._places[each['place']])}" for each in bodies)
        title = str(event["title"]).rpartition(", ")[0]
        cells = (title, place, _dates(event, day), purpose, who)
        return _Row(str(town["region"]), day.year - (day.year - FIRST.year) % self._years, str(town["name"]), cells)

    def _signed(self, agreement: Line) -> str:
        sides = " и ".join(self._side(each) for each in str(agreement["parties"]).split(" | "))
        day = agreement["start"]
        assert isinstance(day, date)
        return _SIGNED.get(str(agreement["status"]), _OTHERWISE).format(sides=sides, next=day.year + 1)

    def _side(self, iri: str) -> str:
        body = self._bodies.get(iri)
        if body is None:
            return f"администрацией {self._named(self._places[iri])}"
        return f"{body['name']} {self._named(self._places[body['place']])}"

    def _named(self, place: Line) -> str:
        country = str(place["country"])
        return f"г. {place['name']}" + ("" if country == "RU" else f" ({self.names[country]})")


def _lines(table: Table) -> list[Line]:
    names = [column.name for column in table.query.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def _dates(event: Line, day: date) -> str:
    if event["precision"] == "year":
        return f"{day.year} год"
    last = event["end"]
    assert isinstance(last, date)
    if last == day or last.month != day.month:
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year} года"
    return f"{day.day}-{last.day} {_MONTHS[day.month - 1]} {day.year} года"


def _document(region: str, first: int, years: int, rows: list[_Row]) -> str:
    period = f"{first} год" if years == 1 else f"{first}-{first + years - 1} годы"
    title = f"Отчет о международных мероприятиях муниципальных образований за {period}. {region}"
    table = _cells(_HEADINGS)
    for town, told in groupby(rows, key=lambda row: row.town):
        table += f'<tr><td colspan="{len(_HEADINGS)}">Город {escape(town)}</td></tr>'
        table += "".join(_cells((f"{number}.", *row.cells)) for number, row in enumerate(told, 1))
    head = f'<!doctype html><html lang="ru"><meta charset="utf-8"><body><p>{escape(title)}</p>'
    return f"{head}<table>{table}</table></body></html>"


def _cells(cells: tuple[str, ...]) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def main() -> None:
    """Write the reports into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, default=SIZES.events)
    parser.add_argument("--institutions", type=int, default=SIZES.institutions)
    options = parser.parse_args()
    paths = write_reports(options.folder, Sizes(options.events, options.institutions))
    print(f"{len(paths)} reports of {options.events} events in {options.folder}")


if __name__ == "__main__":
    main()
