"""The short form of a name, which fits under a node of a drawing: abbreviated kind, number, proper name."""

import re
from collections.abc import Iterable, Iterator

from pobratim.names.parts import dedication, parse
from pobratim.record import Part, Parts

_OWNER = re.compile(r"[^«»\"]*?(?=\s+г\.|[»\"]|$)")
"""Whose part it is, told behind whom it honours; a town's name is none of it."""


def short_name(name: str, abbreviations: Iterable[str]) -> str:
    """Return what tells an organisation apart: «ДШИ № 3 «Маладик»» of «ГУО «Детская школа искусств № 3 …».

    ``abbreviations`` are those of its kind. A name of which nothing would be left stays as it is.
    """
    text = _abbreviated(_without(name, _dropped(name, parse(name))), abbreviations)
    text = " ".join(_balanced(_numbered(text)).replace("()", " ").split()).strip(" ,;–-")
    return (text[0].upper() + text[1:]) if text else name


def _dropped(name: str, parts: Parts) -> Iterator[tuple[int, int]]:
    """Yield where a name has what its short form lacks: the form before it, towns, whom it honours."""
    form = parts.legal_form
    if form and name[form.end :].strip() and not _tells_level(form, parts):
        yield 0, _behind_letters(name, form.end, parts)
    yield from ((one.start, one.end) for one in parts.places)
    honour = dedication(parts)
    owner = _OWNER.match(name, honour.end) if honour else None
    if honour and owner:
        yield honour.start, owner.end()


def _behind_letters(name: str, end: int, parts: Parts) -> int:
    """Return where a legal form ends with the letters of its region or level before a quotation: «ГБУК НО «…»»."""
    mark = parts.quotation.start - 1 if parts.quotation else end
    letters = name[end:mark].split()
    is_kind = parts.kind is not None and end <= parts.kind.start < mark
    return mark if letters and not is_kind and all(len(one) == 2 and one.isupper() for one in letters) else end


def _tells_level(form: Part, parts: Parts) -> bool:
    """Tell whether a legal form says of which level an organisation is («областная общественная организация»)."""
    return any(form.start <= level.start < form.end for level in parts.levels)


def _without(name: str, dropped: Iterable[tuple[int, int]]) -> str:
    """Return a name without some stretches, and without the white space before each."""
    kept, at = "", 0
    for start, end in sorted(dropped):
        if start >= at:
            kept += name[at:start].rstrip()
        at = max(at, end)
    return kept + name[at:]


def _numbered(text: str) -> str:
    """Return a name up to its number, with the title at once behind it: more is not needed to tell it apart."""
    parts = parse(text)
    number = next(iter(parts.numbers), None)
    if number is None:
        return text
    behind = text[number.end :]
    head = text[: number.end] + (behind[:1] if behind[:1].isalpha() and not behind[1:2].isalpha() else "")
    title = parts.title if parts.title and parts.title.start > len(head) else None
    return f"{head} «{title.text}»" if title and not text[len(head) : title.start].strip(' «"') else head


def _abbreviated(text: str, abbreviations: Iterable[str]) -> str:
    """Replace words whose initials spell an abbreviation of the kind («Детская школа искусств» by «ДШИ»)."""
    for letters in sorted(abbreviations, key=len, reverse=True):
        pattern = r"\s+".join(rf"\b{letter}[а-яё]{{2,}}" for letter in letters)
        text, count = re.subn(pattern, letters, text, count=1, flags=re.IGNORECASE)
        if count:
            break
    return text


def _balanced(text: str) -> str:
    """Take away the quotation marks around the whole, and those that have lost their partner."""
    text = text.strip()
    if text.startswith("«") and (text.endswith("»") or text.count("«") > text.count("»")):
        text = text[1:-1] if text.endswith("»") and text.count("«") == text.count("»") else text[1:]
    while text.count("»") > text.count("«") and text.endswith("»"):
        text = text[:-1].rstrip()
    if text.count("«") > text.count("»"):
        text += "»"
    return text
