"""Headings above rows: whose or what the rows below are, and how a theme stands below a municipality."""

from pobratim.layout.columns import ColumnNamer
from pobratim.layout.numbering import unnumbered
from pobratim.layout.unit_headings import full_text
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.names.authority import of_town
from pobratim.text.tokens import tokenize

MAX_HEADING = 200
"""Characters; what is longer is text, not a heading."""
_MOST_WORDS = 3
_TOWN = 5_000
"""People who live in a town whose bare name is taken for one; villages are named like themes («Дружба», «Победа»)."""


def below(above: str, text: str, namer: ColumnNamer) -> str:
    """Return the heading of rows whose own heading is ``text`` and stands below ``above`` (a line each).

    A theme, a month or a partner («Культура», «Город Минск (Беларусь)») below a municipality leaves the municipality
    in force; another municipality takes its place.
    """
    text = unnumbered(text)
    top = above.split("\n")[0]
    if not top or not is_municipality(top, namer) or _is_abroad(top):
        return text
    return f"{top}\n{text}" if _is_abroad(text) or not is_municipality(text, namer) else text


def is_municipality(text: str, namer: ColumnNamer) -> bool:
    """Tell whether a heading names a municipality: «Город Псков», a district, a town's bare name, its authority."""
    text = full_text(text)
    bare = " ".join(text.split()).strip('«»"“”. ')
    return namer.names_municipality(text) or _is_town(bare) or of_town(bare)


def is_caption(line: str, namer: ColumnNamer) -> bool:
    """Tell whether a line above a table without headings is one: a municipality, or a few words without figures."""
    bare = unnumbered(line).strip()
    if namer.line(bare) or len(bare) > MAX_HEADING:
        return False
    few = (
        len(bare.split()) <= 2 * _MOST_WORDS and not any(map(str.isdigit, bare)) and not bare.endswith((".", ":", ","))
    )
    return is_municipality(bare, namer) or (few and bare[:1].isupper())


def _is_town(name: str) -> bool:
    if not name[:1].isupper() or len(name.split()) > _MOST_WORDS:
        return False
    return any(town.population >= _TOWN for town in Gazetteer.load().find(name))


def _is_abroad(heading: str) -> bool:
    """Tell whether a heading names a country as well: that of a partner."""
    return any(match.concept.notation != "RU" for match in lexicon().matcher("country").find(tokenize(heading)))
