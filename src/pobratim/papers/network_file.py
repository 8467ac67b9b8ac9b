"""A network as one file that opens from disk and asks nobody for anything: the picture of the explorer, its table, and
the sentences that its ties rest on. The script is built of ``viz/file`` (hatch_build.py); without it the table stays.
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from gzip import compress
from hashlib import sha256
from pathlib import Path
from typing import Any

from pobratim.content import content_root
from pobratim.messages import Language, noun, texts
from pobratim.templating.styles import country_colour, stylesheet
from pobratim.templating.templates import Templates

PLAIN = 200_000
"""Up to so many characters the data stand in the file as they are, for people who look inside."""
ROWS = 100
"""So many ties the table has without a script; with it all, page by page (viz/app/paged.ts)."""
_STYLES = ("light", "dark", "base", "chrome", "components", "tables", "paper", "picture", "network", "lists", "print")
_EVIDENCE = ("basedOn", "rowAsPrinted", "row", "column", "inReport", "at", "previous", "next", "noSentence")
_LISTS = ("before", "after", "page-of", "pages")
_FONTS = (
    ("Golos Text", "400 900", "golos-text-cyrillic", "U+0301, U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116"),
    ("Golos Text", "400 900", "golos-text-latin", "U+0000-00FF, U+2013-2022, U+2026, U+2190-2193, U+2212"),
    ("PT Serif", "400", "pt-serif-cyrillic", "U+0301, U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116"),
)
"""Family, weights, how the built file's name begins, and its letters; Latin of quotations is left to the system."""

Mark = tuple[int, int, str]
"""From where to where, in code points, a cell names somebody; the id of the node, "" for what else is proved."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of a report: its number, what the report is called, its cells (column, text, marks)."""

    number: str
    report: str
    cells: tuple[tuple[str, str, tuple[Mark, ...]], ...]


@dataclass(frozen=True, slots=True)
class FileGround:
    """An event or agreement (``kind``) that ties rest on; ``when`` in words, ``rows`` the numbers of rows."""

    kind: str
    title: str
    when: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FileTie:
    """What a tie rests on (numbers of grounds) and is about: topics by their names, years."""

    grounds: tuple[int, ...]
    topics: tuple[str, ...]
    years: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """What the file holds: a picture as ``/explore/ego`` tells it, and the evidence of its ties by their ids.

    ``first`` is the state at first ("?seed=by-vitebsk", ""), ``kinds`` what sort of party each node is; ``said`` ends
    the file: where it is from.
    """

    title: str
    lang: Language
    level: str
    first: str
    ego: Mapping[str, Any]
    kinds: Mapping[str, str]
    ties: Mapping[str, FileTie]
    grounds: Sequence[FileGround]
    rows: Sequence[FileRow]
    said: str = ""


def network_file(made: NetworkFile) -> str:
    """Return the HTML of the file."""
    script = _script()
    held = _json(_held(made))
    kind, data = ("application/json", held) if len(held) <= PLAIN else ("application/gzip;base64", _packed(held))
    words, shared = texts("picture", made.lang), texts("papers", made.lang)
    values = {
        "lang": made.lang,
        "title": made.title,
        "w": words,
        "takes": {name: shared[f"take-{name}"] for name in ("svg", "png", "csv")} | {"menu": shared["take"]},
        "style": _fonts() + stylesheet(_STYLES),
        "rows": _rows(made),
        "cut": max(0, len(_shown(made)) - ROWS),
        "choices": _choices(made),
        "said": made.said,
        "kind": kind,
        "data": data,
        "script": script,
        # What the policy knows the script by (CSP Level 3, 2.3.1).
        "script_hash": b64encode(sha256(script.encode()).digest()).decode(),
    }
    return _TEMPLATES.render("network-file.html", values)


