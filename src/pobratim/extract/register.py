"""Rows of a register to records: each states agreements of a municipality with its partners, and tells of no event."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, partial
from typing import NamedTuple

from pobratim.extract import Extraction, titled_municipality
from pobratim.extract.agreement_details import in_places, read_document, set_details
from pobratim.extract.agreement_terms import FIXED, Told, read_terms
from pobratim.extract.cells import CellText
from pobratim.extract.dates import read_dating, unread
from pobratim.extract.geography import Geographer, geographer_of
from pobratim.extract.town_names import Named, TownReader, read_country
from pobratim.layout.emptiness import says_nothing
from pobratim.layout.walk import Layout, ReportRow
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.problems import Problem, Severity
from pobratim.record import Agreement, Evidence, Place, Record
from pobratim.sources import Source
from pobratim.text.words import fold

_ITEM = re.compile(r"(?:.*/)?(Q[1-9][0-9]*)")
_MARKS = {"%Y": r"(?P<Y>\d{4})", "%m": r"(?P<m>\d{1,2})", "%d": r"(?P<d>\d{1,2})"}
_SCHEMES = {"kind": "agreement-kind", "status": "agreement-status"}
_WIKIDATA_DATES = ("%Y-%m-%d", "%Y-%m", "%Y")
_IN_FORCE, _ENDED = "in-force", "ended"


class _Value(NamedTuple):
    """A value with the cell and offsets that it was read from; ``column`` is "" for a constant of the source."""

    value: str
    column: str = ""
    start: int = 0
    end: int = 0
    rule: str = "constant"


def read_register(layout: Layout, source: Source, slug: str, file: str, home: str) -> Extraction:
    """Read all rows of a register. ``slug`` names it in records, ``file`` in messages; ``home`` as in Source."""
    country, region = home.partition("-")[0], home if "-" in home else ""
    geographer = geographer_of(lexicon(), Gazetteer.load(), country, region)
    titled = titled_municipality(layout.title, country, region)
    extraction = Extraction()
    for row in layout.rows:
        reader = _RowReader(row, source, slug, file, geographer, titled)
        extraction.take(row, file, reader.read)
    return extraction


class _RowReader:
    """One row on its way to a record."""

    def __init__(
        self, row: ReportRow, source: Source, slug: str, file: str, geographer: Geographer, titled: Place | None
    ) -> None:
        self.record = Record(
            slug, row.row, section=row.section, table=row.table, cells=dict(row.cells), form="register"
        )
        self.problems: list[Problem] = []
        self._source, self._file, self._geographer = source, file, geographer
        self._cells: Mapping[str, str] = row.cells
        self._titled = titled

    def read(self) -> tuple[Record, list[Problem]]:
        """Return the record and what is wrong; an error says why the row states nothing."""
        home = self._home()
        partners = self._partners()
        if home is None or not partners:
            return self.record, self.problems
        self.record.home, self.record.reporter = home.place, home.place.name
        self.record.parties[home.place.name] = home.place
        if self._cells.get("section", "").strip():
            self._note("/reporter", "section", home)
        for partner in partners:
            self._agree(home, partner)
        self._title(home.place, partners)
        foreign = {one.place.country for one in partners} - {"", home.place.country}
        self.record.countries = sorted(foreign)
        return self.record, self.problems

    # Parties

    def _home(self) -> Named | None:
        constant = self._source.constants.get("municipality", "")
        country = self._country("municipality-country") or self._geographer.home_country
        region = self._geographer.home_region if country == self._geographer.home_country else ""
        found = self._towns("municipality", "section", "item", country, region, constant)
        if len(found) == 1:
            one = found[0]
            return one._replace(place=self._at_home(one.place, region))
        if not found and self._titled is not None:
            return Named(self._titled, 0, 0, "title")
        self._problem("error", "register-several-municipalities" if found else "register-no-municipality", "section")
        return None

    def _at_home(self, place: Place, region: str) -> Place:
        place.region = place.region or region
        return place

    def _partners(self) -> list[Named]:
        country = self._country("partner-country")
        found = self._towns("partner", "partner", "partner-item", country, "", "")
        if not found:
            self._problem("error", "register-no-partner", "partner")
        for one in found:
            if one.place.name == one.place.wikidata:
                self._problem("warning", "register-no-name", "partner", name=one.place.name)
            elif not one.place.country:
                self._problem("warning", "register-no-country", "partner", name=one.place.name)
        return found

    def _towns(self, kind: str, column: str, item: str, country: str, region: str, constant: str) -> list[Named]:
        """Return the places of a column, or of the constant; a Wikidata id beside it belongs to the only one."""
        text = self._cells.get(column, "")
        if not text.strip():
            text = constant
        reader = TownReader(self._geographer, self._source.drop, self._source.values.get(kind, {}))
        found = reader.read(text, country, region)
        match = _ITEM.fullmatch(self._cells.get(item, "").strip())
        if match and len(found) == 1:
            found[0].place.wikidata = match[1]
        return found

    def _country(self, column: str) -> str:
        """Return the country of a column, or the source's constant."""
        text = self._cells.get(column, "")
        if not text.strip():
            return self._source.constants.get(column, "")
        found = read_country(text, self._geographer, self._source.values.get("country", {}))
        if found is None:
            self._problem("warning", "register-unknown-country", column, text=" ".join(text.split()))
            return ""
        return found.place.country

    # The agreement

    def _agree(self, reporter: Named, partner: Named) -> None:
        """Add the agreement of both, with evidence for each value that a cell holds."""
        home = reporter.place
        name = self._party(home, partner.place)
        if not name:
            return
        position = list(self.record.parties).index(name)
        self._note(f"/parties/{position}", "partner", partner)
        pointer = f"/agreements/{len(self.record.agreements)}"
        since, kind, status = self._date("since"), self._kind(), self._status()
        terms = self._terms()
        until = self._date("until") if "duration" not in terms["until"] else _Value("")
        if until.value and self._source.form == "wikidata":
            status = until._replace(value=_ENDED, rule="ended-by-then")
        parties = [home.name, name]
        agreement = Agreement(kind.value, status.value, since.value, parties, until.value)
        self.record.agreements.append(agreement)
        self._states(pointer, reporter, partner)
        for field, found in (("kind", kind), ("status", status), ("date", since), ("end", until)):
            if found.column:
                self._evidence(f"{pointer}/{field}", found.column, found.start, found.end, found.rule)
        if until.value and agreement.status != _ENDED:
            agreement.term = FIXED
        for column, told in terms.items():
            if until.value:
                told = {field: one for field, one in told.items() if field != "end"}
            for field, one in set_details(agreement, told).items():
                self._evidence(f"{pointer}/{field}", column, one.start, one.end, one.rule)

    def _states(self, pointer: str, reporter: Named, partner: Named) -> None:
        """Add what tells that there is an agreement, and whose it is."""
        self._note(pointer, "partner", partner)
        if self._cells.get("section", "").strip():
            self._note(f"{pointer}/parties/0", "section", reporter)
        if "statement" in self._cells:
            self._whole(pointer, "statement")

    def _terms(self) -> Mapping[str, Mapping[str, Told]]:
        """Return what columns tell of number, subject and term, by column, the document's name first."""
        found: dict[str, Mapping[str, Told]] = {}
        for column in ("agreement", "agreement-status", "agreement-number", "until"):
            cell = CellText(column, self._cells.get(column, ""))
            last = len(cell.tokens)
            told = dict(read_terms(cell, 0, last, lexicon(), bare=column == "until"))
            if column == "agreement" and last:
                noun = next(iter(lexicon().matcher(_SCHEMES["kind"]).find(cell.tokens)), None)
                told |= read_document(cell, noun, last, partial(in_places, self._geographer.find(cell)))
            if column == "agreement-number" and (number := cell.raw.strip()) and not says_nothing(number):
                start = cell.raw.index(number)
                told = {"number": Told(number, start, start + len(number), "cell")}
            found[column] = told
        return found

    def _party(self, home: Place, place: Place) -> str:
        """Register a partner under a name that no other party has; return it, "" for the municipality itself."""
        name = place.name
        if name in self.record.parties:
            known = self.record.parties[name]
            same_item = place.wikidata == known.wikidata or not (place.wikidata and known.wikidata)
            if known.country == place.country and same_item:
                if known is home or known.name == home.name:
                    self._problem("error", "register-own-partner", "partner", name=name)
                return "" if known.name == home.name else name
            name = f"{name} ({place.wikidata or place.country or '?'})"
        self.record.parties[name] = place
        return name

    def _kind(self) -> _Value:
        told = self._concept("agreement-kind", "kind")
        named = self._matched("agreement", _SCHEMES["kind"]) if not told else None
        return told or named or _Value(self._source.constants.get("kind", "other"))

    def _status(self) -> _Value:
        return self._concept("agreement-status", "status") or _Value(self._source.constants.get("status", _IN_FORCE))

    def _concept(self, column: str, kind: str) -> _Value | None:
        """Return the kind or status that a column tells, by the source's spellings or the scheme's labels."""
        raw = self._cells.get(column, "")
        text = raw.strip()
        if not text:
            return None
        meant = self._source.values.get(kind, {}).get(fold(" ".join(text.split())))
        if meant:
            start = raw.index(text)
            return _Value(meant, column, start, start + len(text), "listed-spelling")
        found = self._matched(column, _SCHEMES[kind])
        if found is None:
            self._problem("warning", f"register-unknown-{kind}", column, text=" ".join(text.split()))
        return found

    def _matched(self, column: str, scheme: str) -> _Value | None:
        cell = CellText(column, self._cells.get(column, ""))
        match = max(
            lexicon().matcher(scheme).find(cell.tokens), key=lambda m: (m.concept.weight, -m.first), default=None
        )
        if match is None:
            return None
        start, end = cell.tokens[match.first].start, cell.tokens[match.last - 1].end
        return _Value(match.concept.local, column, start, end, f"{scheme}-label")

    def _date(self, column: str) -> _Value:
        """Return the EDTF of a column, an empty value where it has none or it cannot be read."""
        raw = self._cells.get(column, "")
        text = " ".join(raw.split())
        patterns = _WIKIDATA_DATES if self._source.form == "wikidata" else self._source.dates
        found, fault = _by_pattern(raw, patterns) if patterns else self._by_reading(raw, column)
        if fault:
            self._problem("error", f"date-{fault}", column, text=text)
        elif found is None and any(char.isdigit() for char in text):
            self._problem("warning", "date-not-read", column, text=text)
        return found._replace(column=column) if found else _Value("")

    def _by_reading(self, raw: str, column: str) -> tuple[_Value | None, str]:
        """Read a date as reports write it; of a span or a list the first date (the last one of a term) counts."""
        dating = read_dating(raw)
        if dating is None or dating.fault:
            return None, dating.fault if dating else ""
        if dating.start != dating.end and column == "since":
            self._problem("warning", "register-several-dates", column, text=raw[dating.first : dating.last])
        if rest := unread(raw, dating):
            self._problem("warning", "date-rest", column, read=raw[dating.first : dating.last], rest=rest)
        value = dating.end if column == "until" else dating.start
        return _Value(value, "", dating.first, dating.last, f"date-{dating.rule}"), ""

    # Title, evidence, problems

    def _title(self, home: Place, partners: list[Named]) -> None:
        document = " ".join(self._cells.get("agreement", "").split())
        self.record.title = document or f"{home.name} — {', '.join(one.place.name for one in partners)}"
        if document:
            self._whole("/title", "agreement")
        else:
            for one in partners[:1]:
                self._note("/title", "partner", one)

    def _note(self, value: str, column: str, named: Named) -> None:
        self._evidence(value, column, named.start, named.end, named.rule, named.confidence)

    def _whole(self, value: str, column: str) -> None:
        """Add evidence from all of a cell's text, if it has any."""
        raw = self._cells[column]
        if text := raw.strip():
            start = raw.index(text)
            self._evidence(value, column, start, start + len(text), "cell")

    def _evidence(self, value: str, column: str, start: int, end: int, rule: str, confidence: float = 1.0) -> None:
        exact = self._cells[column][start:end]
        self.record.evidence.append(Evidence(value, column, start, end, exact, f"register-{rule}", confidence))

    def _problem(self, severity: Severity, code: str, column: str, **values: str) -> None:
        problem = Problem(severity, code, self._file, self.record.row, column, tuple(values.items()))
        if problem not in self.problems:
            self.problems.append(problem)


def _by_pattern(raw: str, patterns: tuple[str, ...]) -> tuple[_Value | None, str]:
    """Return the date that all of a cell's text is by the first fitting pattern, and what is wrong with it ("")."""
    text = raw.strip()
    for pattern in patterns:
        match = _compiled(pattern).fullmatch(text)
        if match is None:
            continue
        parts = [match["Y"], *(match[mark].zfill(2) for mark in "md" if mark in match.groupdict())]
        try:
            date.fromisoformat("-".join([*parts, "01", "01"][:3]))
        except ValueError:
            return None, "no-such-date"
        start = raw.index(text)
        return _Value("-".join(parts), "", start, start + len(text), f"date-{pattern.replace('%', '')}"), ""
    return None, ""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(_MARKS.get(piece, re.escape(piece)) for piece in _pieces(pattern)))


def _pieces(pattern: str) -> Iterator[str]:
    yield from re.findall(r"%[Ymd]|[^%]+", pattern)
