"""Build the example report in all formats, for examples/ and tests/fixtures/, from the text dump of the example report.

    python tools/build_fixtures.py            write them
    python tools/build_fixtures.py --check    exit with 1 if the committed files differ
    python tools/build_fixtures.py --office   write also those that LibreOffice converts (.doc .odt .rtf .pdf .xls .ods)

The documents are laid out as Word writes such reports: merged rows for the sections, the heading row repeated
once in the middle, half the breaks as line breaks and half as paragraphs, text cut into runs, proofing marks.
"""

import argparse
import csv
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from itertools import count
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter import Workbook

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from pobratim.readers import read_document  # noqa: E402 - the checkout's own reader, installed or not
from pobratim.table import Document, Row  # noqa: E402

SOURCE = ROOT / "examples" / "smolensk-2023-q1.txt"
PRINTED = ROOT / "examples" / "smolensk-2023-q1.docx"
FORMATS = ROOT / "tests" / "fixtures" / "documents" / "smolensk-2023-q1"
AUTOMATIC = FORMATS.with_name("smolensk-2023-q1-auto-numbered.docx")
NARROW = FORMATS.with_name("smolensk-2023-q1-narrow.docx")

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WIDTHS = (600, 2600, 2000, 1700, 4300, 3400)
_NARROW = (500, 1500, 1300, 1200, 1900, 1800)
_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
    'w:cs="Times New Roman"/><w:sz w:val="24"/><w:lang w:val="ru-RU"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
)
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
_NUMBERED = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'


def package(body: str) -> bytes:
    """Return a .docx around the content of w:body; the same body gives the same members and time stamps."""
    members = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document xmlns:w="{_MAIN}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": _relations(("styles", "styles.xml"), ("numbering", "numbering.xml")),
        "word/styles.xml": f'<w:styles xmlns:w="{_MAIN}">{_STYLES}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{_MAIN}">{_NUMBERING}</w:numbering>',
    }
    return archive({name: (_DECLARATION + text).encode() for name, text in members.items()})


def archive(members: Mapping[str, bytes]) -> bytes:
    """Return a zip of the members with the earliest time stamp that the format knows."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for name, data in members.items():
            info = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, data)
    return buffer.getvalue()


def contents(data: bytes) -> dict[str, bytes]:
    """Return an archive's members; two builds of zlib pack the same members differently."""
    with ZipFile(BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def report(document: Document, automatic: bool) -> str:
    """Return the body: the title and the table, numbers printed or left to an automatic list."""
    breaks = count()
    title = "".join(
        _paragraph([line], '<w:pPr><w:jc w:val="center"/></w:pPr>') for line in document.preamble.split("\n")
    )
    header, *rows = document.tables[0].rows
    cells = [_heading_row(header, breaks)]
    for position, row in enumerate(rows):
        if position == len(rows) // 2:
            cells.append(_heading_row(header, breaks))
        cells.append(_row(row, breaks, automatic))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    page = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    properties = f'<w:tblPr><w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/>{_borders()}</w:tblPr>'
    table = f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(cells)}</w:tbl>"
    return f"{title}<w:p/>{table}<w:p/>{page}"


def cell(text: str, breaks: Iterable[int], properties: str = "") -> str:
    """Return a w:tc; every second break of the document is a line break, the others begin a paragraph."""
    paragraphs: list[list[str]] = [[]]
    for number, line in enumerate(text.split("\n")):
        if number and next(iter(breaks)) % 2:
            paragraphs.append([])
        paragraphs[-1].append(line)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(_paragraph(lines) for lines in paragraphs)}</w:tc>"


def _heading_row(row: Row, breaks: Iterable[int]) -> str:
    return f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{_cells([item.text for item in row.cells], breaks)}</w:tr>"


def _row(row: Row, breaks: Iterable[int], automatic: bool) -> str:
    texts = [item.text for item in row.cells]
    if len(texts) == 1:
        span = f'<w:gridSpan w:val="{len(_WIDTHS)}"/>'
        return f"<w:tr>{cell(texts[0], breaks, span)}</w:tr>"
    if automatic:
        number = f'<w:tc><w:tcPr><w:tcW w:w="{_WIDTHS[0]}" w:type="dxa"/></w:tcPr>{_NUMBERED}</w:tc>'
        return f"<w:tr>{number}{_cells(texts[1:], breaks, _WIDTHS[1:])}</w:tr>"
    return f"<w:tr>{_cells(texts, breaks)}</w:tr>"


def _cells(texts: Sequence[str], breaks: Iterable[int], widths: Sequence[int] = _WIDTHS) -> str:
    pairs = zip(texts, widths, strict=True)
    return "".join(cell(text, breaks, f'<w:tcW w:w="{width}" w:type="dxa"/>') for text, width in pairs)


def _paragraph(lines: Sequence[str], properties: str = "") -> str:
    return f"<w:p>{properties}{'<w:r><w:br/></w:r>'.join(_runs(line) for line in lines)}</w:p>"


