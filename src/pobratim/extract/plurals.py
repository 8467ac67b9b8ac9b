"""Whether words speak of one thing or of several: a noun alone, or with the verb behind it."""

from pobratim.extract.cells import CellText
from pobratim.text.words import Word


def told_of_several(cell: CellText, index: int) -> bool:
    """Tell whether a noun is plural, or by the verb behind it («палаты продлили договор»)."""
    verb = cell.tokens[index + 1].word if index + 1 < len(cell.tokens) else None
    subject = verb is not None and verb.has("VERB", "plur") and cell.tokens[index].word.has("NOUN", "nomn", "plur")
    return subject or is_plural(cell.tokens[index].word)


def is_plural(word: Word) -> bool:
    """Tell whether a noun can be nothing but plural."""
    nouns = [r for r in word.readings if r.pos == "NOUN"]
    return bool(nouns) and all("plur" in r.grammemes for r in nouns)
