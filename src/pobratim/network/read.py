"""From a store to a Network: run the view's query, then ask for each tie, row and party that it names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from pyoxigraph import QuerySolutions

from pobratim.content import content_root
from pobratim.errors import ContentError, UsageError
from pobratim.messages import Language
from pobratim.network.model import Agreement, Cell, Concept, Entry, Network, Party, PartyType, Tie, View
from pobratim.network.names import short_name
from pobratim.query_library import NamedQuery, library
from pobratim.references import said_of_nothing, understand
from pobratim.search import index_of
from pobratim.store_backend import GraphReader

Row = Mapping[str, str]

_LANGUAGES: tuple[Language, ...] = ("ru", "en")
_COLUMNS = ("name", "place", "dates", "purpose", "result", "participants", "responsible", "section")
"""The order in which the columns of a report row are shown, as they stand in the reports' tables."""

_TYPES: tuple[tuple[str, PartyType], ...] = (
    ("http://www.w3.org/ns/org#FormalOrganization", "organisation"),
    ("https://w3id.org/pobratim/def#Municipality", "municipality"),
    ("http://purl.org/dc/terms/Location", "municipality"),
    ("http://xmlns.com/foaf/0.1/Agent", "organisation"),
)


@cache
def views() -> Mapping[str, View]:
    """Return the views by name: the files of ``queries/views/`` tagged ``view``. Raises ContentError."""
    found = library(content_root() / "queries", "views")
    return {name: View(name, query) for name, query in found.items() if "view" in query.tags}


def read_network(view: str, params: Mapping[str, str], reader: GraphReader, lang: Language = "ru") -> Network:
    """Return the network that ``view`` shows of what is in the store.

    ``params`` are the view's parameters; things may be named in any way. Raises UsageError for an unknown view, a wrong
    parameter, or a name that means nothing.
    """
    if view not in views():
        raise UsageError("network-view-unknown", view=view, known=", ".join(views()))
    query = views()[view].query
    understood = understand(query, params, lambda: index_of(reader), lang)
    rows = _ask(query, reader, understood.values, lang)
    source = _Source(reader)
    ties = {row["tie"]: source.tie(row["tie"], row["a"], row["b"]) for row in rows}
    entries = {iri: source.entry(iri) for iri in sorted({iri for tie in ties.values() for iri in tie.entries})}
    parties = {iri: source.party(iri) for iri in sorted({iri for tie in ties.values() for iri in (tie.a, tie.b)})}
    values = {name: term.value for name, term in query.bindings(understood.values, lang).items()}
    values |= {each.parameter: each.label for each in understood.references}
    nothing: dict[str, str] = {each: said_of_nothing(query, params, understood.references, each) for each in _LANGUAGES}
    ties = dict(sorted(ties.items()))
    return Network(
        views()[view], values, parties, ties, entries, source.concepts, understood.references, {} if ties else nothing
    )


