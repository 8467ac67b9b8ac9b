"""``/yearly/{ref}/{year}``: the external ties of a municipality in one year, as a page, for Excel and for Word."""

from collections.abc import Sequence
from typing import Any

from pobratim.errors import UsageError
from pobratim.explore import Index
from pobratim.explore.agreements import Agreement
from pobratim.explore.parties import Party, party_of
from pobratim.explore.yearly import Counts, Line, Yearly, yearly_of
from pobratim.messages import explain, texts
from pobratim.papers.form import NUMBERS, Form, form
from pobratim.papers.paper import Block, Grid, Paper, Said, cells, plain, remark
from pobratim.query.text_rows import Value
from pobratim.site.asking import Asker
from pobratim.site.explorer.brief import WORDS, foot_of
from pobratim.site.explorer.evidence import named_agreement
from pobratim.site.explorer.filter_bar import ROMAN
from pobratim.site.explorer.pair import unknown_page
from pobratim.site.explorer.take_away import menu, offer
from pobratim.site.explorer.wording import Wording
from pobratim.site.page import Page, Visit
from pobratim.site.values import date_text

Sheet = tuple[str, Sequence[str], Sequence[Sequence[Value]]]
_UNTOLD = "—"
"""Stands in a cell of which nobody tells."""
_TOPICS = 5
"""So many topics of a partner are named."""


def asked_year(told: str) -> int | None:
    """Return the year that four digits name, None for anything else."""
    return int(told) if len(told) == 4 and told.isascii() and told.isdecimal() and told > "0000" else None


def municipality_of(index: Index, ref: str, visit: Visit) -> Party | None:
    """Return the municipality of a reference, None where nothing has it. Raises UsageError for what is none."""
    party = party_of(index, ref)
    if party is not None and party.kind != "place":
        raise UsageError("paper-no-municipality", name=party.said(visit.lang))
    return party


async def yearly_at(asker: Asker, visit: Visit, path: str) -> Page | None:
    """Return the page of a table at "REF/YEAR": 404 for an unknown party, 400 for no year or no municipality."""
    ref, slash, told_year = path.partition("/")
    if not slash:
        return None
    words, year = texts(WORDS, visit.lang), asked_year(told_year)
    if year is None:
        return unknown_page(visit, words["unknown-year"].format(year=told_year), [], 400)
    try:
        party = await asker.explored(lambda index: municipality_of(index, ref, visit))
    except UsageError as error:
        return unknown_page(visit, explain(error, visit.lang), [], 400)
    if party is None:
        return unknown_page(visit, words["unknown"].format(name=ref), [], query=ref)
    told = await asker.explored(lambda index: yearly_of(index, party, year))
    return Page("yearly.html", _values(YearlyTable(told, form(), visit)))


def yearly_link(visit: Visit, party: Party, year: int, ending: str = "") -> str:
    """Return the link to the table of a municipality for a year, or to its file."""
    return visit.to(f"/yearly/{party.ref}/{year}{ending}")


