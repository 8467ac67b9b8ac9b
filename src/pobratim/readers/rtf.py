"""Read the tables of Rich Text Format (RTF specification 1.9.1), as Word and LibreOffice write them.

The whole format is a stream of groups, control words and text; only what carries text or says where a cell ends
is obeyed, all other control words are passed over, as the specification asks of readers (appendix "Reading").
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from pobratim.problems import Problem
from pobratim.readers.flow import Flow
from pobratim.readers.grid import Grid, clean, unreadable
from pobratim.readers.sniff import document_bytes
from pobratim.readers.spans import Spanned, spanned_rows
from pobratim.readers.symbols import from_private

_TOKEN = re.compile(
    rb"\\(?:([A-Za-z]{1,32})(-?\d{1,10})? ?|'([0-9A-Fa-f]{2})|([^A-Za-z]))|([{}])|([^\\{}\r\n]+)|[\r\n]+", re.S
)
_UNSEEN = {
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "headerl", "headerr", "headerf", "footer", "footerl",
    "footerr", "footerf", "footnote", "annotation", "atnid", "atnauthor", "listtable", "listoverridetable", "rsidtbl",
    "fldinst", "object", "objdata", "bkmkstart", "bkmkend", "xe", "tc", "listtext", "pntext", "nonshppict", "themedata",
    "datastore", "generator", "latentstyles", "xmlnstbl", "revtbl", "filetbl", "pgdsctbl", "sp", "nonesttables",
}  # fmt: skip
_SEEN_OPTIONAL = {"shpinst", "shptxt", "nesttableprops", "ud"}
_TEXT = {
    "tab": "\t", "line": "\n", "lbr": "\n", "softline": "\n", "emdash": "—", "endash": "–", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": "\u2003", "enspace": "\u2002",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "\u2011", b"-": "", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n", b"\r": "\n"}
_CHARSETS = {0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253",
             162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
             238: "cp1250", 255: "cp437"}  # fmt: skip
"""Codes of \\fcharset (RTF 1.9.1, "Font Table") and the code pages that they stand for."""
_MAX_DEPTH = 1_000
_MAX_CELLS = 63
_SURROGATES = (0xD800, 0xDFFF)


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits from the one around it: ``hidden`` is what is no text, ``vanished`` what is not shown."""

    hidden: bool = False
    deleted: bool = False
    vanished: bool = False
    skip: int = 1
    encoding: str = "cp1252"
    fonts: bool = False
    field: bool = False
    option: bool = False


@dataclass(slots=True)
class _Definition:
    """One cell of a row definition: its right edge in twips, and how it is joined with its neighbours."""

    edge: int
    joined: str = ""
    above: str = ""


@dataclass(slots=True)
class _Rows:
    """The table being read: cells of the current row, definitions of the row, and rows done."""

    text: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    definitions: list[_Definition] = field(default_factory=list)
    done: list[list[tuple[str, _Definition | None]]] = field(default_factory=list)


def read(data: bytes, file: str) -> Grid:
    """Return every table and the text outside tables; breaks and paragraph ends are ``\\n``.

    Numbers of automatic lists, page headers, footnotes, field codes and deleted text are left out; a table in
    a cell is part of that cell's text. Raises UnreadableDocumentError where groups are nested too deep.
    """
    flow = Flow()
    problems = pour(data, file, flow)
    grid = flow.grid()
    return Grid(grid.preamble, grid.tables, problems)


def pour(data: bytes, file: str, flow: Flow) -> tuple[Problem, ...]:
    """Put what a document shows into ``flow``; return what was odd. Raises as ``read``."""
    data = document_bytes(data)
    walk = _Walk(file, flow)
    position = 0
    while token := _TOKEN.search(data, position):
        walk.take(token)
        position = token.end() + walk.binary()
    walk.end()
    count = (("count", str(walk.hidden)),)
    return (Problem("warning", "reader-hidden-text", file, values=count),) if walk.hidden else ()


