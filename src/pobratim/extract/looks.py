"""What the look of a body's name tells of where it is: its letters, words of no dictionary, a person's name."""

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.mention import Mention

_ABROAD_ALONE = "јљњћђџұқіўїє"
"""Cyrillic letters of alphabets that no republic at home has."""


def strange(cell: CellText, mention: Mention) -> bool:
    """Tell whether an organisation's own name is of no Russian look: of words that no dictionary has, or a person's
    name without initials («Университет имени Джавахарлала Неру», «парк «Онон-Балдж»»)."""
    first, last = mention.honorific or mention.quote or (0, 0)
    own = [t for t in cell.tokens[first:last] if t.kind == "word" and len(t.text) > 1 and t.word.title]
    if mention.honorific is not None:
        return len(own) > 1 and own[0].start == cell.tokens[first + 1].start
    return bool(own) and not any(t.word.known for t in own)


def latin(cell: CellText, mention: Mention) -> bool:
    """Tell whether the quoted name behind a legal form is in Latin letters («ООО «Fergana Fruit»»)."""
    letters = [c for c in cell.flat(*(mention.quote or (0, 0))) if c.isalpha()]
    return bool(letters) and all(c.isascii() for c in letters)


def foreign_letters(cell: CellText, mention: Mention) -> bool:
    """Tell whether the proper part of a name is in Latin letters, not behind a legal form, or has those of an alphabet
    that is only used abroad («СПК «Ертіс»»)."""
    first, last = mention.quote or mention.complement or (mention.first, mention.first)
    letters = [c for c in cell.flat(first, last).lower() if c.isalpha()]
    before_cyrillic = bool(letters) and all(c < "а" for c in letters)
    return (mention.legal is None and before_cyrillic) or any(c in _ABROAD_ALONE for c in letters)
