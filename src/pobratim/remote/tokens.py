"""SPARQL text as tokens, so that a variable is told from the same letters in a string, an IRI or a comment.

The terminals are those of the SPARQL 1.1 grammar (https://www.w3.org/TR/sparql11-query/#grammarTerminals), each the
longest that matches; what is no terminal of more than one character is a token of one. Joined again, tokens are
the text they came from.
"""

import re
from dataclasses import dataclass
from typing import Literal

TokenKind = Literal["space", "iri", "string", "variable", "name", "word", "mark"]

_LETTER = (
    r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF"
)
_LETTER += r"\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
_LATER = rf"{_LETTER}_0-9\u00B7\u0300-\u036F\u203F-\u2040"
_LOCAL = rf"(?:[{_LATER}:]|%[0-9A-Fa-f]{{2}}|\\.)"

_TOKEN = re.compile(
    rf"""
      (?P<space>(?:\s|\#[^\r\n]*)+)
    | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
    | (?P<string>\"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"|'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
        |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$][{_LETTER}_0-9][{_LATER}]*)
    | (?P<name>(?:_|[{_LETTER}](?:[{_LATER}.-]*[{_LATER}-])?)?:(?:{_LOCAL}(?:(?:{_LOCAL}|[.-])*(?:{_LOCAL}|-))?)?)
    | (?P<word>@?[{_LETTER}_](?:[{_LATER}-]*))
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of SPARQL: its kind ("space" is comments as well, "word" keywords, "name" prefixed) and its text."""

    kind: TokenKind
    text: str

    @property
    def variable(self) -> str:
        """Return the name of a variable without its sign, "" for every other token."""
        return self.text[1:] if self.kind == "variable" else ""

    @property
    def word(self) -> str:
        """Return a keyword in capitals or a mark as it is, "" for every other token."""
        return self.text.upper() if self.kind in ("word", "mark") else ""


def tokenize(sparql: str) -> list[Token]:
    """Return all tokens of ``sparql``, also of text that is no valid SPARQL."""
    kinds: dict[str, TokenKind] = {
        "space": "space", "iri": "iri", "string": "string", "variable": "variable", "name": "name", "word": "word",
        "mark": "mark",
    }  # fmt: skip
    return [Token(kinds[str(found.lastgroup)], found.group()) for found in _TOKEN.finditer(sparql)]
