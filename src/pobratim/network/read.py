"""From a store to a Network: run the view's query, then ask once for all ties, rows and parties that it names."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from pyoxigraph import QuerySolutions

from pobratim.content import content_root
from pobratim.errors import ContentError, UsageError
from pobratim.messages import LANGUAGES, Language
from pobratim.names.short import short_name
from pobratim.network.model import Agreement, Cell, Concept, Entry, Network, Party, PartyType, Tie, View
from pobratim.query.library import NamedQuery, library
from pobratim.search import index_of
from pobratim.search.references import said_of_nothing, understand
from pobratim.store.backend import GraphReader

Row = Mapping[str, str]

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


def read_network(
    view: str, params: Mapping[str, str], reader: GraphReader, lang: Language = "ru", with_rows: bool = True
) -> Network:
    """Return the network that ``view`` shows of what is in the store.

    ``params`` are the view's parameters; things may be named in any way. Without its rows it has parties and ties
    alone, and neither it nor its ties have ``entries``, which are most of what is to be read.

    Raises UsageError for an unknown view, a wrong parameter, or a name that means nothing.
    """
    if view not in views():
        raise UsageError("network-view-unknown", view=view, known=", ".join(views()))
    query = views()[view].query
    understood = understand(query, params, lambda: index_of(reader), lang)
    source = _Source(reader)
    ties = source.ties(_ask(query, reader, understood.values, lang), with_rows)
    entries = source.entries({iri for tie in ties.values() for iri in tie.entries}) if with_rows else {}
    parties = source.parties({iri for tie in ties.values() for iri in (tie.a, tie.b)})
    seats = source.parties({party.seat for party in parties.values()} - {"", *parties})
    values = {name: term.value for name, term in query.bindings(understood.values, lang).items()}
    values |= {each.parameter: each.label for each in understood.references}
    nothing: dict[str, str] = {each: said_of_nothing(query, params, understood.references, each) for each in LANGUAGES}
    shown, said = understood.references, {} if ties else nothing
    return Network(views()[view], values, parties, ties, entries, source.concepts, shown, said, seats)


class _Source:
    """The detail queries over one reader: one for all ties, rows or parties of a view, however many they are."""

    def __init__(self, reader: GraphReader) -> None:
        self.reader = reader
        self.queries = library(content_root() / "queries" / "views", "details")
        self.concepts = _concepts(_ask(self.queries["concepts"], reader, {}, "ru"))

    def about(self, name: str, variable: str, iris: Iterable[str], by: str = "") -> dict[str, list[Row]]:
        """Return the rows of a query about these things, grouped by the variable ``by``, else by the things."""
        wanted = sorted(set(iris) - {""})
        rows = _ask(self.queries[name].among(variable, wanted), self.reader, {}, "ru") if wanted else []
        return _grouped(rows, by or variable)

    def ties(self, rows: Iterable[Row], with_rows: bool) -> dict[str, Tie]:
        ends = {row["tie"]: (row["a"], row["b"]) for row in rows}
        facts, agreements = (self.about(name, "tie", ends) for name in ("ties", "tie-agreements"))
        entries = self.about("tie-entries", "tie", ends) if with_rows else {}
        return {
            iri: _tie(iri, ends[iri], facts.get(iri, []), agreements.get(iri, []), entries.get(iri, []))
            for iri in sorted(ends)
        }

    def entries(self, iris: Collection[str]) -> dict[str, Entry]:
        facts, cells = self.about("entries", "entry", iris), self.about("cells", "entry", iris)
        marks = self.about("marks", "entry", iris, by="cell")
        if unknown := sorted(set(iris) - set(facts)):
            raise ContentError("network-entry-unknown", entry=unknown[0])
        return {iri: _entry(facts[iri], _cells(cells.get(iri, []), marks)) for iri in sorted(iris)}

    def parties(self, iris: Collection[str]) -> dict[str, Party]:
        said = self.about("parties", "party", iris)
        return {iri: self.party(iri, _grouped(said.get(iri, []), "what")) for iri in sorted(iris)}

    def party(self, iri: str, said: Mapping[str, Sequence[Row]]) -> Party:
        values = {what: _all(rows, "value") for what, rows in said.items()}
        names = {row.get("lang") or "ru": row["value"] for row in reversed(said.get("label", []))}
        kind, country = (min(values.get(what, ()), default="") for what in ("kind", "country"))
        place, seat = min(
            ((row["place"], row["value"]) for row in said.get("seat", []) if "place" in row), default=("", "")
        )
        concept = self.concepts.get(kind)
        kept = _party_type(values.get("type", ()), iri in self.concepts)
        name = names.get("ru") or min(names.values(), default=iri.rpartition("/")[2])
        abbreviations = concept.abbreviations if concept else ()
        return Party(
            id=iri,
            names=names or {"ru": name},
            others=tuple(other for other in values.get("other", ()) if other != name),
            short=short_name(name, abbreviations) if kept == "organisation" else name,
            type=self.level_type(iri) if kept == "other" else kept,
            kind=kind,
            place=place,
            country=country or (iri if self.notation(iri) else ""),
            seat=seat,
        )

    def level_type(self, iri: str) -> PartyType:
        """Tell a region («RU-SMO») from a country or territory ("BY", "Q23334") by its notation."""
        if iri not in self.concepts:
            return "other"
        return "region" if "-" in self.notation(iri) else "country"

    def notation(self, iri: str) -> str:
        return self.concepts[iri].notation if iri in self.concepts else ""


def _tie(
    iri: str, ends: tuple[str, str], rows: Sequence[Row], agreements: Iterable[Row], entries: Sequence[Row]
) -> Tie:
    if not rows:
        raise ContentError("network-tie-without-level", tie=iri)
    facts = rows[0]
    return Tie(
        id=iri,
        a=ends[0],
        b=ends[1],
        level=facts["level"].rpartition("/")[2],
        kind=facts.get("kind", ""),
        edtf=facts.get("edtf", ""),
        start=facts.get("start", ""),
        end=facts.get("end", ""),
        events=int(facts.get("events", 0)),
        sides=int(facts.get("sides", 0)),
        topics=_all(rows, "topic"),
        agreements=tuple(_agreement(row) for row in _first_by(agreements, "agreement")),
        entries=_all(entries, "entry"),
        bases={basis: _all(told, "entry") for basis, told in _grouped(entries, "basis").items()},
    )


def _entry(rows: Sequence[Row], cells: tuple[Cell, ...]) -> Entry:
    facts = rows[0]
    return Entry(
        id=facts["entry"],
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
        cells=cells,
    )


def _cells(rows: Iterable[Row], marks: Mapping[str, Sequence[Row]]) -> tuple[Cell, ...]:
    cells = [
        Cell(row["column"], row["text"], tuple(sorted({_mark(mark) for mark in marks.get(row["cell"], [])})))
        for row in rows
        if not row["column"].endswith("/number")
    ]
    return tuple(sorted(cells, key=_column_order))


def _mark(row: Row) -> tuple[int, int, str]:
    return int(row["start"]), int(row["end"]), row["body"]


def _grouped(rows: Iterable[Row], name: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[name]].append(row)
    return grouped


def _ask(query: NamedQuery, reader: GraphReader, values: Mapping[str, str], lang: Language) -> list[Row]:
    """Return the answers as plain text, sorted, so that nothing depends on the store's order."""
    result = query.run(reader, values, lang)
    if not isinstance(result, QuerySolutions):
        raise ContentError("network-view-not-select", file=query.file)
    names = [variable.value for variable in result.variables]
    rows = [{name: term.value for name in names if (term := solution[name]) is not None} for solution in result]
    return sorted(rows, key=lambda row: [row.get(name, "") for name in names])


def _concepts(rows: Iterable[Row]) -> dict[str, Concept]:
    return {
        iri: Concept(
            labels={row["lang"]: row["label"] for row in reversed(group)},
            notation=min(_all(group, "notation"), default=""),
            abbreviations=tuple(sorted(_all(group, "short"), key=lambda short: (len(short), short))),
        )
        for iri, group in _grouped(rows, "concept").items()
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