class YearlyTable:
    """The table of a year in a form and a language."""

    def __init__(self, told: Yearly, shape: Form, visit: Visit) -> None:
        """Hold what is told, how it is laid out, and whose language it is in."""
        self.told, self.visit, self._form = told, visit, shape
        self._w, self.words = Wording(visit.lang), texts(WORDS, visit.lang)

    @property
    def title(self) -> str:
        """Return the heading."""
        return self._form.title[self.visit.lang].format(
            place=self.told.party.said(self.visit.lang), year=self.told.year
        )

    @property
    def law(self) -> str:
        """Return the legal basis."""
        return self._form.law[self.visit.lang]

    @property
    def heads(self) -> tuple[str, ...]:
        """Return the heads of the columns."""
        return tuple(column.head[self.visit.lang] for column in self._form.columns)

    @property
    def widths(self) -> tuple[float, ...]:
        """Return how wide the columns are, in hundredths of the whole."""
        told = [column.width for column in self._form.columns]
        return tuple(round(100 * width / sum(told), 1) for width in told)

    @property
    def numeric(self) -> frozenset[int]:
        """Return the places of the columns that hold numbers."""
        return frozenset(at for at, column in enumerate(self._form.columns) if column.name in NUMBERS)

    def rows(self) -> list[list[Value]]:
        """Return the rows, a line for each partner."""
        return [self._row(self._cells(line, number)) for number, line in enumerate(self.told.lines, 1)]

    def total(self) -> list[Value]:
        """Return the row of totals: every event and agreement counts once."""
        told = self.told
        found = {**self._counted(told.total), "agreements": told.agreements, "others": told.others}
        row = self._row({column.name: found.get(column.name, "") for column in self._form.columns})
        first = next((at for at, cell in enumerate(row) if cell == ""), None)
        if first is not None:
            row[first] = self._form.total[self.visit.lang]
        return row

    def remarks(self) -> list[str]:
        """Return what the table does not tell, as sentences."""
        told, words = self.told, self.words
        missing = [ROMAN[quarter - 1] for quarter in (1, 2, 3, 4) if quarter not in told.covered]
        found = []
        if len(missing) == 4:
            found.append(words["untold-unheard"].format(year=told.year))
        elif missing:
            found.append(words["untold-quarters"].format(quarters=", ".join(missing)))
        for code, count in (("untold-partner", told.nameless), ("untold-year", told.undated)):
            if count:
                found.append(words[code].format(count=self._w.counted("events", count)))
        return [*found, words["once"]] if told.lines else found

    def sheets(self) -> list[Sheet]:
        """Return the sheets of a workbook: the table, and what is to be said of it."""
        said = [(self.words["name"], self.title), (self.words["law"], self.law)]
        said += [(self.words["remark"], each) for each in (*self.remarks(), foot_of(self.visit))]
        about = (self.words["about-what"], self.words["about-said"])
        rows = [*self.rows(), self.total()] if self.told.lines else []
        return [(self.words["sheet-table"], self.heads, rows), (self.words["sheet-about"], about, said)]

    def paper(self) -> Paper:
        """Return the table as a paper, A4 lying."""
        blocks: list[Block] = [remark(f"{self.words['law']}: {self.law}")]
        if self.told.lines:
            widths = tuple(column.width for column in self._form.columns)
            rows = tuple(_said(row) for row in self.rows())
            blocks.append(Grid(self.heads, rows, widths, self.numeric, _said(self.total())))
        else:
            blocks.append(plain(self.words["yearly-none"]))
        blocks += [remark(each) for each in self.remarks()]
        blocks.append(plain(self._form.signature[self.visit.lang]))
        return Paper(self.title, self.visit.lang, tuple(blocks), foot_of(self.visit), is_wide=True)

    def _row(self, told: dict[str, Value]) -> list[Value]:
        return [told[column.name] for column in self._form.columns]

    def _cells(self, line: Line, number: int) -> dict[str, Value]:
        lang = self.visit.lang
        topics = ", ".join(topic.said(lang) for topic in line.topics[:_TOPICS])
        return {
            "number": number,
            "partner": line.partner.said(lang) if line.partner else self.words["partner-untold"],
            "country": line.country.said(lang) if line.country else self.words["country-untold"],
            **self._counted(line.events),
            "agreements": "; ".join(map(self._agreement, line.agreements)) or self.words["no-agreements-year"],
            "others": line.others,
            "topics": topics or self.words["topics-untold"],
        }

    def _counted(self, counts: Counts) -> dict[str, Value]:
        """Return counts by column: none, not nought, of a quarter for which no report is here."""
        quarters = {
            f"q{quarter}": count if count or quarter in self.told.covered else None
            for quarter, count in enumerate(counts.quarters, 1)
        }
        return {**quarters, "vague": counts.vague, "events": counts.all}

    def _agreement(self, agreement: Agreement) -> str:
        lang = self.visit.lang
        name, status = named_agreement(agreement, self._w), agreement.status.said(lang)
        return self.words["agreement-line"].format(name=name, status=status, date=date_text(agreement.date, lang))


def _said(row: Sequence[Value]) -> tuple[Said, ...]:
    return cells([_UNTOLD if cell is None else cell for cell in row])


def _values(table: YearlyTable) -> dict[str, Any]:
    told, visit = table.told, table.visit
    return {
        "w": table.words,
        "title": table.title,
        "law": table.law,
        "heads": table.heads,
        "widths": table.widths,
        "numeric": table.numeric,
        "rows": [[said.text for said in _said(row)] for row in table.rows()],
        "total": [said.text for said in _said(table.total())],
        "remarks": table.remarks(),
        "party": (told.party.said(visit.lang), visit.link(visit.addresses.page(told.party.iri) or "")),
        "years": [(year, year == told.year, yearly_link(visit, told.party, year)) for year in told.years],
        "take": menu(
            visit,
            offer(visit, "take-xlsx", yearly_link(visit, told.party, told.year, ".xlsx")),
            offer(visit, "take-word-table", yearly_link(visit, told.party, told.year, ".docx")),
        ),
    }
