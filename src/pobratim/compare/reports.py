"""Two reports: events, agreements and partners that only one tells of, that both do, and what is told otherwise."""

from collections.abc import Container, Iterator, Mapping, Sequence

from pobratim.compare.comparison import Comparison, Line, TableOf, lines, listed, parties
from pobratim.messages import Language, text
from pobratim.query.text_rows import Value

COLUMNS = ("what", "state", "name", "field", "first_value", "second_value", "id")
_TOLD = ("date", "text_name", "text_dates", "text_place", "text_purpose", "text_participants")
"""What two rows about one event may tell otherwise."""


def compared(table_of: TableOf, first: str, second: str, lang: Language) -> Comparison:
    """Return what two reports, by their IRIs, tell of: a row a thing, of what is told otherwise a row a field."""
    rows = [*_events(table_of, (first, second), lang), *_others(table_of, (first, second), lang)]
    return Comparison(COLUMNS, rows)


def _events(table_of: TableOf, reports: tuple[str, str], lang: Language) -> Iterator[Sequence[Value]]:
    accounts = table_of("accounts")
    names = {str(one["id"]): one["title"] for one in lines(table_of("events"))}
    one, other = (_by_event(lines(accounts), report) for report in reports)
    heads = {column.name: column.label[lang] for column in accounts.query.columns if column.name in _TOLD}
    for event in sorted({*one, *other}, key=lambda iri: (str(names.get(iri)), iri)):
        head = text("compare-event", lang), names.get(event)
        differing = _differing(one[event], other[event]) if event in one and event in other else {}
        for field, (before, after) in differing.items():
            yield head[0], text("compare-otherwise", lang), head[1], heads[field], before, after, event
        if not differing:
            yield head[0], _where(event, (one, other), lang), head[1], None, None, None, event


def _by_event(accounts: Sequence[Line], report: str) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for account in accounts:
        if account["report"] == report and account["event"]:
            found.setdefault(str(account["event"]), []).append(account)
    return found


def _differing(one: Sequence[Line], other: Sequence[Line]) -> dict[str, tuple[str, str]]:
    """Return the fields that two reports tell otherwise; of several rows about one event all that they say."""
    found = {}
    for field in _TOLD:
        before, after = (" | ".join(sorted({str(row[field]) for row in rows if row[field]})) for rows in (one, other))
        if before != after:
            found[field] = before, after
    return found


def _others(table_of: TableOf, reports: tuple[str, str], lang: Language) -> Iterator[Sequence[Value]]:
    ties = {str(one["id"]): parties(one) for one in lines(table_of("ties")) if one["level"] == "municipality"}
    agreements = {
        str(one["id"]): f"{one[f'kind_{lang}'] or one['kind']}: {one['party_names'] or one['parties']}"
        for one in lines(table_of("agreements"))
    }
    for what, names in (("agreement", agreements), ("partner", ties)):
        told = [_told(table_of, what, names, report) for report in reports]
        for iri in sorted(told[0] | told[1], key=lambda iri: (names[iri], iri)):
            yield text(f"compare-{what}", lang), _where(iri, told, lang), names[iri], None, None, None, iri


def _told(table_of: TableOf, what: str, names: Mapping[str, str], report: str) -> set[str]:
    """Return the ties or agreements among ``names`` that a report tells of."""
    if what == "partner":
        return {str(one["tie"]) for one in lines(table_of("grounds")) if report in listed(one["reports"])} & set(names)
    begin = report.rpartition("/")[2] + "/"
    agreements = lines(table_of("agreements"))
    return {str(one["id"]) for one in agreements if any(row.startswith(begin) for row in listed(one["rows"]))}


def _where(iri: str, told: Sequence[Container[str]], lang: Language) -> str:
    one, other = (iri in each for each in told)
    return text("compare-both" if one and other else "compare-only-first" if one else "compare-only-second", lang)
