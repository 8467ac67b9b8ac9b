"""Quotation marks of typewriters and plain text, two characters or apostrophes, as «…»."""

import re

_ZERO_WIDTH = "\u200b"
_TWO_OR_PLAIN = re.compile(r"''|``|<<|,,|(?<!\w)'")
_PLAIN = (
    re.compile(r"('')(?=[^\s'])([^'\n]{1,120})('')"),
    re.compile(r"(``)(?=[^\s`])([^`\n]{1,120})(``|'')"),
    re.compile(r"(<<)([^<>\n]{1,120})(>>)"),
    re.compile(r"(,,)(?=\w)([^,\"“”»\n]{1,120})([\"“”»]|'')"),
    re.compile(r"(?<![\w'’])(')(?=\w)([^'\n]{1,120}(?<=[\w!?.]))(')(?![\w'])"),
)


def in_single_marks(text: str) -> str:
    """Return ``text`` with quotation marks of two characters, and apostrophes round words, as «…»; offsets stay.

    «''Заря''», «<<Заря>>», «,,Заря“» and «'Заря'» are of typewriters and plain text. Beside a mark that was two
    characters stands a zero-width space, within the quotation, which is no token. Other text is returned itself.
    """
    if _TWO_OR_PLAIN.search(text) is None:
        return text
    for pattern in _PLAIN:
        text = pattern.sub(_as_guillemets, text)
    return text


def _as_guillemets(match: re.Match[str]) -> str:
    opened, within, closed = match.groups()
    return f"«{_ZERO_WIDTH * (len(opened) - 1)}{within}{_ZERO_WIDTH * (len(closed) - 1)}»"