def _runs(line: str) -> str:
    """Cut a line into two runs inside a word, as Word does after an edit, with a proofing mark between."""
    middle = len(line) // 2
    pieces = [line[:middle], line[middle:]]
    runs = [f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' for piece in pieces if piece]
    return '<w:proofErr w:type="spellStart"/>'.join(runs)


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    return f"<w:tblBorders>{lines}</w:tblBorders>"


def _relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _content_types() -> str:
    parts = (("document", "document.main"), ("styles", "styles"), ("numbering", "numbering"))
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPES}.{kind}+xml"/>' for part, kind in parts
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def workbook(document: Document) -> bytes:
    """Return an .xlsx as offices make them: title rows, merged sections, the heading repeated."""
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": datetime(2023, 4, 1)})
    sheet = book.add_worksheet("Отчет")
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, len(_WIDTHS) - 1, 40)
    line = 0
    for text in document.preamble.split("\n"):
        sheet.merge_range(line, 0, line, len(_WIDTHS) - 1, text)
        line += 1
    for row in document.tables[0].rows:
        if len(row.cells) == 1:
            sheet.merge_range(line, 0, line, len(_WIDTHS) - 1, row.cells[0].text, wrapped)
        else:
            for cell in row.cells:
                sheet.write_string(line, cell.column, cell.text, wrapped)
        line += 1
    book.close()
    return archive(contents(buffer.getvalue()))


def page(document: Document) -> bytes:
    """Return an HTML page in the encoding of old portals."""
    rows = []
    for row in document.tables[0].rows:
        span = f' colspan="{len(_WIDTHS)}"' if len(row.cells) == 1 else ""
        texts = (escape(item.text).replace("\n", "<br>\n") for item in row.cells)
        rows.append(f"<tr>{''.join(f'<td{span}>{text}</td>' for text in texts)}</tr>")
    title = "".join(f"<p>{escape(text)}</p>" for text in document.preamble.split("\n"))
    head = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><title>Отчёт</title>'
    table = "\n".join(rows)
    text = f"<html><head>{head}</head><body>{title}<table border=1><tbody>{table}</tbody></table></body></html>\n"
    return text.encode("cp1251", "xmlcharrefreplace")


def delimited(document: Document, delimiter: str) -> bytes:
    """Return delimited text; a section stands in the first cell of a row of its own."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    for row in document.tables[0].rows:
        texts = [item.text for item in row.cells]
        writer.writerow(texts + [""] * (len(_WIDTHS) - len(texts)))
    return buffer.getvalue().encode("utf-8-sig")


def own_files(document: Document) -> dict[Path, bytes]:
    """Return the content of every file that this program writes by itself."""
    narrow = report(document, automatic=False).replace("<w:tblPr>", '<w:tblPr><w:tblLayout w:type="fixed"/>')
    for width, smaller in zip(_WIDTHS, _NARROW, strict=True):
        narrow = narrow.replace(f'<w:tcW w:w="{width}"', f'<w:tcW w:w="{smaller}"')
        narrow = narrow.replace(f'<w:gridCol w:w="{width}"', f'<w:gridCol w:w="{smaller}"')
    return {
        PRINTED: package(report(document, automatic=False)),
        AUTOMATIC: package(report(document, automatic=True)),
        FORMATS.with_suffix(".xlsx"): workbook(document),
        FORMATS.with_suffix(".html"): page(document),
        FORMATS.with_suffix(".csv"): delimited(document, ";"),
        FORMATS.with_suffix(".tsv"): delimited(document, "\t"),
        NARROW: package(narrow),
    }


def convert(source: Path, suffix: str) -> None:
    """Let LibreOffice write ``source`` beside FORMATS in another format."""
    office = shutil.which("soffice")
    if not office:
        sys.exit("--office needs LibreOffice: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui")
    words = [office, "--headless", "--convert-to", suffix, "--outdir", str(FORMATS.parent), str(source)]
    subprocess.run(words, check=True, capture_output=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the documents; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="only compare with the files that are there")
    parser.add_argument("--office", action="store_true", help="write the formats that LibreOffice makes as well")
    options = parser.parse_args(arguments)
    stale = []
    for path, data in own_files(read_document(SOURCE)).items():
        if path.is_file() and _same(path.read_bytes(), data):
            continue
        stale.append(path.relative_to(ROOT))
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    for path in stale:
        print(f"{'differs' if options.check else 'written'}: {path}", file=sys.stderr)
    if options.office and not options.check:
        for suffix in ("doc", "odt", "rtf", "pdf"):
            convert(PRINTED, suffix)
        for suffix in ("xls", "ods"):
            convert(FORMATS.with_suffix(".xlsx"), suffix)
        convert(NARROW, "pdf")
    return 1 if options.check and stale else 0


def _same(old: bytes, new: bytes) -> bool:
    return contents(old) == contents(new) if new.startswith(b"PK") and old.startswith(b"PK") else old == new


if __name__ == "__main__":
    sys.exit(main())