def _held(made: NetworkFile) -> dict[str, Any]:
    lang = made.lang
    evidence, lists = texts("dossier", lang), texts("lists", lang)
    return {
        "ego": made.ego,
        "level": made.level,
        "first": made.first,
        "kinds": made.kinds,
        "ties": {
            key: {"grounds": tie.grounds, "topics": tie.topics, "years": tie.years} for key, tie in made.ties.items()
        },
        "grounds": [
            {"kind": each.kind, "title": each.title, "when": each.when, "rows": each.rows} for each in made.grounds
        ],
        "rows": [{"number": row.number, "report": row.report, "cells": row.cells} for row in made.rows],
        "words": {
            **texts("picture", lang),
            **texts("picture", lang, "counted"),
            **{code: evidence[code] for code in _EVIDENCE},
            **{code: lists[code] for code in _LISTS},
        },
    }


def _shown(made: NetworkFile) -> list[Mapping[str, Any]]:
    ties = [edge for edge in made.ego["edges"] if edge["kind"] == "tie" and not edge.get("out")]
    return sorted(ties, key=lambda edge: (-edge["events"], edge["id"]))


def _rows(made: NetworkFile) -> list[dict[str, Any]]:
    """Return the rows of the table, ours at the left; whoever opens the file without a script reads these."""
    nodes = {node["id"]: node for node in made.ego["nodes"]}
    lands = {land["code"]: land["name"] for land in made.ego["countries"]}
    found = []
    for edge in _shown(made)[:ROWS]:
        one, other = nodes[edge["a"]], nodes[edge["b"]]
        if other["ours"] and not one["ours"]:
            one, other = other, one
        country = other["country"]
        found.append({"left": one, "right": other, "code": country, "country": lands.get(country, ""), "tie": edge})
    return found


def _choices(made: NetworkFile) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return what can be chosen: name, label, values with their names; a field with one value chooses nothing."""
    words = texts("lists", made.lang)
    topics = sorted({topic for tie in made.ties.values() for topic in tie.topics})
    years = sorted({year for tie in made.ties.values() for year in tie.years}, reverse=True)
    fields = (
        ("country", sorted(((land["code"], land["name"]) for land in made.ego["countries"]), key=lambda one: one[1])),
        ("topic", [(topic, topic) for topic in topics]),
        ("year", [(year, year) for year in years]),
    )
    labels = {"country": words["field-country"], "topic": words["field-topic"], "year": words["field-period"]}
    return [(name, labels[name], values) for name, values in fields if len(values) > 1]


def tally(count: int, lang: Language) -> str:
    """Return a number of events in words."""
    return f"{count} {noun(texts('picture', lang, 'counted')['events'], count, lang)}"


def _static() -> Path:
    return content_root() / "viz" / "static"


@cache
def _script() -> str:
    """Return the built script, "" where it is not built: the file has its table then."""
    file = _static() / "file" / "file.js"
    # No tag in a text of it can then end the element that holds it.
    return file.read_text(encoding="utf-8").replace("</script", "<\\/script") if file.is_file() else ""


@cache
def _fonts() -> str:
    """Return the letters of the pages as rules that hold their files; "" where they are not built."""
    folder, rules = _static() / "app" / "assets", []
    for family, weights, begins, letters in _FONTS:
        for file in sorted(folder.glob(f"{begins}-*.woff2")):
            data = b64encode(file.read_bytes()).decode()
            rules.append(
                f'@font-face {{ font-family: "{family}"; font-weight: {weights}; font-display: swap; '
                f'src: url(data:font/woff2;base64,{data}) format("woff2"); unicode-range: {letters}; }}\n'
            )
    return "".join(rules)


def _json(data: object) -> str:
    # No "<" can then end the script element or open a comment in it.
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _packed(data: str) -> str:
    """Return data compressed: rows of reports shrink to a tenth; browsers unpack them since 2023."""
    return b64encode(compress(data.encode(), mtime=0)).decode()


_TEMPLATES = Templates("pages", {"country_colour": country_colour})
