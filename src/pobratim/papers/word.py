"""Papers as files of Word (.docx): A4, real styles, numbers on the pages, nothing of who or what made them."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, assert_never

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from pobratim.papers.paper import Block, Grid, Heading, Note, Paper, Paragraph, Said
from pobratim.text.xml_text import without_unable

_SHORT, _LONG, _MARGIN = 210, 297, 18
"""Millimetres of A4 (ISO 216), and of the white around."""
_FONT = "Times New Roman"
_BODY, _SMALL, _TITLE, _HEADING = Pt(10.5), Pt(8.5), Pt(15), Pt(12)
_TONGUES = {"ru": "ru-RU", "en": "en-GB"}
_RIGHT_TO_LEFT = re.compile(
    "([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+(?:\\s+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+)*)"
)
"""Hebrew, Arabic and their neighbours (Unicode blocks), with the spaces between."""
_BEFORE_YEAR = re.compile("\u00a0(?=[0-9]{4}(?![0-9]))")
"""In a narrow cell a line may begin with a year: a date that is held together would be broken within it."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip archive can name: files that say the same are the same bytes."""
_CLOSED = ("extended-properties", "thumbnail", "customXml", "stylesWithEffects")
"""Parts of the library's template that tell of the program that made it, by the ends of their relationships."""


def word_file(paper: Paper) -> bytes:
    """Return a paper as a file of Word; the same paper gives the same bytes."""
    return _Setting(paper).file()


class _Setting:
    """One paper being set."""

    def __init__(self, paper: Paper) -> None:
        self._paper, self._document = paper, Document()

    def file(self) -> bytes:
        self._pages()
        self._styles()
        self._document.add_heading(without_unable(self._paper.title), level=1)
        for block in self._paper.blocks:
            self._block(block)
        self._notes()
        self._without_maker()
        held = io.BytesIO()
        self._document.save(held)
        return _lasting(held.getvalue())

    def _pages(self) -> None:
        section = self._document.sections[0]
        width, height = (_LONG, _SHORT) if self._paper.is_wide else (_SHORT, _LONG)
        section.orientation = WD_ORIENT.LANDSCAPE if self._paper.is_wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
        section.footer_distance = Mm(9)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if self._paper.foot:
            self._runs(foot, (Said(self._paper.foot + " · "),), _SMALL)
        _field(foot, "PAGE")

    def _styles(self) -> None:
        styles, tongue = self._document.styles, _TONGUES[self._paper.lang]
        for lang in styles.element.iter(qn("w:lang")):
            lang.set(qn("w:val"), tongue)
        for usual in self._document.settings.element.iter(qn("w:themeFontLang")):
            usual.set(qn("w:val"), tongue)
        for name, size in (("Normal", _BODY), ("Heading 1", _TITLE), ("Heading 2", _HEADING)):
            style: Any = styles[name]
            style.font.size, style.font.name, style.font.color.rgb = size, _FONT, RGBColor(0, 0, 0)
            fonts = style.element.rPr.rFonts
            for each in list(fonts.attrib):
                del fonts.attrib[each]
            for each in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qn(f"w:{each}"), _FONT)
            style.paragraph_format.space_before = Pt(0 if name == "Normal" else 8)
            style.paragraph_format.space_after = Pt(3)
            style.paragraph_format.line_spacing = 1.0

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._document.add_heading(without_unable(block.text), level=2)
            case Paragraph():
                self._runs(self._document.add_paragraph(), block.pieces, _SMALL if block.is_small else None)
            case Grid():
                self._table(block)
            case _:
                assert_never(block)

    def _table(self, grid: Grid) -> None:
        table = self._document.add_table(rows=1, cols=len(grid.heads), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        width = (_LONG if self._paper.is_wide else _SHORT) - 2 * _MARGIN
        whole = sum(grid.widths)
        self._row(table.rows[0], [Said(head, is_strong=True) for head in grid.heads], grid)
        repeated = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
        for row in grid.rows:
            self._row(table.add_row(), row, grid)
        if grid.total:
            self._row(table.add_row(), [Said(each.text, each.notes, True) for each in grid.total], grid)
        for column, share in zip(table.columns, grid.widths, strict=True):
            column.width = Mm(width * share / whole)
            for cell in column.cells:
                cell.width = column.width

    def _row(self, row: Any, told: Iterable[Said], grid: Grid) -> None:
        undivided = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(undivided)
        for place, (cell, said) in enumerate(zip(row.cells, told, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            if place in grid.numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            self._runs(paragraph, (replace(said, text=_BEFORE_YEAR.sub(" ", said.text)),), Pt(9.5))

    def _runs(self, paragraph: Any, pieces: Iterable[Said], size: Any = None) -> None:
        for said in pieces:
            for text, is_leftward in _by_direction(without_unable(said.text)):
                run = paragraph.add_run(text)
                run.font.size, run.bold = size, said.is_strong or None
                run.font.rtl = is_leftward or None
            for place, number in enumerate(said.notes):
                _link(paragraph, f"note{number}", f", {number}" if place else str(number))

    def _notes(self) -> None:
        if not self._paper.notes:
            return
        self._document.add_heading(without_unable(self._paper.notes_heading), level=2)
        for number, note in enumerate(self._paper.notes, 1):
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(1)
            _bookmark(paragraph, f"note{number}", number)
            self._runs(paragraph, _told(number, note), _SMALL)

    def _without_maker(self) -> None:
        """Take away what the template says of programs, persons and times; the title and the language are ours."""
        document, package = self._document, self._document.part.package
        properties = document.core_properties
        for each in list(properties._element):
            properties._element.remove(each)
        properties.title, properties.language = without_unable(self._paper.title)[:255], _TONGUES[self._paper.lang]
        for rels in (package.rels, document.part.rels):
            for key in [key for key, each in rels.items() if each.reltype.endswith(_CLOSED)]:
                del rels[key]


def _told(number: int, note: Note) -> Iterator[Said]:
    yield Said(f"{number}. {note.where}" + (": «" if note.mark else ""))
    if note.mark:
        yield Said(note.before)
        yield Said(note.mark, is_strong=True)
        yield Said(f"{note.after}»")


def _by_direction(text: str) -> Iterator[tuple[str, bool]]:
    """Yield a text in stretches, and of each whether it is written from right to left."""
    for place, stretch in enumerate(_RIGHT_TO_LEFT.split(text)):
        if stretch:
            yield stretch, place % 2 == 1


def _field(paragraph: Any, code: str) -> None:
    """Add a field that Word reckons, such as the number of the page."""
    run = paragraph.add_run()
    run.font.size = _SMALL
    for kind in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)


def _link(paragraph: Any, anchor: str, text: str) -> None:
    """Add a raised number that leads to a note."""
    run = paragraph.add_run(text)
    run.font.superscript = True
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    paragraph._p.append(link)
    link.append(run._r)


def _bookmark(paragraph: Any, name: str, number: int) -> None:
    for kind in ("Start", "End"):
        mark = OxmlElement(f"w:bookmark{kind}")
        mark.set(qn("w:id"), str(number))
        if kind == "Start":
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)


def _lasting(content: bytes) -> bytes:
    """Return an archive without the times of its making."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, made.read(name))
    return held.getvalue()
