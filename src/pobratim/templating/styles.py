"""The styles of all pages: files of ``viz/styles`` joined, and the colours of countries, which scripts share."""

import json
from collections.abc import Mapping, Sequence
from functools import cache

from pobratim.content import content_root

PARTS = (
    *("light", "dark", "base", "chrome", "components", "tables", "paper", "things", "start", "search", "pair", "time"),
    *("picture", "network", "lists", "map", "editing", "papers", "print"),
)
"""Files of ``viz/styles`` in their order; a later rule overrules an earlier one."""
OTHERS = "x"
"""Stands for all countries without a colour of their own."""
_THEMES = {
    "light": ":root {{ {rules} }}",
    "dark": "@media screen and (prefers-color-scheme: dark) {{ :root {{ {rules} }} }}",
}


def stylesheet(parts: Sequence[str] = PARTS) -> str:
    """Return the stylesheet of the pages, or some parts of it, with the colours of countries."""
    folder = content_root() / "viz" / "styles"
    files = [(folder / f"{part}.css").read_text(encoding="utf-8") for part in parts]
    return "\n".join([*files, *(_variables(theme) for theme in _THEMES if theme in parts)])


@cache
def country_colours() -> Mapping[str, Mapping[str, str]]:
    """Return the "light" and the "dark" colour by country (ISO 3166-1, two capitals, or ``OTHERS``)."""
    found: dict[str, dict[str, str]] = json.loads(
        (content_root() / "viz" / "country-colours.json").read_text(encoding="utf-8")
    )
    return found


def country_colour(code: str) -> str:
    """Return the colour of a country as a value of CSS, in any theme; ``code`` in capitals or not, "" where unknown."""
    return f"var({colour_name(code)})"


def colour_name(code: str) -> str:
    """Return the name of a country's colour in the stylesheet, that of all others where it has none of its own."""
    name = code.upper()
    return f"--c-{name if name in country_colours() else OTHERS}"


def _variables(theme: str) -> str:
    rules = " ".join(f"--c-{code}: {colours[theme]};" for code, colours in country_colours().items())
    return _THEMES[theme].format(rules=rules) + "\n"
