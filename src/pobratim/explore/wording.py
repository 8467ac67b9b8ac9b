"""What has some words in its name or title, or in the name of whom it concerns: each word as the beginning of one."""

from collections.abc import Iterable
from functools import partial

from pobratim.explore import bits
from pobratim.explore.index import Index, Subject

_LAST = chr(0x10FFFF)
"""After every letter: words from W to W and this begin with W."""
_SQL = "SELECT numbers FROM word WHERE kind = ? AND word >= ? AND word < ?"


def worded(index: Index, subject: Subject, words: Iterable[str]) -> int:
    """Return what has all words, in its own name or in that of a party, town, region or country that it concerns."""
    found = bits.everything(index.sizes[subject])
    for word in words:
        found &= index.recalled(("word", subject, word), partial(_one, index, subject, word))
    return found


def _one(index: Index, subject: Subject, word: str) -> int:
    concerned = index.among(f"SELECT {subject} FROM {subject}_of WHERE party IN ({{}})", _begun(index, "party", word))
    own = () if subject == "tie" else _begun(index, subject, word)
    return bits.of({*own, *(row[0] for row in concerned)})


def _begun(index: Index, kind: str, word: str) -> set[int]:
    """Return what has a word that begins so."""
    return {number for row in index.rows(_SQL, kind, word, word + _LAST) for number in bits.unlisted(row["numbers"])}
