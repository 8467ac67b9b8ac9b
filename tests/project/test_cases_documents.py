"""Every document of the collection of cases gives what a person expects of it: its records, or a true refusal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pobratim.load.pipeline import extract
from pobratim.load.report import LoadReport
from pobratim.load.settings import Settings
from pobratim.readers.scans.program import installed
from pobratim.record import Record
from tests.support.places import EXAMPLE, SHARED

FOLDER = SHARED / "cases" / "documents"
BASE = "00-baseline.docx"
_MISLEADING = ("layout-no-report", "reader-no-table")
"""What says nothing of the cause where the document does hold a report, or never held a table."""


@dataclass(frozen=True)
class Same:
    """The records of the baseline, or of the example where that was the original.

    ``apart`` are fields and cells that this way of saving changes; ``rows`` what a row holds instead; ``told`` codes of
    notes that must stand in the report.
    """

    apart: Sequence[str] = ()
    rows: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    told: Sequence[str] = ()


@dataclass(frozen=True)
class Refused:
    """No record, and a cause: one of ``codes``, without them any that does not mislead."""

    codes: Sequence[str] = ()


@dataclass(frozen=True)
class Rows:
    """So many records, each field of ``fields`` (a dotted cell, or ``essence``'s) with the values of all of them."""

    count: int
    fields: Mapping[str, Sequence[Any]] = field(default_factory=dict)


_WORDWISE = ("place", "participants", "purpose", "name")
"""Cells in which a page's lines may have been joined otherwise."""
_NESTED = ("participants",)
_CALUGA = Rows(2, {"reporter": ["Калуга", "Калуга"], "start": ["2023-01-15", "2023-02-20"]})
_ONE_SET_ASIDE = Rows(5, {"row": [1, 3, 4, 5, 6]})
_DASHES = Rows(95, {"is_range": [True] * 95})

EXPECTED: Mapping[str, Same | Refused | Rows] = {
    "01-tracked-cell-deleted.docx": Same(),
    "02-tracked-row-runs-deleted.docx": Same(),
    "03-sdt-placeholder.docx": Same(rows={2: {"places": [], "place": "", "mode": "in-person"}}),
    "04-sdt-repeating-rows.docx": Same(),
    "05-form-dropdown.docx": Same(),
    "06-hidden-text.docx": Same(told=["reader-hidden-text"]),
    "07-sym-symbol-dash.docx": Same(),
    "09-altchunk-html.docx": Same(),
    "10-altchunk-second-part.docx": Same(),
    "100-password.docx": Refused(["reader-password"]),
    "101-password.xlsx": Refused(["reader-password"]),
    "11-table-in-textbox.docx": Same(),
    "110-google-docs-sdt-runs.docx": Same(),
    "111-three-heading-rows.docx": Same(),
    "112-section-text-in-every-cell.docx": Same(),
    "114-section-roman-number.docx": Same(),
    "116-participants-over-rows.docx": Same(apart=["participants"]),
    "117-place-merged-over-two-events.docx": Same(
        rows={2: {"places": ["Москва"], "place": "г. Москва (в дистанционном формате)"}}
    ),
    "118-no-events-municipalities.docx": Same(),
    "120-biff5-cp1251.xls": Same(apart=["purpose"]),
    "121-biff5-no-codepage.xls": Same(apart=["purpose"]),
    "122-excel-printed-to-pdf.pdf": Refused(),
    "13-split-second-table-begins-with-section.docx": Same(),
    "130-heading-table-of-its-own.docx": Same(),
    "132-heading-only-in-first-table-numbers-go-on.docx": Same(),
    "133-heading-in-every-table.docx": Same(),
    "140-dashes.docx": _DASHES,
    "15-orphan-vmerge.docx": Same(),
    "150-rezipped.odt": Same(),
    "16-gridbefore-row.docx": Same(),
    "160-text-tabs-as-spaces.txt": Refused(),
    "161-text-leading-tab-trimmed.txt": Refused(),
    "162-text-crlf-cp1251.txt": Same(),
    "165-markdown-table.txt": Same(),
    "171-emoji.docx": Same(apart=["participants"]),
    "172-emoji.pdf": Same(apart=_WORDWISE),
    "18-row-merged-place-dates.docx": Same(apart=["place", "dates", "places", "start", "end", "mode"]),
    "19-blank-number-heading.docx": Same(),
    "20-latin-lookalike-header.docx": Same(),
    "21-latin-lookalike-cells.docx": Same(apart=[*_WORDWISE, "dates"], told=["mixed-alphabets"]),
    "22-nfd.docx": Same(),
    "23-nbsp.docx": Same(),
    "24-softhyphen-figuredash.docx": Same(),
    "25-backslash-zip.docx": Same(),
    "26-leading-newline.docx": Same(),
    "27-flat-opc.doc": Same(),
    "30-plain.xlsx": Same(),
    "31-sheet-per-municipality.xlsx": Same(apart=["section"]),
    "32-merged-municipality-column.xlsx": Same(),
    "33-month-format-dates.xlsx": Same(
        apart=["dates"],
        rows={
            1: {"start": "2023-01", "end": "2023-01"},
            2: {"start": "2023-02", "end": "2023-02"},
            3: {"start": "2023", "end": "2023"},
        },
    ),
    "34-serial-date-general.xlsx": Same(apart=["dates", "start", "end"], told=["date-serial"]),
    "35-float-part-numbers.xlsx": Rows(4, {"start": ["2022-12-18", "2022-12", "2022-12", "2023-01-27"]}),
    "38-hidden-row-column.xlsx": Rows(5, {"row": [1, 2, 3, 4, 5]}),
    "39-sharedstrings-case.xlsx": Same(),
    "41-csv-cp1251-semicolon.csv": Same(),
    "42-csv-title-with-commas.csv": Same(),
    "44-excel-unicode-text.txt": Same(),
    "46-word-html.doc": Same(told=["reader-hidden-text"]),
    "47-layout-table-page.html": Same(),
    "48-excel-frameset.htm": Refused(),
    "49-spreadsheetml-2003.xls": Same(),
    "50-word-mht.doc": Same(),
    "52-html-wrong-charset.html": Same(),
    "54-html-ncr.html": Same(),
    "60-zip-cp866.zip": Same(),
    "62-zip-utf8-noflag.zip": Same(),
    "63-zip-cp866-deflated.zip": Same(),
    "64-zip-cp1251-deflated.zip": Same(),
    "65-zip-utf8-noflag-deflated.zip": Same(),
    "66-mac-zip-four-towns.zip": Rows(
        8, {"reporter": ["Брянск"] * 2 + ["Курск"] * 2 + ["Псков"] * 2 + ["Смоленск"] * 2}
    ),
    "70-empty-name-cell.docx": _ONE_SET_ASIDE,
    "71-name-spaces.docx": _ONE_SET_ASIDE,
    "73-name-dash.docx": _ONE_SET_ASIDE,
    "74-name-punct.docx": _ONE_SET_ASIDE,
    "80-ruled.pdf": Same(apart=_WORDWISE),
    "81-borderless.pdf": Refused(["reader-pdf-without-table"]),
    "82-horizontal-rules.pdf": Refused(["reader-pdf-without-table"]),
    "83-dotted.pdf": Same(apart=_WORDWISE),
    "85-twohead.pdf": Same(apart=_WORDWISE),
    "86-nested.pdf": Same(apart=_WORDWISE),
    "87-vmerge.pdf": Same(apart=_WORDWISE),
    "88-hidden.doc": Same(),
    "88-hidden.rtf": Same(told=["reader-hidden-text"]),
    "88-nested.doc": Same(apart=_NESTED),
    "88-nested.odt": Same(apart=_NESTED),
    "88-nested.rtf": Same(apart=_NESTED),
    "88-tracked.doc": Same(),
    "88-tracked.odt": Same(),
    "88-tracked.rtf": Same(),
    "88-twohead.odt": Same(),
    "88-twohead.rtf": Same(),
    "88-vmerge-municipality.odt": Same(),
    "88-vmerge-municipality.rtf": Same(),
    "89-nested.html": Same(apart=_NESTED),
    "89-vmerge.html": Same(),
    "90-rotated-content-rotate90.pdf": Same(apart=_WORDWISE),
    "92-rotated-content-no-rotate.pdf": Same(apart=_WORDWISE),
    "93-upside-down-rotate180.pdf": Same(apart=_WORDWISE),
    "94-no-tounicode.pdf": Refused(),
    "95-tounicode-latin1.pdf": Same(apart=_WORDWISE),
    "96-owner-password.pdf": Same(apart=_WORDWISE),
    "97-user-password.pdf": Refused(["reader-password"]),
    "98-scan.pdf": Refused(["reader-scan-coarse" if installed() else "reader-scan-needs-tesseract"]),
    "c1-plan-date-event-responsible-country.docx": Rows(
        3,
        {"start": ["2024-03-12", "2024-05", "2024-09-03"], "reporter": ["Псков"] * 3},
    ),
    "c11-months-as-sections.docx": Rows(2, {"reporter": ["Калуга"] * 2, "start": ["2024-01-15", "2024-02-20"]}),
    "c12-indicators.docx": Refused(["layout-no-report"]),
    "c13-municipality-first-events-in-cell.docx": Rows(3, {"reporter": ["Обнинск", "Боровский район", "Обнинск"]}),
    "c14-no-sections.docx": _CALUGA,
    "c15-theme-sections.docx": _CALUGA,
    "c17-partner-city-sections.docx": Rows(3, {"reporter": ["Калуга"] * 3}),
    "c18-title-below-in-own-heading.docx": _CALUGA,
    "c3-twin-list.docx": Rows(4),
    "c5-narrative-by-city.docx": Rows(2, {"reporter": ["Иркутск"] * 2, "start": ["2022-05-12", "2022-06"]}),
    "c6-card-per-event.docx": Rows(2, {"start": ["2023-07-22", "2023-06-12"], "reporter": ["Псков"] * 2}),
    "c7-annual-ministry-form.docx": Rows(2, {"start": ["2023-07-22", "2023-08-05"], "agreements": [1, 1]}),
    "c8-delegations.docx": Rows(3, {"start": ["2023-05-03", "2023-09-20", "2023-07-10"]}),
    "c9-agreements-list.docx": Rows(2, {"agreements": [1, 1], "start": ["", ""]}),
    "odt-stored.zip": Same(),
    "stored.zip": Same(),
    "zip-one-docx-at-root-stored.zip": Same(),
}  # fmt: skip
"""File → what a person expects; the README beside the files says why."""


def essence(record: Record) -> dict[str, Any]:
    """Return what is compared of a record; cells with white space folded, dashes of all sorts alike."""
    cells = {name: _folded(text) for name, text in record.cells.items() if name != "section"}
    return {
        "row": record.row,
        "section": _folded(record.section),
        "reporter": record.reporter,
        "start": record.start,
        "end": record.end,
        "mode": record.mode,
        "places": [place.name for place in record.places],
        **{name: text for name, text in cells.items() if text},
    }


def _folded(text: str) -> str:
    return " ".join(text.translate(dict.fromkeys(map(ord, "‐‑‒—―−"), "–")).split())


@cache
def _read(path: Path) -> tuple[list[Record], LoadReport]:
    return extract([path], Settings())


def _wrong(name: str, expected: Same | Refused | Rows) -> list[str]:
    """Return what differs from what is expected of a file."""
    records, report = _read(FOLDER / name)
    told = [problem.code for file in report.files for problem in [*file.problems, *file.left_out.values()]]
    if isinstance(expected, Refused):
        wanted = told and (told[0] in expected.codes if expected.codes else told[0] not in _MISLEADING)
        return [] if not records and report.exit_code == 3 and wanted else [f"{len(records)} records, {told}"]
    if isinstance(expected, Rows):
        return _rows_wrong(records, expected)
    missing = [f"{code} is not told" for code in expected.told if code not in told]
    return missing + _same_wrong(records, expected)


def _rows_wrong(records: Sequence[Record], expected: Rows) -> list[str]:
    if len(records) != expected.count:
        return [f"{len(records)} records"]
    wrong = []
    for name, values in expected.fields.items():
        if name == "is_range":
            found: list[Any] = [bool(record.start) and record.start != record.end for record in records]
        elif name == "agreements":
            found = [len(record.agreements) for record in records]
        else:
            found = [essence(record)[name] for record in records]
        wrong += [] if found == list(values) else [f"{name}: {found}"]
    return wrong


def _same_wrong(records: Sequence[Record], expected: Same) -> list[str]:
    original = _read(FOLDER / BASE)[0] if len(records) <= 12 else _read(EXAMPLE)[0]
    if len(records) != len(original):
        return [f"{len(records)} records"]
    wrong = []
    for number, (mine, other) in enumerate(zip(records, original, strict=True), start=1):
        wanted = {**essence(other), **expected.rows.get(number, {})}
        found = essence(mine)
        names = [name for name in wanted.keys() | found.keys() if name not in expected.apart]
        wrong += [
            f"row {number}, {name}: {found.get(name, '')!r}, not {wanted.get(name, '')!r}"
            for name in names
            if found.get(name, "") != wanted.get(name, "")
        ]
    return wrong


@pytest.mark.shared
@pytest.mark.parametrize("name", EXPECTED)
def test_a_document_gives_what_is_expected_of_it(name: str, shared: Path) -> None:
    assert (shared / "cases" / "documents" / name).is_file()
    assert _wrong(name, EXPECTED[name]) == []


@pytest.mark.shared
def test_every_document_of_the_collection_is_tried(shared: Path) -> None:
    files = {path.name for path in (shared / "cases" / "documents").iterdir()} - {BASE, "README.md"}
    assert files == set(EXPECTED)


@pytest.mark.shared
def test_an_archive_gives_its_reports_the_names_they_have_outside(shared: Path) -> None:
    _, report = _read(shared / "cases" / "documents" / "66-mac-zip-four-towns.zip")
    assert sorted(file.slug for file in report.files) == ["bryansk-2023", "kursk-2023", "pskov-2023", "smolensk-2023"]


@pytest.mark.shared
def test_an_emoji_is_kept(shared: Path) -> None:
    records, _ = _read(shared / "cases" / "documents" / "171-emoji.docx")
    assert any(ord(char) > 0xFFFF for record in records for char in record.cells["participants"])
