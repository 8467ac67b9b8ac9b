"""Pages as HTML: the templates of ``viz/pages``."""

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from pobratim.content import content_root
from pobratim.messages import Language
from pobratim.site.navigation import sections
from pobratim.site.page import Page, Visit
from pobratim.site.sharing import has_own_picture, picture_of
from pobratim.site.values import date_text
from pobratim.site.words import Words, in_hundred, read_as, word
from pobratim.templating.styles import country_colour, stylesheet
from pobratim.templating.templates import Templates

_CYRILLIC = re.compile("[А-Яа-яЁё]")
_ISLANDS = re.compile(r' data-island="([^"]*)"')
_RANGE = re.compile(r"\d+–\d+")
_FRAMES = 64
"""Heads and feet that are kept: pages of one section and language have them alike."""
_RUSSIAN = re.compile(f"([«(№]?{_CYRILLIC.pattern}(?:[^A-Za-z·;:]*[{_CYRILLIC.pattern[1:-1]}0-9»)])?)")
"""Russian words of a sentence with what stands between them."""


def render(page: Page, visit: Visit) -> str:
    """Return the HTML of a page."""
    common = {
        "visit": visit,
        "lang": visit.lang,
        "t": Words(visit.lang),
        "forms": page.forms,
        "card": page.card,
        "shared_picture": picture_of(page, visit),
        "is_shared": not visit.is_slim or has_own_picture(page, visit),
        "version": content_hash(),
        "script": _scripts()["entry"] if is_built() else "",
        "navigation": sections(),
        "data_state": _data_state(visit),
        "frame": partial(_frame, visit),
    }
    return _with_scripts(_TEMPLATES.render(page.template, {**common, **page.values}), visit)


def _with_scripts(html: str, visit: Visit) -> str:
    """Return a page that names the scripts of its islands in its head, so that all of them come at once."""
    known = _scripts()["islands"] if is_built() else {}
    names = [name for told in _ISLANDS.findall(html) for name in told.split()]
    files = dict.fromkeys(file for name in names for file in known.get(name, ()))
    links = [f'<link rel="modulepreload" href="{visit.addresses.root}/static/app/{file}">\n' for file in files]
    return html.replace("</head>", "".join(links) + "</head>", 1)


@cache
def _scripts() -> Mapping[str, Any]:
    """Return what is built: the script of all pages (``entry``), and those of each island (``islands``)."""
    found: dict[str, Any] = json.loads(_built().read_text(encoding="utf-8"))
    return found


def _built() -> Path:
    return content_root() / "viz" / "static" / "app" / "scripts.json"


def _frame(visit: Visit, name: str, q: str = "", ours: str = "") -> Markup:
    """Return a part that pages of a section have alike; what is looked for (``q``) and who is ours stand in it."""
    file = "x" if visit.is_static else ""
    path = _section(visit.path)
    alike = Visit(visit.lang, visit.addresses, path, (), visit.is_chosen, file=file, is_slim=visit.is_slim)
    return _framed(name, alike, q, ours)


@lru_cache(maxsize=_FRAMES)
def _section(path: str) -> str:
    """Return a path that stands in the same section as another."""
    for section in (each for every in sections().values() for each in every):
        if path.startswith((section.path + "/", f"/doc{section.path}/")):
            return section.path + "/"
        if path == section.path:
            return path
    return "/" if path == "/" else ""


@lru_cache(maxsize=_FRAMES)
def _framed(name: str, visit: Visit, q: str, ours: str) -> Markup:
    lang = visit.lang
    values = {"visit": visit, "lang": lang, "t": Words(lang), "navigation": sections(), "q": q, "ours": ours}
    return Markup(_TEMPLATES.render(name, values))


def _data_state(visit: Visit) -> str:
    """Return the sentence on how new the data are, "" where nobody tells."""
    if visit.modified is None:
        return ""
    date = date_text(visit.modified.date().isoformat(), visit.lang)
    return word("foot-updated", visit.lang, date=date, number=visit.number)


def tongue(text: str, lang: Language) -> Markup:
    """Return the attribute that tells screen readers of a text in Russian on an English page, "" elsewhere."""
    return Markup(' lang="ru"') if lang == "en" and _CYRILLIC.search(text) else Markup("")


def mixed(text: str, lang: str) -> Markup:
    """Return a sentence, on an English page with what is Russian in it told apart for screen readers."""
    if lang != "en":
        return whole(text)
    told = _RUSSIAN.split(text)
    return Markup("").join(
        Markup('<span lang="ru">{}</span>').format(whole(part)) if at % 2 else whole(part)
        for at, part in enumerate(told)
    )


def whole(text: str) -> Markup:
    """Return a text none of whose ranges («16–26 января») is broken: a line may end behind any dash."""
    return Markup(_RANGE.sub(r'<span class="nw">\g<0></span>', str(escape(text))))


def quoted(text: str) -> str:
    """Return a phrase in quotation marks: in „…“ where one of its own («…») would stand beside ours."""
    return f"„{text}“" if text.startswith("«") or text.endswith("»") else f"«{text}»"


def shape(kind: str) -> Markup:
    """Return the sign of a kind of things (``viz/shapes.json``), the same on all pages; that of towns for another."""
    drawn = _shapes().get(kind) or _shapes()["towns"]
    look = "full" if drawn["isFull"] else "outline"
    sign = '<svg class="shape" viewBox="0 0 14 14" aria-hidden="true"><path d="{}" class="{}"/></svg>'
    return Markup(sign).format(drawn["path"], look)


@cache
def _shapes() -> Mapping[str, Mapping[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads((content_root() / "viz" / "shapes.json").read_text(encoding="utf-8"))
    return found


_TEMPLATES = Templates(
    "pages",
    {
        "tongue": tongue,
        "mixed": mixed,
        "whole": whole,
        "quoted": quoted,
        "country_colour": country_colour,
        "shape": shape,
        "read_as": read_as,
        "in_hundred": in_hundred,
    },
)


@cache
def is_built() -> bool:
    """Tell whether the scripts and fonts of the pages are there (hatch_build.py); pages work without them."""
    return _built().is_file()


@cache
def content_hash() -> str:
    """Return what changes with any template, style, script or word, so that no cache keeps an old page."""
    viz = content_root() / "viz"
    digest = hashlib.blake2b(digest_size=6)
    digest.update(stylesheet().encode())
    # The stamp of what is built changes with its sources.
    for file in [*sorted((viz / "pages").glob("*")), *sorted((viz / "words").glob("*.yml")), viz / "static" / ".stamp"]:
        digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()
