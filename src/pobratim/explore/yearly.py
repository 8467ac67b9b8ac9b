"""The external ties of a municipality in one year: partner by partner, with events by quarter, agreements and topics.

A partner is external where its country is another one than that of the municipality. An event counts in the year in
which it began, in a quarter where its date tells one; events that name a foreign country and no partner there
stand under the country.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pobratim.compare.periods import is_exact
from pobratim.explore import bits
from pobratim.explore.agreements import Agreement, agreements_at
from pobratim.explore.between import rested_on
from pobratim.explore.concepts import Label
from pobratim.explore.events import party_events
from pobratim.explore.filling.facets import NONE
from pobratim.explore.index import Index, Row
from pobratim.explore.parties import Party, parties_of
from pobratim.explore.periods import quarter_of
from pobratim.explore.register import reference_day
from pobratim.explore.ties import own_ties

QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Counts:
    """Events of a year: ``quarters`` are those whose date tells the quarter, ``vague`` the others, ``all`` both."""

    quarters: tuple[int, int, int, int]
    vague: int
    all: int


@dataclass(frozen=True, slots=True)
class Line:
    """What is told of one partner in the year; ``partner`` is None for events that name no partner of the country.

    ``agreements`` are those dated in the year, ``others`` counts the agreements with the partner of other dates or of
    none.
    """

    partner: Party | None
    country: Label | None
    events: Counts
    agreements: tuple[Agreement, ...]
    others: int
    topics: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Yearly:
    """The table of a year. ``total`` counts each event once, ``agreements`` and ``others`` each agreement once.

    ``undated`` events with foreign partners or countries have no year and are not in the table; ``nameless`` name a
    country and no partner there. ``covered`` are the quarters for which a report of the municipality itself is here;
    ``years`` are those in which anything external is told of it.
    """

    party: Party
    year: int
    lines: tuple[Line, ...]
    total: Counts
    agreements: int
    others: int
    undated: int
    nameless: int
    covered: tuple[int, ...]
    years: tuple[int, ...]


def yearly_of(index: Index, party: Party, year: int) -> Yearly:
    """Return the table of a municipality for a year."""
    told = _Told(index, party)
    there = told.of_year(str(year))
    found = [(tie, line) for tie in told.ties if (line := _of_partner(index, tie, there, year))]
    lines = [line for _, line in found]
    nameless = told.nameless()
    lines += [_of_country(index, code, each & there) for code, each in nameless.items() if each & there]
    signed = {each.number for line in lines for each in line.agreements}
    external = bits.union([*(each.events for each in told.ties), *nameless.values()])
    return Yearly(
        party,
        year,
        tuple(sorted(lines, key=_rank)),
        _counts(index, external & there),
        len(signed),
        (bits.union([tie.agreements for tie, _ in found]) & ~bits.of(signed)).bit_count(),
        (external & told.of_year(NONE)).bit_count(),
        (bits.union(list(nameless.values())) & there).bit_count(),
        covered(index, party, year),
        told.years(external),
    )


@dataclass(frozen=True, slots=True)
class _Tie:
    """A tie to a partner abroad, with its events and agreements as sets."""

    partner: Party
    events: int
    agreements: int


class _Told:
    """What is told of a municipality in all years."""

    def __init__(self, index: Index, party: Party) -> None:
        self._years = index.facets.get(("event", "year"), {})
        own = party.country.code if party.country else ""
        self.ties = [each for each in _ties(index, party) if each.partner.country and each.partner.country.code != own]
        mine = party_events(index, party)
        self._abroad = {
            code: each & mine
            for code, each in index.facets.get(("event", "country"), {}).items()
            if code not in (own, NONE) and each & mine
        }

    def of_year(self, year: str) -> int:
        return self._years.get(year, bits.NOTHING)

    def nameless(self) -> dict[str, int]:
        """Return by country the events that name it and no partner there."""
        named: dict[str, int] = {}
        for each in self.ties:
            code = each.partner.country.code if each.partner.country else ""
            named[code] = named.get(code, bits.NOTHING) | each.events
        return {code: events & ~named.get(code, bits.NOTHING) for code, events in self._abroad.items()}

    def years(self, events: int) -> tuple[int, ...]:
        return tuple(sorted(int(year) for year, each in self._years.items() if year != NONE and each & events))


def _ties(index: Index, party: Party) -> Iterable[_Tie]:
    rows = list(
        index.among(
            "SELECT id, a, b FROM tie WHERE id IN ({}) AND level = 'municipality'",
            bits.first(own_ties(index, party), range(1, index.sizes["tie"] + 1), 0, index.sizes["tie"]),
        )
    )
    parties = parties_of(index, [row[side] for row in rows for side in ("a", "b")])
    for row in rows:
        partner = parties[row["b"] if row["a"] == party.number else row["a"]]
        yield _Tie(partner, rested_on(index, "event", [row["id"]]), rested_on(index, "agreement", [row["id"]]))


def _of_partner(index: Index, tie: _Tie, there: int, year: int) -> Line | None:
    """Return the line of a partner, None where nothing is told of it in the year."""
    numbers = _listed(tie.agreements, index.sizes["agreement"])
    agreements = agreements_at(index, numbers, reference_day(index))
    dated = tuple(each for each in agreements if each.date[:4] == str(year))
    events = tie.events & there
    if not events and not dated:
        return None
    others = len(agreements) - len(dated)
    return Line(tie.partner, tie.partner.country, _counts(index, events), dated, others, _topics(index, events))


def _of_country(index: Index, code: str, events: int) -> Line:
    """Return the line of a foreign country for events that name no partner there."""
    return Line(None, index.label("country", code), _counts(index, events), (), 0, _topics(index, events))


def _counts(index: Index, events: int) -> Counts:
    quarters = dict.fromkeys(QUARTERS, 0)
    vague = 0
    for row in index.among(
        "SELECT start, end, date FROM event WHERE id IN ({})", _listed(events, index.sizes["event"])
    ):
        quarter = _quarter(row)
        if quarter:
            quarters[quarter] += 1
        else:
            vague += 1
    first, second, third, fourth = quarters.values()
    return Counts((first, second, third, fourth), vague, events.bit_count())


def _quarter(row: Row) -> int:
    """Return the quarter in which an event began, 0 where its date does not tell it."""
    start, end = row["start"] or "", row["end"] or ""
    if start and (is_exact(row["date"] or "") or quarter_of(start) == quarter_of(end or start)):
        return int(quarter_of(start)[-1])
    return 0


def _topics(index: Index, events: int) -> tuple[Label, ...]:
    """Return the topics of events, the most frequent first."""
    found: Mapping[str, int] = {
        code: (each & events).bit_count() for code, each in index.facets.get(("event", "topic"), {}).items()
    }
    codes = sorted((code for code in found if found[code] and code != NONE), key=lambda code: (-found[code], code))
    return tuple(index.label("topic", code) for code in codes)


def covered(index: Index, party: Party, year: int) -> tuple[int, ...]:
    """Return the quarters of a year for which a report of a municipality itself is here, whole."""
    rows = index.rows(
        """SELECT DISTINCT report.id, period_start, period_end FROM report JOIN account ON account.report = report.id
        WHERE account.reporter = ? AND period_start NOT NULL AND period_end NOT NULL""",
        party.number,
    )
    months = {quarter: (f"{year}-{quarter * 3 - 2:02d}-01", f"{year}-{quarter * 3:02d}-28") for quarter in QUARTERS}
    return tuple(quarter for quarter, days in months.items() if _holds(rows, *days))


def _holds(rows: Sequence[Row], first: str, last: str) -> bool:
    return any(row["period_start"] <= first and last <= row["period_end"] for row in rows)


def _listed(numbers: int, most: int) -> list[int]:
    return bits.first(numbers, range(1, most + 1), 0, most)


def _rank(line: Line) -> tuple[object, ...]:
    """Sort by country, those without one last, the strongest partner first and what names none behind them."""
    partner, country = line.partner, line.country
    return (
        country is None,
        country.ru if country else "",
        partner is None,
        -line.events.all,
        partner.name if partner else "",
    )