class _Walk:
    def __init__(self, file: str, flow: Flow) -> None:
        self._file = file
        self._flow = flow
        self.hidden = 0
        self._options: list[str] = []
        self._chosen = self._field_from = 0
        self._state = _State()
        self._stack: list[_State] = []
        self._optional = False
        self._fresh = False  # just behind "{": a destination's name may follow
        self._skip = self._binary = 0
        self._bytes = b""
        self._high = 0
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._default = "cp1252"
        self._rows = _Rows()
        self._pending = _Definition(0)
        self._in_table = False
        self._depth = 1

    def take(self, token: re.Match[bytes]) -> None:
        word, number, hexadecimal, symbol, brace, text = token.groups()
        if hexadecimal is not None:
            self._byte(bytes([int(hexadecimal, 16)]))
            return
        if text is not None:
            self._plain(text)
            return
        self._flush()
        if brace == b"{":
            self._open()
        elif brace == b"}":
            self._close()
        elif word is not None:
            self._control(word.decode(), int(number) if number is not None else None)
        elif symbol == b"*":
            self._optional = True
        elif symbol is not None:
            self._fresh = False
            self._write(_SYMBOLS.get(symbol, ""))

    def binary(self) -> int:
        """Return how many bytes of a picture follow, once."""
        length, self._binary = self._binary, 0
        return length

    def end(self) -> None:
        self._flush()
        self._end_paragraph()
        self._end_table()

    def _open(self) -> None:
        if len(self._stack) >= _MAX_DEPTH:
            raise unreadable("reader-nested-too-deep", self._file)
        self._stack.append(self._state)
        self._fresh, self._optional = True, False

    def _close(self) -> None:
        closed = self._state
        if self._stack:
            self._state = self._stack.pop()
        if closed.field and not self._state.field:
            self._end_field()
        self._fresh = self._optional = False
        self._skip = 0

    def _end_field(self) -> None:
        """Write the chosen line of a form's list where the field has no other result."""
        shown = "".join(self._rows.text[self._field_from :]).strip()
        if self._options and not shown and self._chosen < len(self._options):
            self._write(self._options[self._chosen])
        self._options, self._chosen = [], 0

    def _plain(self, text: bytes) -> None:
        self._fresh = False
        if self._skip:
            dropped = min(self._skip, len(text))
            self._skip -= dropped
            text = text[dropped:]
        self._bytes += text

    def _byte(self, byte: bytes) -> None:
        self._fresh = False
        if self._skip:
            self._skip -= 1
        else:
            self._bytes += byte

    def _flush(self) -> None:
        if self._bytes:
            text = self._bytes.decode(self._state.encoding, errors="replace")
            self._bytes = b""
            self._write(text)

    def _write(self, text: str) -> None:
        if self._state.option:
            self._options[-1] += text
        if not text or self._state.hidden or self._state.deleted:
            return
        if self._state.vanished:
            self.hidden += len(text.strip())
        else:
            self._rows.text.append(from_private(text))

    def _control(self, word: str, number: int | None) -> None:
        unseen = (self._fresh and word in _UNSEEN) or (self._optional and word not in _SEEN_OPTIONAL)
        self._fresh = self._optional = False
        if unseen and word != "ffl":
            self._state = replace(self._state, hidden=True, fonts=word == "fonttbl" or self._state.fonts)
        elif word in _TEXT:
            self._write(_TEXT[word])
        else:
            _ACTS.get(word, _Walk._layout)(self, word, number)

    def _begin_option(self, _word: str, _number: int | None) -> None:
        self._options.append("")
        self._state = replace(self._state, hidden=True, option=True)

    def _begin_field(self, _word: str, _number: int | None) -> None:
        self._state, self._field_from = replace(self._state, field=True), len(self._rows.text)

    def _choose(self, word: str, number: int | None) -> None:
        """Note which option of a form field was chosen (\\ffres), else the one that was given (\\ffdefres)."""
        self._chosen = number if word == "ffres" and number is not None else self._chosen or number or 0

    def _character(self, word: str, number: int | None) -> None:
        if number is None:
            self._layout(word, number)
        else:
            self._unicode(number % 0x10000)

    def _set_skip(self, _word: str, number: int | None) -> None:
        self._state = replace(self._state, skip=max(0, number or 0))

    def _skip_binary(self, _word: str, number: int | None) -> None:
        self._binary = max(0, number or 0)

    def _set_code_page(self, _word: str, number: int | None) -> None:
        self._default = _known(f"cp{number}")
        self._state = replace(self._state, encoding=self._default)

    def _set_deleted(self, _word: str, number: int | None) -> None:
        self._state = replace(self._state, deleted=number != 0)

    def _set_vanished(self, _word: str, number: int | None) -> None:
        self._state = replace(self._state, vanished=number != 0)

    def _set_font(self, word: str, number: int | None) -> None:
        if word == "fcharset":
            if self._state.fonts:
                self._fonts[self._font] = _CHARSETS.get(number or 0, self._default)
        elif self._state.fonts:
            self._font = number or 0
        elif word == "plain":
            self._state = replace(self._state, deleted=False, vanished=False)
        else:
            self._state = replace(self._state, encoding=self._fonts.get(number or 0, self._default))

    def _unicode(self, code: int) -> None:
        if _SURROGATES[0] <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code <= _SURROGATES[1]:
            if self._high:
                self._write(chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00))
            self._high = 0
        else:
            self._write(chr(code))
        self._skip = self._state.skip

    def _layout(self, word: str, number: int | None) -> None:
        if self._state.hidden:
            return
        if word in {"par", "sect", "page"}:
            self._end_paragraph()
        elif word == "pard":
            self._in_table, self._depth = False, 1
        elif word == "intbl":
            self._begin_table()
        elif word == "itap":
            self._depth = number if number is not None else 1
        elif word == "nestcell":
            self._rows.text.append("\t")
        elif word == "nestrow":
            self._rows.text.append("\n")
        elif word == "cell":
            self._begin_table()
            self._rows.cells.append(clean("".join(self._rows.text)).removesuffix("\n"))
            self._rows.text = []
        elif word == "row":
            self._end_row()
        else:
            self._define(word, number)

    def _define(self, word: str, number: int | None) -> None:
        if word == "trowd":
            self._rows.definitions = []
            self._pending = _Definition(0)
        elif word in {"clmgf", "clmrg"}:
            self._pending.joined = word
        elif word in {"clvmgf", "clvmrg"}:
            self._pending.above = word
        elif word == "cellx" and len(self._rows.definitions) < _MAX_CELLS:
            self._pending.edge = number or 0
            self._rows.definitions.append(self._pending)
            self._pending = _Definition(0)

    def _begin_table(self) -> None:
        if not self._in_table and not self._rows.done and not self._rows.cells:
            line = "".join(self._rows.text)
            self._rows.text = [line] if line else []
        self._in_table = True

    def _end_row(self) -> None:
        definitions: list[_Definition | None] = [*self._rows.definitions]
        definitions += [None] * (len(self._rows.cells) - len(definitions))
        self._rows.done.append(list(zip(self._rows.cells, definitions, strict=False)))
        self._rows.cells = []

    def _end_paragraph(self) -> None:
        if self._in_table or self._rows.cells:
            self._rows.text.append("\n")
            return
        self._end_table()
        self._flow.text(clean("".join(self._rows.text)))
        self._rows.text = []

    def _end_table(self) -> None:
        if self._rows.cells:
            self._end_row()
        if self._rows.done:
            self._flow.begin()
            self._flow.end(spanned_rows(list(_spanned(self._rows.done))))
            self._rows.done = []


