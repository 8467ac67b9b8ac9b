"""Whether words agree in case, number and gender, as an adjective does with its noun."""

from pobratim.text.words import Reading, Word

_CASES = {"nomn", "gent", "datv", "accs", "ablt", "loct"}
_NUMBERS = {"sing", "plur"}
GENDERS = {"masc", "femn", "neut"}


def agree(adjective: Word, behind: Word) -> bool:
    """Tell whether some adjectival reading has the case, number and gender of a noun or adjective behind it.

    Gender counts in the singular only; a word without an adjectival reading agrees with nothing.
    """
    return any(fits(adjective, reading) for reading in behind.readings if reading.pos in {"NOUN", "ADJF", "PRTF"})


def fits(adjective: Word, noun: Reading) -> bool:
    """Tell whether some adjectival reading of a word has the case, number and gender of one reading of its noun."""
    marks = noun.grammemes & (_CASES | _NUMBERS)
    if "sing" in marks:
        marks |= noun.grammemes & GENDERS
    return bool(marks) and any(marks <= r.grammemes for r in adjective.readings if r.pos in {"ADJF", "PRTF"})
