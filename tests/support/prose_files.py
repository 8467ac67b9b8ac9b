"""A text of a paragraph a line as the files in which people send it: with broken lines, as Word, as PDF."""

import textwrap
from io import BytesIO

from docx import Document

_WIDTH = 76
_LEFT, _RIGHT, _TOP, _BOTTOM = 72, 540, 770, 70
_INDENT = 35
_SIZE = 12
_LEADING = 17
_FIRST_CODE = 33


def broken(text: str) -> bytes:
    """Return the text with lines of at most 76 characters, and a blank one behind each paragraph of several lines."""
    made: list[str] = []
    for line in text.split("\n"):
        lines = textwrap.wrap(" ".join(line.split()), _WIDTH, break_on_hyphens=False)
        made += [*lines, ""] if len(lines) != 1 else lines
    return "\n".join(made).encode()


def word(text: str) -> bytes:
    """Return the text as a Word document, a paragraph a line."""
    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(text: str) -> bytes:
    """Return the text as pages: lines broken at the margin, first lines set in, no space between paragraphs."""
    codes = {char: number for number, char in enumerate(sorted({*text} - {"\n", " "}), _FIRST_CODE)}
    pages: list[list[str]] = [[]]
    y = _TOP
    for x, line in _lines(text):
        if y < _BOTTOM:
            pages.append([])
            y = _TOP
        shown = "".join(f"{codes.get(char, 32):02x}" for char in line)
        pages[-1].append(f"BT /F 12 Tf {x} {y} Td <{shown}> Tj ET")
        y -= _LEADING
    return _file(["\n".join(page) for page in pages], codes)


def _lines(text: str) -> list[tuple[float, str]]:
    made: list[tuple[float, str]] = []
    for paragraph in text.split("\n"):
        x, line = float(_LEFT + _INDENT), ""
        for word_ in paragraph.split():
            longer = f"{line} {word_}".strip()
            if line and x + sum(map(_wide, longer)) > _RIGHT:
                made.append((x, line))
                x, longer = float(_LEFT), word_
            line = longer
        if line:
            made.append((x, line))
    return made


def _wide(char: str) -> float:
    """Return how wide a character is, in points."""
    return _SIZE * (0.28 if char in "il.,:;'()- " else 0.8 if char in "шщжмюфыШЩМЖЮФЫ–—" else 0.55)


def _file(pages: list[str], codes: dict[str, int]) -> bytes:
    """Return a PDF whose one font says by ToUnicode (ISO 32000-1, 9.10.3) what its codes mean."""
    chars = {32: " ", **{code: char for char, code in codes.items()}}
    widths = " ".join(str(round(_wide(chars.get(code, "о")) / _SIZE * 1000)) for code in range(32, 256))
    mapped = "\n".join(f"<{code:02x}> <{ord(char):04x}>" for code, char in sorted(chars.items()))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(chars)} beginbfchar\n{mapped}\nendbfchar\n"
        "endcmap end end"
    )
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    font = (
        f"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/FirstChar 32/LastChar 255/Widths[{widths}]/ToUnicode 4 0 R>>"
    )
    bodies = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>", font, _stream(cmap)]
    for number, page in enumerate(pages):
        resources = "/Resources<</Font<</F 3 0 R>>>>"
        bodies.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 842]{resources}/Contents {6 + 2 * number} 0 R>>")
        bodies.append(_stream(page))
    out = "%PDF-1.4\n"
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer<</Size {len(bodies) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return f"{out}xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def _stream(content: str) -> str:
    return f"<</Length {len(content)}>>stream\n{content}\nendstream"