_ACTS: dict[str, Callable[[_Walk, str, int | None], None]] = {
    "ffl": _Walk._begin_option,
    "field": _Walk._begin_field,
    "ffres": _Walk._choose,
    "ffdefres": _Walk._choose,
    "u": _Walk._character,
    "uc": _Walk._set_skip,
    "bin": _Walk._skip_binary,
    "ansicpg": _Walk._set_code_page,
    "f": _Walk._set_font,
    "fcharset": _Walk._set_font,
    "plain": _Walk._set_font,
    "deleted": _Walk._set_deleted,
    "v": _Walk._set_vanished,
}
"""What control words do; those that it lacks are of tables and paragraphs, or nothing."""


def _spanned(rows: list[list[tuple[str, _Definition | None]]]) -> Iterator[list[Spanned]]:
    """Turn right edges and joins into spans: a column lies between two edges that any row has."""
    edges = sorted({cell.edge for row in rows for _, cell in row if cell})
    for number, row in enumerate(rows):
        left = 0
        result: list[Spanned] = []
        for text, cell in row:
            right = edges.index(cell.edge) + 1 if cell else left + 1
            width, left = max(1, right - left), max(right, left + 1)
            if cell and cell.joined == "clmrg" and result:
                result[-1] = replace(result[-1], columns=result[-1].columns + width)
            elif not (cell and cell.above == "clvmrg" and number):
                result.append(Spanned(text, width, _height(rows, number, cell)))
        yield result


def _height(rows: list[list[tuple[str, _Definition | None]]], number: int, cell: _Definition | None) -> int:
    """Return how many rows a cell covers: those below whose cell with the same edge goes on with it."""
    if not cell or cell.above != "clvmgf":
        return 1
    height = 1
    for row in rows[number + 1 :]:
        if not any(below and below.edge == cell.edge and below.above == "clvmrg" for _, below in row):
            break
        height += 1
    return height


def _known(encoding: str) -> str:
    try:
        "".encode(encoding)
    except LookupError:
        return "cp1252"
    return encoding
