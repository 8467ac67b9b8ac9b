"""The rows of reports with the phrases that prove events and agreements, a file a report.

``{"rows": {"7": [["name", "text"], …]}, "things": {"activity/KEY": {"title": "…", "date": "2023-01", "parties": [4],
"phrases": [[row, column, start, end, what, party, rule, confidence], …]}}}``: parties are places of rows, -1 is none;
offsets count code points; ``what`` says what a phrase proves (0 that a party took part, 1 that there was contact, 2
where, 3 anything else), by which ``viz/app/files`` ranks it as ``site/explorer/evidence.py`` does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Literal, RdfFormat, parse

from pobratim.explore import Index
from pobratim.explore.agreements import agreements_at
from pobratim.explore.events import events_at
from pobratim.explore.register import reference_day
from pobratim.rdf.iris import VOCABULARY
from pobratim.site.explorer.evidence import named_agreement
from pobratim.site.explorer.wording import Wording
from pobratim.store.graph_files import GraphFile

_OA = "http://www.w3.org/ns/oa#"
_BODY, _TARGET = f"{_OA}hasBody", f"{_OA}hasTarget"
_PROPERTY, _VALUE, _RULE, _CONFIDENCE = (f"{VOCABULARY}{name}" for name in ("property", "value", "rule", "confidence"))
_TOLD = (_BODY, _TARGET, _PROPERTY, _VALUE, _RULE, _CONFIDENCE)
_TEXT = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
_REPORTS = f"{VOCABULARY}reports"
_PARTICIPANT, _STATES, _PLACE, _OTHER = range(4)
_WHAT = {
    "http://data.europa.eu/m8g/hasParticipant": _PARTICIPANT,
    f"{VOCABULARY}states": _STATES,
    f"{VOCABULARY}place": _PLACE,
}
_OF_EVENT = ("participation", "contact")
"""Kinds of IRIs that begin with the key of an event and are parts of it."""
_THINGS = ("activity", "agreement")
_SIDES = ("institution", "place")
"""Kinds of participants by whose names a phrase is looked for."""
_EVENTS = """SELECT DISTINCT event FROM account JOIN report ON report.id = account.report
WHERE report.iri = ? AND event NOT NULL ORDER BY event"""
_AGREEMENTS = """SELECT DISTINCT agreement FROM agreement_account JOIN account ON account.id = account
JOIN report ON report.id = account.report WHERE report.iri = ? ORDER BY agreement"""


@dataclass(slots=True)
class _Mention:
    body: str = ""
    target: str = ""
    property: str = ""
    value: str = ""
    rule: str = ""
    confidence: float = 1.0


@dataclass(slots=True)
class _Told:
    """What one report tells: ``rows`` are cells by row, ``events`` what each row tells of."""

    rows: dict[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))
    events: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    phrases: dict[str, list[list[Any]]] = field(default_factory=lambda: defaultdict(list))


def evidence_files(index: Index, graphs: Mapping[str, GraphFile]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the files by the keys of their reports, given all graphs by their IRIs. Raises OSError."""
    parties = {row["iri"]: row["id"] - 1 for row in index.rows("SELECT id, iri FROM party")}
    for graph in sorted(graphs):
        start, mark, key = graph.partition("/graph/report/")
        if mark:
            told = _Told()
            _read_rows(told, graphs[graph])
            proved = graphs.get(f"{start}/graph/evidence/{key}")
            if proved is not None:
                _read_phrases(told, proved, parties)
            things = {**_events(index, f"{start}/id/report/{key}"), **_agreements(index, f"{start}/id/report/{key}")}
            for thing, held in things.items():
                held["phrases"] = told.phrases.get(thing, [])
            yield key, {"rows": told.rows, "things": things}


def _events(index: Index, report: str) -> dict[str, dict[str, Any]]:
    numbers = [row[0] for row in index.rows(_EVENTS, report)]
    return {
        f"activity/{each.iri.rpartition('/')[2]}": {
            "title": each.title,
            "date": each.date,
            "parties": [one.party.number - 1 for one in each.participants if one.party.kind in _SIDES],
        }
        for each in events_at(index, numbers)
    }


