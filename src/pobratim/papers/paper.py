"""A paper before it is a file: headings, paragraphs, tables, and the notes that their texts refer to."""

from collections.abc import Sequence
from dataclasses import dataclass

from pobratim.messages import Language


@dataclass(frozen=True, slots=True)
class Said:
    """A text and the numbers of the notes that it is based on, from 1; ``is_strong`` makes it stand out."""

    text: str
    notes: tuple[int, ...] = ()
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of pieces; ``is_small`` is for remarks."""

    pieces: tuple[Said, ...]
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: ``heads`` over the columns, ``widths`` their shares of the page, ``numeric`` the columns of numbers.

    ``total`` is the last row, which stands out, () where there is none.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Said, ...], ...]
    widths: tuple[float, ...]
    numeric: frozenset[int] = frozenset()
    total: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Where something stands: the report, its row and column, and the sentence quoted; ``mark`` is the phrase in it."""

    where: str
    before: str = ""
    mark: str = ""
    after: str = ""


Block = Heading | Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. ``foot`` stands under every page before its number, ``notes`` at the end under their heading."""

    title: str
    lang: Language
    blocks: tuple[Block, ...]
    foot: str = ""
    notes_heading: str = ""
    notes: tuple[Note, ...] = ()
    is_wide: bool = False


def plain(text: str) -> Paragraph:
    """Return a paragraph of one text."""
    return Paragraph((Said(text),))


def remark(text: str) -> Paragraph:
    """Return a paragraph of one text in small letters."""
    return Paragraph((Said(text),), is_small=True)


def cells(texts: Sequence[object]) -> tuple[Said, ...]:
    """Return the cells of a row without notes."""
    return tuple(Said(str(each)) for each in texts)
