"""Words that a page's layout cut in two at the end of a line are made whole."""

import re

from pobratim.text.words import word

_WORDS_OF_A_LETTER = frozenset("авикосуя")
FULL = "\x1d"
"""Stands at the end of a line that is one word and reaches the edge of its column: the word may go on below."""
WRAPPED = "\x1e"
"""Stands at the end of a line that goes on below because the next word found no room in it."""
_CUT = re.compile(rf"([^\W\d_]+)(-?)({FULL}?)({WRAPPED}?\n)(?=([^\W\d_]+))")
_CUT_NUMBER = re.compile(rf"(?<=\w-){FULL}?{WRAPPED}?\n(?=\d)|(?<=\d-){FULL}?{WRAPPED}?\n(?=\w)")


def join_lines(text: str) -> str:
    """Return ``text`` without marks and the line breaks inside words; one that only the width made is a space.

    A hyphen at a line's end goes with the break where the dictionary knows the word made of both parts, unless
    both parts are words as well or make a compound adjective: «органи-|зация», but «торгово-|промышленной»,
    «Йошкар-|Олы». Without a hyphen two parts are one word if the dictionary knows it and not both parts, or if
    the first one fills its line and is no word at all («видеоконференц|связи»).
    """
    whole = _CUT_NUMBER.sub("", _CUT.sub(_join, text)).replace(FULL, "")
    return whole.replace(f"{WRAPPED}\n", " ").replace(WRAPPED, "")


def _is_rest(part: str) -> bool:
    """Tell whether a part is one letter that is no word: the rest of one, although dictionaries list all letters."""
    return len(part) == 1 and part.lower() not in _WORDS_OF_A_LETTER


def _join(match: re.Match[str]) -> str:
    before, hyphen, full, _, after = match.groups()
    first, second, whole = word(before), word(after), word(before + after)
    both = first.known and second.known and not _is_rest(after)
    if hyphen:
        compound = first.low[-1] in "ое" and second.known and second.adjectival()
        cut = whole.known and not both and not compound and after[0].islower()
        return before if cut else f"{before}-"
    if after[0].isupper() and not before.isupper():
        return match[0]
    overflows = full and not first.known and before.islower()
    return before if overflows or (whole.known and not both) else match[0]
