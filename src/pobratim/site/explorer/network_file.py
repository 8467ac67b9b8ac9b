"""What ``/network`` shows as one file (``papers/network_file.py``): the picture, and the sentences of all its ties."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pobratim.explore import Index
from pobratim.explore.agreements import agreements_at
from pobratim.explore.ego import ego_of
from pobratim.explore.events import events_at
from pobratim.explore.parties import parties_of, party_of
from pobratim.explore.picture import Ego
from pobratim.explore.register import reference_day
from pobratim.explore.reports import reports_at
from pobratim.explore.tie_steps import Ground, grounds_of, tie_of, ties_of_both
from pobratim.explore.ties import ties_at
from pobratim.lexicon.lexicon import lexicon
from pobratim.messages import Language
from pobratim.papers.network_file import FileGround, FileRow, FileTie, Mark, NetworkFile
from pobratim.site.asking import Asker, Row
from pobratim.site.explorer.brief import foot_of
from pobratim.site.explorer.evidence import named_agreement
from pobratim.site.explorer.network import Asked, told, whole_heading
from pobratim.site.explorer.wording import Wording
from pobratim.site.page import Visit

_AT_ONCE = 200
"""So many rows of reports are asked for in one question."""
_EDGES = 1_500
"""Of a larger picture the strongest ties have their sentences: the file stays within some two megabytes."""


@dataclass(slots=True)
class _Told:
    """What the index tells of a picture: its ties by edge, their grounds, the rows of reports that tell of these."""

    ego: Ego
    ties: dict[str, FileTie] = field(default_factory=dict)
    grounds: list[FileGround] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    """By IRI of a party the node that stands for it."""


async def network_file_of(asker: Asker, what: Asked, level: str, visit: Visit) -> NetworkFile:
    """Return the file of what an address of ``/network`` asks for. Raises as the asker does."""
    base = asker.data.base
    found = await asker.explored(
        lambda index: _told(index, ego_of(index, what.seed, what.selection, what.opened, visit.lang), base, visit)
    )
    rows = await _rows(asker, found, visit.lang)
    return NetworkFile(
        title=whole_heading(what, level, visit.lang),
        lang=visit.lang,
        level=level,
        first=f"?seed={found.ego.seed}" if found.ego.seed else "",
        ego=_shown(found.ego),
        kinds=found.kinds,
        ties=found.ties,
        grounds=found.grounds,
        rows=rows,
        said=foot_of(visit),
    )


def _shown(ego: Ego) -> dict[str, Any]:
    """Return the picture without what the selection of the address leaves out: the file knows nothing of it."""
    made = told(ego)
    for name in ("nodes", "edges"):
        made[name] = [each for each in made[name] if "out" not in each]
    for node in made["nodes"]:
        # Whoever is not in the picture is not in the file.
        node["hidden"] = node["hidden"] if node["level"] == "more" else 0
    return {**made, "events": ego.events - ego.hidden, "hidden": 0}


def _told(index: Index, ego: Ego, base: str, visit: Visit) -> _Told:
    found = _Told(ego)
    numbers: dict[Ground, int] = {}
    edges = sorted(
        (edge for edge in ego.edges if edge.kind != "participation" and not edge.out), key=lambda edge: -edge.events
    )
    for edge in edges[:_EDGES]:
        ties = _ties(index, edge.id, edge.a if edge.kind == "tie" else ego.seed, edge.b, base)
        mine = grounds_of(index, ties)
        _add(index, found, [ground for ground in mine if ground not in numbers], numbers, visit)
        about = ties_at(index, ties)
        topics = dict.fromkeys(topic.said(visit.lang) for tie in about for topic in tie.topics)
        years = sorted({str(year) for tie in about for year in tie.years if year})
        found.ties[edge.id] = FileTie(tuple(numbers[ground] for ground in mine), tuple(topics), tuple(years))
    _name(index, found, visit.lang)
    return found


def _ties(index: Index, id_: str, one: str, other: str, base: str) -> Sequence[int]:
    """Return the ties that an edge stands for: its own, or all between two parties."""
    if "~" not in id_:
        tie = tie_of(index, f"{base}/id/tie/", id_)
        return [tie.number] if tie else []
    a, b = party_of(index, one), party_of(index, other)
    return ties_of_both(index, a, b) if a and b else []


def _add(index: Index, found: _Told, grounds: Sequence[Ground], numbers: dict[Ground, int], visit: Visit) -> None:
    """Add grounds that are not there yet, with the rows that tell of them."""
    w = Wording(visit.lang)
    events = {event.number: event for event in events_at(index, [event for event, _ in grounds if event])}
    signed = [agreement for event, agreement in grounds if not event]
    agreements = {each.number: each for each in agreements_at(index, signed, reference_day(index))}
    for ground in grounds:
        event, agreement = events.get(ground[0]), agreements.get(ground[1])
        if event is not None:
            made = FileGround("event", event.title, event.date, _numbered(found, [each.iri for each in event.accounts]))
        elif agreement is not None:
            made = FileGround(
                "agreement", named_agreement(agreement, w), agreement.date, _numbered(found, agreement.rows)
            )
        else:
            continue
        numbers[ground] = len(found.grounds)
        found.grounds.append(made)


def _numbered(found: _Told, rows: Iterable[str]) -> tuple[int, ...]:
    return tuple(found.rows.setdefault(row, len(found.rows)) for row in rows)


def _name(index: Index, found: _Told, lang: Language) -> None:
    """Tell what sort of party each node is, and which node stands for whom: an institution's town where it has none."""
    refs = [node.ref for node in found.ego.nodes if node.level != "more"]
    numbers = [row["id"] for row in index.among("SELECT id FROM party WHERE ref IN ({})", refs)]
    for party in parties_of(index, numbers).values():
        found.places[party.iri] = party.ref
        if party.type:
            found.kinds[party.ref] = party.type.said(lang)
    sql = "SELECT party.iri, town.ref FROM party JOIN party AS town ON town.id = party.town WHERE party.town IN ({})"
    for row in index.among(sql, numbers):
        found.places.setdefault(row["iri"], row["ref"])


