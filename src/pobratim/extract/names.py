"""Read a text that is known to be an organisation's name, as in a labelled pair."""

from pobratim.extract.cells import CellText
from pobratim.extract.context import Context
from pobratim.extract.geography import Geographer
from pobratim.extract.row import read_row
from pobratim.layout.walk import ReportRow
from pobratim.lexicon.lexicon import lexicon
from pobratim.lexicon.words import WORDS
from pobratim.names.parts import parse
from pobratim.record import Institution, Record


def read_name(text: str, place: str, report: str, geographer: Geographer) -> Record:
    """Return a record of one row whose participants are ``text``, told by the municipality ``place`` ("" if unknown).

    The rules are those of a report's row. Where they find no organisation, the whole text is one: here it is known to
    be a name, as it is not in a report.
    """
    text = _straight(text)
    cells = {"participants": text}
    if place:
        cells["section"] = place if any(word in place.lower() for word in _NO_TOWN) else f"Город {place}"
    row = ReportRow(row=1, table=1, section=cells.get("section", ""), cells=cells, index=1)
    context = Context(geographer.home_country, geographer.home_region, named=True)
    record, _ = read_row(row, report, report, geographer, context)
    if not record.institutions:
        name = " ".join(text.split())
        record.institutions.append(
            Institution("i0", name, country=record.home.country, role="participant", proper=name, parts=parse(name))
        )
    return record


def _straight(text: str) -> str:
    """Return a name as it is spoken where its kind is put behind a comma («Брянский лес, заповедник»)."""
    name, comma, kind = text.partition(", ")
    tokens = CellText("participants", kind).tokens
    labels = lexicon().matcher("organisation-kind")
    whole = comma and "," not in kind and any(match.last == len(tokens) for match in labels.at(tokens, 0))
    return f"{kind} {name}" if whole and name.endswith("»") else f"{kind} «{name}»" if whole else text


_NO_TOWN = WORDS.of("area")