class _Source:
    """The detail queries over one reader."""

    def __init__(self, reader: GraphReader) -> None:
        self.reader = reader
        self.queries = library(content_root() / "queries" / "views", "details")
        self.concepts = _concepts(self.rows("concepts"))

    def rows(self, name: str, **values: str) -> list[Row]:
        return _ask(self.queries[name], self.reader, values, "ru")

    def tie(self, iri: str, a: str, b: str) -> Tie:
        rows = self.rows("tie", tie=iri)
        if not rows:
            raise ContentError("network-tie-without-level", tie=iri)
        facts = rows[0]
        return Tie(
            id=iri,
            a=a,
            b=b,
            level=facts["level"].rpartition("/")[2],
            kind=facts.get("kind", ""),
            start=facts.get("start", ""),
            end=facts.get("end", ""),
            events=int(facts.get("events", 0)),
            sides=int(facts.get("sides", 0)),
            topics=_all(rows, "topic"),
            agreements=tuple(_agreement(row) for row in _first_by(self.rows("tie-agreements", tie=iri), "agreement")),
            entries=_all(self.rows("tie-entries", tie=iri), "entry"),
        )

    def entry(self, iri: str) -> Entry:
        rows = self.rows("entry", entry=iri)
        if not rows:
            raise ContentError("network-entry-unknown", entry=iri)
        facts = rows[0]
        return Entry(
            id=iri,
            number=int(facts["number"]),
            title=facts.get("title", ""),
            edtf=facts.get("edtf", ""),
            start=facts.get("start", ""),
            end=facts.get("end", ""),
            report=facts.get("reportTitle") or facts["report"].rpartition("/")[2],
            reporter=facts.get("reporter", ""),
            home=facts.get("home", ""),
            activity=facts.get("activity", ""),
            kind=facts.get("kind", ""),
            topics=_all(rows, "topic"),
            cells=self.cells(iri),
            roles=self.roles(facts.get("activity", "")),
        )

    def cells(self, entry: str) -> tuple[Cell, ...]:
        marks = defaultdict(set)
        for row in self.rows("marks", entry=entry):
            marks[row["cell"]].add((int(row["start"]), int(row["end"]), row["body"]))
        cells = [
            Cell(row["column"], row["text"], tuple(sorted(marks[row["cell"]])))
            for row in self.rows("cells", entry=entry)
            if not row["column"].endswith("/number")
        ]
        return tuple(sorted(cells, key=_column_order))

    def roles(self, activity: str) -> dict[str, tuple[str, ...]]:
        rows = self.rows("roles", activity=activity) if activity else []
        return {party: _all([row for row in rows if row["party"] == party], "role") for party in _all(rows, "party")}

    def party(self, iri: str) -> Party:
        rows = self.rows("party", party=iri)
        names = {row.get("lang") or "ru": row["label"] for row in reversed(rows)}
        kind = rows[0].get("kind", "") if rows else ""
        concept = self.concepts.get(kind)
        kept = _party_type(_all(rows, "type"), iri in self.concepts)
        name = names.get("ru") or min(names.values(), default=iri.rpartition("/")[2])
        abbreviations = concept.abbreviations if concept else ()
        return Party(
            id=iri,
            names=names or {"ru": name},
            others=tuple(other for other in _all(rows, "other") if other != name),
            short=short_name(name, _all(rows, "form"), abbreviations) if kept == "organisation" else name,
            type=self.level_type(iri) if kept == "other" else kept,
            kind=kind,
            place=(rows[0].get("place") or "") if rows else "",
            country=(rows[0].get("country") or (iri if self.notation(iri) else "")) if rows else "",
        )

    def level_type(self, iri: str) -> PartyType:
        """Tell a region («RU-SMO») from a country or territory ("BY", "Q23334") by its notation."""
        if iri not in self.concepts:
            return "other"
        return "region" if "-" in self.notation(iri) else "country"

    def notation(self, iri: str) -> str:
        return self.concepts[iri].notation if iri in self.concepts else ""


def _ask(query: NamedQuery, reader: GraphReader, values: Mapping[str, str], lang: Language) -> list[Row]:
    """Return the answers as plain text, sorted, so that nothing depends on the store's order."""
    result = query.run(reader, values, lang)
    if not isinstance(result, QuerySolutions):
        raise ContentError("network-view-not-select", file=query.file)
    names = [variable.value for variable in result.variables]
    rows = [{name: term.value for name in names if (term := solution[name]) is not None} for solution in result]
    return sorted(rows, key=lambda row: [row.get(name, "") for name in names])


def _concepts(rows: Iterable[Row]) -> dict[str, Concept]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["concept"]].append(row)
    return {
        iri: Concept(
            labels={row["lang"]: row["label"] for row in reversed(group)},
            notation=min(_all(group, "notation"), default=""),
            abbreviations=tuple(sorted(_all(group, "short"), key=lambda short: (len(short), short))),
        )
        for iri, group in grouped.items()
    }


def _agreement(row: Row) -> Agreement:
    return Agreement(row["agreement"], row["label"], row.get("kind", ""), row.get("status", ""), row.get("edtf", ""))


def _all(rows: Iterable[Row], name: str) -> tuple[str, ...]:
    return tuple(sorted({row[name] for row in rows if name in row}))


def _first_by(rows: Iterable[Row], name: str) -> list[Row]:
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(row[name], row)
    return list(first.values())


def _column_order(cell: Cell) -> tuple[int, str]:
    name = cell.column.rpartition("/")[2]
    return (_COLUMNS.index(name) if name in _COLUMNS else len(_COLUMNS), name)


def _party_type(types: Iterable[str], is_concept: bool) -> PartyType:
    if not is_concept:
        for iri, kind in _TYPES:
            if iri in types:
                return kind
    return "other"