def _agreements(index: Index, report: str) -> dict[str, dict[str, Any]]:
    numbers, day = [row[0] for row in index.rows(_AGREEMENTS, report)], reference_day(index)
    return {
        f"agreement/{each.iri.rpartition('/')[2]}": {
            "title": named_agreement(each, Wording("ru")),
            "title_en": named_agreement(each, Wording("en")),
            "date": each.date,
            "parties": [party.number - 1 for party in each.parties],
        }
        for each in agreements_at(index, numbers, day)
    }


def _read_rows(told: _Told, graph: GraphFile) -> None:
    for subject, property_, value in _triples(graph, (_TEXT, _REPORTS)):
        kind, _, rest = subject.partition("/id/")[2].partition("/")
        if kind == "cell" and property_ == _TEXT:
            _, row, column = rest.split("/", 2)
            told.rows[row].append([column, value])
        elif kind == "entry" and property_ == _REPORTS:
            told.events[rest.rpartition("/")[2]].append(value.rpartition("/")[2])


def _read_phrases(told: _Told, graph: GraphFile, parties: Mapping[str, int]) -> None:
    mentions: dict[str, _Mention] = defaultdict(_Mention)
    for subject, property_, value in _triples(graph, _TOLD):
        found = mentions[subject]
        name = property_.removeprefix(_OA).removeprefix(VOCABULARY)
        if name == "confidence":
            found.confidence = float(value)
        else:
            setattr(found, {"hasBody": "body", "hasTarget": "target"}.get(name, name), value)
    longest: dict[str, tuple[int, list[Any]]] = {}
    for _, each in sorted(mentions.items()):
        cell, mark, span = each.target.partition("#char=")
        steps = cell.partition("/id/cell/")[2].split("/", 2)
        if not mark or len(steps) < 3:
            continue  # what is said of a mention itself
        start, _, end = span.partition(",")
        what = _WHAT.get(each.property, _OTHER)
        phrase = [steps[1], steps[2], int(start), int(end), what, parties.get(each.value, -1), each.rule]
        phrase += [each.confidence] if each.confidence < 1 else []
        for thing in _proved(told, each):
            if what != _OTHER:
                told.phrases[thing].append(phrase)
            elif thing not in longest or longest[thing][0] < int(end) - int(start):
                longest[thing] = int(end) - int(start), phrase
    for thing, (_, phrase) in longest.items():
        told.phrases[thing].append(phrase)


def _proved(told: _Told, mention: _Mention) -> Iterator[str]:
    """Yield the events and agreements that a phrase proves something of."""
    for iri in dict.fromkeys((mention.body, mention.value)):
        kind, _, rest = iri.partition("/id/")[2].partition("/")
        if kind in _THINGS:
            yield f"{kind}/{rest}"
        elif iri == mention.body and kind in _OF_EVENT:
            yield f"activity/{rest.partition('/')[0]}"
        elif iri == mention.body and kind == "entry":
            yield from (f"activity/{event}" for event in told.events.get(rest.rpartition("/")[2], ()))


def _triples(graph: GraphFile, properties: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the statements of a graph that have one of some properties, as texts."""
    end, wanted = 0, {f"<{each}>".encode() for each in properties}
    for line in graph.lines():
        subject, property_, rest = line.split(b" ", 2)
        if property_ in wanted:
            end = end or line.rindex(b" ", 0, -3) - len(line)  # all lines are of one graph
            yield subject[1:-1].decode(), property_[1:-1].decode(), _value(rest[:end])


def _value(term: bytes) -> str:
    """Return an IRI, or what a literal says."""
    if term.startswith(b"<"):
        return term[1:-1].decode()
    said = term[1 : term.rindex(b'"')]
    if b"\\" not in said:
        return said.decode()
    [triple] = parse(b"<urn:s> <urn:p> %s ." % term, format=RdfFormat.N_TRIPLES)
    assert isinstance(triple.object, Literal)
    return triple.object.value
