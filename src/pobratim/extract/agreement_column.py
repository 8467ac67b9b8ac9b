"""The agreement that a column of its own tells of beside an event: «Договор о сотрудничестве от 20.03.1998, 5 лет»."""

import re

from pobratim.extract.agreement_details import note_column
from pobratim.extract.agreement_parties import Partners
from pobratim.extract.agreement_phrases import INFERRED, STATUS_WORD
from pobratim.extract.agreement_terms import read_terms
from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.dates import read_dating
from pobratim.extract.town_names import Named, TownReader
from pobratim.layout.emptiness import says_none, says_nothing
from pobratim.lexicon.words import WORDS
from pobratim.record import Agreement, Record

COLUMN = "agreement"
_STATED = ("/reporter", "/agreements", "/countries")
_PLANNED = re.compile(WORDS.pattern("agreement-planned"), re.IGNORECASE)


def read_agreement_column(view: RowView, partners: Partners) -> None:
    """Add the agreement of the reporting municipality with the row's partner, unless the column says nothing."""
    cell = view.cells.get(COLUMN)
    if cell is None or says_nothing(cell.raw) or says_none(cell.raw):
        return
    home, partner = view.reporter(), partners.partner("participants")
    town = None if partner else _town(view)
    partner = town.place.name if town else partner
    if not (home and partner):
        return
    pointer = f"/agreements/{len(view.record.agreements)}"
    terms = read_terms(cell, 0, len(cell.tokens), view.lexicon)
    until = terms.get("end")
    head = cell.raw[: until.start] if until and cell.raw[: until.start].strip() else cell.raw
    dating = read_dating(head)
    since = dating.start if dating is not None and not dating.fault else ""
    planned = _PLANNED.search(cell.raw)
    status = "planned" if planned else "in-force"
    view.record.agreements.append(Agreement(_kind(view, cell), status, since, [home, partner]))
    view.note(pointer, COLUMN, 0, len(cell.tokens), "agreement-column")
    if planned:
        view.note_text(f"{pointer}/status", COLUMN, *planned.span(), STATUS_WORD)
    if town:
        view.note_text(f"{pointer}/parties/1", "participants", town.start, town.end, "party-named", town.confidence)
    if dating is not None and since:
        view.note_text(f"{pointer}/date", COLUMN, dating.first, dating.last, f"date-{dating.rule}")
        if not planned:
            rule = f"status-dated-before-{dating.rule}"
            view.note_text(f"{pointer}/status", COLUMN, dating.first, dating.last, rule, INFERRED)
    note_column(view, COLUMN, len(view.record.agreements) - 1)
    for institution in view.record.institutions:
        if institution.id == partner:
            institution.role = "party"


def states_only(view: RowView) -> bool:
    """Tell whether a row with a column of agreements has, as its name cell says, no event: «Не проводились»."""
    name = view.cells.get("name")
    return COLUMN in view.cells and name is not None and (says_none(name.raw) or says_nothing(name.raw))


def stated(view: RowView) -> Record:
    """Return the record of such a row, which has agreements: like a register's, with their parties only."""
    record = view.record
    cell = view.cells[COLUMN]
    kept = [one for one in record.evidence if one.value.startswith(_STATED) and one.column != "name"]
    parties = {name for agreement in record.agreements for name in agreement.parties}
    named = bool(view.lexicon.matcher("agreement-kind").find(cell.tokens))
    title = cell.raw if named else " — ".join(_name(record, party) for party in record.agreements[0].parties)
    made = Record(
        record.report, record.row, record.section, record.reporter,
        title=" ".join(title.split()),
        countries=record.countries, institutions=[one for one in record.institutions if one.id in parties],
        agreements=record.agreements, home=record.home, parties=record.parties, table=record.table, cells=record.cells,
        form="register",
    )  # fmt: skip
    view.record = made
    if named:
        view.note("/title", COLUMN, 0, len(cell.tokens), "agreement-column")
    made.evidence = [*made.evidence, *kept]
    return made


def _name(record: Record, party: str) -> str:
    return next((one.name for one in record.institutions if one.id == party), party)


def _town(view: RowView) -> Named | None:
    """Return the first foreign town of a participants' cell that holds nothing but names, like that of a register."""
    cell = view.cells.get("participants")
    if cell is None:
        return None
    country = next((g.country for g in view.geos["participants"] if view.foreign(g.country)), "")
    for found in TownReader(view.geographer).read(cell.raw, country):
        if found.rule != "unknown-town" and view.foreign(found.place.country):
            view.record.parties.setdefault(found.place.name, found.place)
            return found
    return None


def _kind(view: RowView, cell: CellText) -> str:
    found = view.lexicon.matcher("agreement-kind").find(cell.tokens)
    best = max(found, key=lambda match: (match.concept.weight, -match.first), default=None)
    return best.concept.local if best is not None else "agreement"