async def _rows(asker: Asker, found: _Told, lang: Language) -> list[FileRow]:
    iris = list(found.rows)
    cells: dict[str, list[Row]] = defaultdict(list)
    marks: dict[str, list[Mark]] = defaultdict(list)
    for at in range(0, len(iris), _AT_ONCE):
        for row in await asker.among("many/cells", "entry", iris[at : at + _AT_ONCE]):
            cells[row["entry"].value].append(row)
        for row in await asker.among("many/marks", "entry", iris[at : at + _AT_ONCE]):
            if row["body"].value in found.places:
                mark = (int(row["start"].value), int(row["end"].value), found.places[row["body"].value])
                marks[row["cell"].value].append(mark)
    reports = {row["report"].value for told in cells.values() for row in told}
    names = await asker.explored(
        lambda index: {iri: each.said(lang) for iri, each in reports_at(index, reports).items()}
    )
    return [_row(cells.get(iri, ()), marks, names, lang) for iri in iris]


def _row(told: Sequence[Row], marks: Mapping[str, Sequence[Mark]], names: Mapping[str, str], lang: Language) -> FileRow:
    """Return a row with its cells in the order of the usual form."""
    columns = _columns(lang)
    cells = sorted((row for row in told if row["column"].value in columns), key=lambda row: _place(row, columns))
    report = told[0]["report"].value if told else ""
    return FileRow(
        told[0]["number"].value if told else "",
        names.get(report, report.rpartition("/")[2]),
        tuple(
            (columns[row["column"].value][1], row["text"].value, tuple(sorted(marks.get(row["cell"].value, ()))))
            for row in cells
        ),
    )


def _place(row: Row, columns: Mapping[str, tuple[int, str]]) -> tuple[int, str]:
    return columns[row["column"].value][0], row["cell"].value


@cache
def _columns(lang: Language) -> Mapping[str, tuple[int, str]]:
    """Return the place and the name of each column but that of the row's number, by IRI."""
    return {
        concept.iri: (place, concept.english if lang == "en" and concept.english else concept.label)
        for place, concept in enumerate(lexicon().concepts("column"))
        if concept.local != "number"
    }
