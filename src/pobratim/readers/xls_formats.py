"""Which cells of an .xls workbook show a date without its day or hold an error, read from its records ([MS-XLS])."""

import struct
from collections.abc import Iterator
from io import BytesIO

from olefile import OleFileIO

from pobratim.readers.looks import Looks
from pobratim.readers.number_formats import BUILT_IN, shows_no_day

_BOF, _BOUNDSHEET, _FORMAT, _XF = 0x0809, 0x0085, 0x041E, 0x00E0
_NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205
_BIFF8 = 0x0600
_STREAMS = {"workbook", "book"}
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_OLD_PAGE = "cp1251"
"""What sheets of Russian workbooks before Excel 97 are named in."""


def xls_looks(data: bytes) -> dict[str, Looks]:
    """Return the looks of every sheet by its name, {} for a file without a workbook stream.

    Raises OSError, ValueError or struct.error for what is damaged.
    """
    with OleFileIO(BytesIO(data)) as container:
        path = next((path for path in container.listdir() if path[-1].lower() in _STREAMS), None)
        return stream_looks(container.openstream(path).read()) if path else {}


def stream_looks(stream: bytes) -> dict[str, Looks]:
    """Return the looks of the sheets in a workbook stream. Raises ValueError or struct.error for a damaged one."""
    codes: dict[int, str] = dict(BUILT_IN)
    formats: list[int] = []
    sheets: dict[int, Looks] = {}
    found: dict[str, Looks] = {}
    current: Looks | None = None
    version, known = _BIFF8, _Codes(codes, formats)
    for position, kind, body in _records(stream):
        if kind == _BOF:
            version, current = struct.unpack_from("<H", body)[0], sheets.get(position)
        elif kind == _BOUNDSHEET:
            looks = found[_string(body, 6, version, wide=False)] = Looks({}, [])
            sheets[struct.unpack_from("<I", body)[0]] = looks
        elif kind == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = _string(body, 2, version, wide=True)
        elif kind == _XF:
            formats.append(struct.unpack_from("<H", body, 2)[0])
        elif current is not None:
            _cell(kind, body, current, known)
    return found


class _Codes:
    """Format codes by the number of a cell's format; both grow while the workbook is read."""

    def __init__(self, codes: dict[int, str], formats: list[int]) -> None:
        self._codes, self._formats = codes, formats

    def get(self, number: int) -> str:
        """Return the code of a cell format that shows a date without its day, "" for any other."""
        code = self._codes.get(self._formats[number], "") if number < len(self._formats) else ""
        return code if shows_no_day(code) else ""


def _cell(kind: int, body: bytes, looks: Looks, codes: _Codes) -> None:
    if kind == _MULRK:
        row, first = struct.unpack_from("<HH", body)
        for shift in range((len(body) - 6) // 6):
            _note(looks, row, first + shift, codes.get(struct.unpack_from("<H", body, 4 + 6 * shift)[0]))
    elif kind in (_NUMBER, _RK, _FORMULA, _BOOLERR):
        row, column, number = struct.unpack_from("<HHH", body)
        failed = (kind == _BOOLERR and body[7] == 1) or (
            kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2
        )
        if failed:
            looks.errors.append((row, column, _ERRORS.get(body[6 if kind == _BOOLERR else 8], "#")))
        else:
            _note(looks, row, column, codes.get(number))


def _note(looks: Looks, row: int, column: int, code: str) -> None:
    if code:
        looks.codes[row, column] = code


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield (position, kind, body) of the records."""
    position = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        yield position, kind, stream[position + 4 : position + 4 + length]
        position += 4 + length


def _string(body: bytes, at: int, version: int, wide: bool) -> str:
    """Return the text at an offset: behind its length, which is ``wide`` (two bytes) in formats since Excel 97."""
    if version < _BIFF8:
        return body[at + 1 : at + 1 + body[at]].decode(_OLD_PAGE, "replace")
    length = struct.unpack_from("<H", body, at)[0] if wide else body[at]
    at += 2 if wide else 1
    double = body[at] & 1
    text = body[at + 1 : at + 1 + length * (1 + double)]
    return text.decode("utf-16-le" if double else "latin-1", "replace")
