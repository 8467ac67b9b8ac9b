"""The stylesheet of the pages: parts, colours of countries, contrast of the tokens in both themes."""

import re

import pytest

from pobratim.content import content_root
from pobratim.templating import styles

TEXT, EDGE = 4.5, 3.0
"""The least contrast of text and of what is no text (WCAG 2.2, 1.4.3 and 1.4.11)."""
ON_PAPER = ("ink", "ink-2", "ink-3", "accent")
PAIRS = [("on-accent", "accent"), ("mark-ink", "mark"), ("ink", "heat-1"), ("ink", "heat-2"), ("ink", "accent-soft")]
PAIRS += [(name, f"{name}-soft") for name in ("good", "warn", "bad")] + [("accent", "accent-soft"), ("ink-2", "sunken")]


def _tokens(theme: str) -> dict[str, str]:
    parts = ("light",) if theme == "light" else ("light", "dark")  # of two values of a name the later holds
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", styles.stylesheet(parts)))


def _contrast(a: str, b: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    high, low = sorted((light(a), light(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_edges_are_seen(theme: str) -> None:
    tokens = _tokens(theme)
    pairs = [*PAIRS, *((name, ground) for name in ON_PAPER for ground in ("paper", "surface", "sunken"))]
    assert [pair for pair in pairs if _contrast(tokens[pair[0]], tokens[pair[1]]) < TEXT] == []
    assert _contrast(tokens["edge"], tokens["surface"]) >= EDGE


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_country_is_seen_and_no_two_are_alike(theme: str) -> None:
    colours = {code: each[theme] for code, each in styles.country_colours().items()}
    assert len(set(colours.values())) == len(colours)
    surface = _tokens(theme)["surface"]
    assert [code for code, colour in colours.items() if _contrast(colour, surface) < EDGE] == []


def test_the_stylesheet_holds_all_parts_and_the_dark_theme_only_where_asked_for() -> None:
    folder = content_root() / "viz" / "styles"
    assert {file.stem for file in folder.glob("*.css")} == set(styles.PARTS)
    whole, light = styles.stylesheet(), styles.stylesheet(("light",))
    assert "--c-BY: #8fcca6" in whole and "@page" in whole
    assert "--c-BY: #265e14" in light and "prefers-color-scheme" not in light


def test_a_country_without_a_colour_is_one_of_the_others() -> None:
    assert styles.country_colour("by") == "var(--c-BY)"
    assert styles.country_colour("FR") == styles.country_colour("") == "var(--c-x)"
