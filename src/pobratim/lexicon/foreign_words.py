"""The words of which foreign names of institutions are made, by ontology/foreign-words.tsv."""

from dataclasses import dataclass
from functools import cache

from pobratim.content import content_root
from pobratim.text.sounding import plain_latin

_LONGEST_PHRASE = 5
_SHORTEST_STEM = 4
_LEADS, _ANY_ENDING = "^", "*"


@dataclass(frozen=True, slots=True)
class ForeignWord:
    """What a foreign word or phrase says: Russian words ("" for none) and the kind of a noun ("" for other words).

    ``leads`` tells that names begin with it, in a language that puts the kind first.
    """

    russian: str
    kind: str
    leads: bool


class ForeignWords:
    """Words and phrases as plain letters; a star at the end of one stands for any ending."""

    def __init__(self, lines: list[str]) -> None:
        """Take the lines of the file, of which the head says what the columns mean."""
        self._whole: dict[str, ForeignWord] = {}
        self._stems: dict[str, ForeignWord] = {}
        for line in lines:
            russian, kind, spellings = line.split("\t")
            for spelling in (plain_latin(part.strip()) for part in spellings.split(",")):
                word = ForeignWord(russian.strip("-"), kind.strip("-"), spelling.endswith(_LEADS))
                plain = spelling.rstrip(_LEADS)
                table = self._stems if plain.endswith(_ANY_ENDING) else self._whole
                table.setdefault(plain.rstrip(_ANY_ENDING), word)

    def find(self, words: list[str], at: int) -> tuple[ForeignWord | None, int]:
        """Return what the longest phrase at a word says, None if nothing is known, and where to go on."""
        for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
            text = " ".join(words[at : at + length])
            found = self._whole.get(text)
            if found is None:
                cuts = range(len(text), _SHORTEST_STEM - 1, -1) if length == 1 else range(0)
                found = next((self._stems[text[:cut]] for cut in cuts if text[:cut] in self._stems), None)
            if found is not None:
                return found, at + length
        return None, at + 1

    def word(self, text: str) -> ForeignWord | None:
        """Return what a single word in any spelling says, None if it is not known."""
        return self.find([plain_latin(text)], 0)[0]


@cache
def foreign_words() -> ForeignWords:
    """Return the words of ontology/."""
    text = (content_root() / "ontology" / "foreign-words.tsv").read_text(encoding="utf-8")
    return ForeignWords([line for line in text.splitlines() if line and not line.startswith("#")])
