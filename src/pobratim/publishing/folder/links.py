"""Links of pages that lie as files: relative, to files that are there, or to the page that says a server is needed."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from pobratim.messages import Language
from pobratim.publishing.explorer import EVENT
from pobratim.publishing.explorer import FOLDER as EXPLORER
from pobratim.publishing.folder.documents import TIMES, Documents
from pobratim.site.areas import area_iri
from pobratim.site.sharing import ENDING, PICTURES

SERVER = "needs-server"
"""The page that says that an address needs a server."""
MISSING = "404"
"""The page that hosts show in place of one that is not there, wherever that was looked for."""
SEARCH = "search"
"""The page that looks names up without a server."""
_PICTURE = "picture"
"""What the file of a page's picture is called, beside that of the page."""
_SHOWN = ("view",)
"""What of an address a script reads."""
_KEPT = ("level", "group", *_SHOWN)
"""What of an address makes another page of files; all else is a selection, which a server or a browser makes."""
_WHOLE = ("page", "seed")
"""What makes further ones where each thing and each list has all its pages."""
_APART = frozenset(("level", "seed"))
"""A page for each of both together would be too many."""
_COMMON = ("country", "region", "place", "with", "kind", "status", "from", "to", "page")
_CHOSEN: Mapping[str, frozenset[str]] = {
    "/events": frozenset((*_COMMON, "topic", "mode", "level")),
    "/agreements": frozenset((*_COMMON, "level")),
    "/partners": frozenset((*_COMMON, "topic", "mode")),
    "/map": frozenset((*_COMMON, "topic", "mode")) - {"page"},
    "/time": frozenset((*_COMMON, "topic", "mode", "a", "b")) - {"status", "from", "to", "page"},
}
"""Lists, and what of an address a browser chooses of them (``viz/app/list``): later pages too."""
_YEAR, _YEARS = re.compile(r"[0-9]{4}"), re.compile(r"[0-9]{4}(\.\.[0-9]{4})?")
_TIMES = {"from": _YEAR, "to": _YEAR, "a": _YEARS, "b": _YEARS}
"""What a browser can choose of time: a year, and of periods several."""
_ASKED = re.compile(r"[a-z0-9][a-z0-9._:-]*")
_BEGUN = {f"/{EXPLORER}/": f"{EXPLORER}/"}
"""Beginnings of addresses that scripts end, and what they are among files."""
_PAIR, _AROUND = "pair", "network/around"
"""Pages that a browser makes (``publishing/explorer/pages.py``)."""
_MADE = frozenset(("seed", "level"))
"""What of an address such a page of a network reads."""
_MANY = 20_000
"""Links that are remembered of pages in folders of one depth: heads and feet have them all alike."""
_AREAS = {"country": "country", "region": "region"}


@dataclass(frozen=True, slots=True)
class Route:
    """A page of files: its folder ("" for the first page), and what a server is asked for to have the same."""

    folder: str
    path: str
    query: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Links:
    """What is where in a folder. ``documents`` tells what is about what; ``pages`` and ``data`` are those that exist.

    ``routes`` are further pages that a site makes, by folder; ``wanted`` gathers such that pages led to and that can be
    made. ``own`` are pages that only folders have, ``files`` other addresses of a server → paths of files. Where a
    folder ``is_whole`` each pair, each network around a party and each page of a list is a page; else a browser makes
    them of the files beside. Where pages are slim (``site/page.py``) what only a server shows is no link in them.
    """

    base: str
    public: str
    languages: Sequence[Language]
    documents: Documents
    pages: Collection[str]
    data: Collection[str]
    fixed: Mapping[str, str]
    own: Collection[str] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    is_whole: bool = True
    is_slim: bool = False
    wanted: dict[str, Route] = field(default_factory=dict)
    _patterns: tuple[re.Pattern[str], re.Pattern[str] | None] | None = None
    _known: dict[tuple[str, Language], dict[str, str]] = field(default_factory=dict)
    _led: int = 0

    def page_file(self, folder: str, lang: Language) -> str:
        """Return the file of a page in a language."""
        if folder == MISSING:
            return f"{MISSING}.html" if lang == self.languages[0] else f"{MISSING}.{lang}.html"
        name = "index.html" if lang == self.languages[0] else f"index.{lang}.html"
        return f"{folder}/{name}" if folder else name

    def address(self, folder: str, lang: Language) -> str:
        """Return how links name a page: as a folder where that is enough."""
        if lang == self.languages[0] and folder != MISSING:
            return f"{folder}/" if folder else ""
        return self.page_file(folder, lang)

    def picture_file(self, folder: str, lang: Language) -> str:
        """Return the file of the picture of a page."""
        name = f"{_PICTURE}.png" if lang == self.languages[0] else f"{_PICTURE}.{lang}.png"
        return f"{folder}/{name}" if folder else name

    def translated(self, html: str, folder: str, lang: Language) -> str:
        """Return a page with all its links to addresses of a server as links to files."""
        root = urlsplit(self.public).path
        here = "../" * (folder.count("/") + 1 if folder else 0) if folder != MISSING else f"{root}/"
        known = self._known.setdefault((here, lang), {})
        if len(known) > _MANY:
            known.clear()
        own = f"/{folder}"

        def relative(found: re.Match[str]) -> str:
            whole = found[0]
            if self.is_slim and folder and found[1] == root and found[2].startswith(own):
                return self._linked(found, root, here, lang).replace(f'"{here}{folder}/', '"', 1)
            if whole not in known:
                led = self._led
                made = self._linked(found, root, here, lang)
                if self._led > led:
                    return made  # each page tells again where it led
                known[whole] = made
            return known[whole]

        if self._patterns is None:
            self._patterns = self._patterns_of(root)
        links, bare = self._patterns
        return links.sub(relative, bare.sub(_without_link, html) if bare else html)

    def _patterns_of(self, root: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
        """Return what finds links, and in slim pages those to what only a server shows."""
        # Quotation marks stand in the text of pages as references: what lies between plain ones is an attribute
        # or a string of JSON. A word in JSON never begins with a slash.
        starts = "|".join(map(re.escape, sorted({self.public, root}, key=len, reverse=True)))
        links, kinds = re.compile(rf'"({starts})(/[^"<>]*)"'), "|".join(sorted(self.documents.pageless()))
        if not (self.is_slim and kinds):
            return links, None
        attributes = r'(?:[a-z-]+="[^"]*" ?)*'
        bare = rf'<a ({attributes})href="(?:{starts})/doc/(?:{kinds})/[^"]*" ?({attributes})>(.*?)</a>'
        return links, re.compile(bare, re.DOTALL)

    def _linked(self, found: re.Match[str], root: str, here: str, lang: Language) -> str:
        start, link = found[1], unescape(found[2])
        if start != root and start != self.public:
            return found[0]
        target = self.target(link, lang)
        is_whole = start == self.public and self.public != root
        made = (
            target
            if ":" in target.partition("/")[0]
            else f"{self.public}/{target}"
            if is_whole
            else f"{here}{target}" or "./"
        )
        return f'"{escape(made)}"'

    def target(self, link: str, lang: Language) -> str:
        """Return the file that an address of a server leads to, as a path below the folder, or an IRI of others."""
        if link in _BEGUN:
            return _BEGUN[link]
        if link.startswith("/doc/") and link[1:] in self.pages:
            return self.address(link[1:], lang)
        address, mark, fragment = link.partition("#")
        path, _, query = address.partition("?")
        pairs, to = self._asked(query, lang) if query else ([], lang)
        found = self._target(unquote(path), pairs, to)
        return (self._server(path, pairs, to) if found is None else found) + mark + fragment

    def _asked(self, query: str, lang: Language) -> tuple[list[tuple[str, str]], Language]:
        """Return what an address asks for, and in which language."""
        pairs = [
            (name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name not in ("v", "generation")
        ]
        asked = dict(pairs).get("lang", "")
        to = next((each for each in self.languages if each == asked), lang)
        return [pair for pair in pairs if pair[0] != "lang"], to

    def _target(self, path: str, pairs: Sequence[tuple[str, str]], lang: Language) -> str | None:
        if path.startswith("/static/"):
            return path[1:]
        if path == "/describe":
            return dict(pairs).get("iri", "")
        if path.startswith(PICTURES) and path.endswith(ENDING):
            page = path.removeprefix(PICTURES).removesuffix(ENDING).removeprefix("/")
            return self.picture_file(self._documented(page) if page.startswith("doc/") else page, lang)
        if path in self.files:
            return self.files[path]
        if path[1:] in self.data:
            return path[1:]
        if path[1:].rstrip("/") in self.own:
            return self.address(path[1:].rstrip("/"), lang)
        if path == "/search":
            query = urlencode(pairs)
            return self.address(SEARCH, lang) + (f"?{query}" if query else "")
        if path.startswith(("/doc/", "/def", "/lexicon", "/graph/", "/void")):
            return self._document(path, pairs, lang)
        return self._other(path, pairs, lang)

    def _document(self, path: str, pairs: Sequence[tuple[str, str]], lang: Language) -> str | None:
        if pairs:
            return None
        stem, _, ending = path[1:].rpartition(".")
        if stem and f"{stem}.{ending}" in self.data:
            return f"{stem}.{ending}"
        if f"{path.removeprefix('/doc/')}.ttl" in self.data:
            return f"{path.removeprefix('/doc/')}.ttl"  # the text of a version of the vocabulary
        if path.startswith("/doc/") and self.documents.is_pageless(path.split("/", 3)[2]):
            return None
        document = self._documented(path[1:])
        if document in self.pages:
            at = f"#{path.rpartition('/')[2]}" if document == TIMES and path[1:] != TIMES else ""
            return self.address(document, lang) + at
        if document.startswith("doc/activity/") and self.documents.pack_of(document):
            return f"{self.address(EVENT, lang)}?{urlencode({'key': document.rpartition('/')[2]})}"
        area = area_iri(path.removeprefix("/doc/"))  # one without ties has no page: a country's IRI is others'
        return area if area and not area.startswith(self.base) else None

    def _documented(self, path: str) -> str:
        if path in self.pages:
            return path
        below = path.removeprefix("doc/")
        return self.documents.of_path(below if below.startswith("def/") or below == path else f"id/{below}")

    def _other(self, path: str, pairs: Sequence[tuple[str, str]], lang: Language) -> str | None:
        names, kept = {name for name, _ in pairs}, (*_KEPT, *_WHOLE) if self.is_whole else _KEPT
        if (
            path in self.fixed
            and not names >= _APART
            and all(name in kept and _ASKED.fullmatch(value) for name, value in pairs)
        ):
            shown = [pair for pair in pairs if pair[0] in _SHOWN]
            made = self._route(self.fixed[path], path, [pair for pair in pairs if pair not in shown], lang)
            return made + (f"?{urlencode(shown)}" if shown else "")
        if path in self.fixed and len(pairs) == 1 and pairs[0][0] in _AREAS:
            area = f"doc/{_AREAS[pairs[0][0]]}/{pairs[0][1].lower()}"
            if area in self.pages:
                return self.address(area, lang)
        steps = path.split("/")[1:]
        is_pair = steps[0] == _PAIR and len(steps) == 3 and not pairs and self.is_whole and "," not in path
        is_question = steps[0] == "queries" and steps[-1] == "about" and not pairs
        if (is_pair or is_question) and all(_ASKED.fullmatch(step) for step in steps):
            return self._route("/".join(steps), path, pairs, lang)
        return self._made(path, pairs, lang)

    def _made(self, path: str, pairs: Sequence[tuple[str, str]], lang: Language) -> str | None:
        """Return the page that a browser makes of files, None where it makes none."""
        steps = path.split("/")[1:]
        if steps[0] == _PAIR and len(steps) == 3 and "," not in path and not pairs:
            return f"{self.address(_PAIR, lang)}?{urlencode({'a': steps[1], 'b': steps[2]})}"
        names = {name for name, _ in pairs}
        if path == "/network" and "seed" in names <= _MADE:
            return f"{self.address(_AROUND, lang)}?{urlencode(list(pairs))}"
        fields = _CHOSEN.get(path, frozenset())
        shown = [pair for pair in pairs if pair[0] in fields]
        if shown and path in self.fixed and all(_TIMES[name].fullmatch(at) for name, at in shown if name in _TIMES):
            rest = [pair for pair in pairs if pair not in shown]
            first = self._other(path, rest, lang)
            return f"{first}?{urlencode(shown)}" if first and "?" not in first else None
        return None

    def _route(self, start: str, path: str, pairs: Sequence[tuple[str, str]], lang: Language) -> str:
        steps = [start, *(f"{name}-{value}" for name, value in sorted(pairs))]
        folder = "/".join(step for step in steps if step).replace(":", ".")  # some systems have no colons in names
        if folder not in self.pages:
            self._led += 1
            self.wanted[folder] = Route(folder, path, tuple(sorted(pairs)))
        return self.address(folder, lang)

    def _server(self, path: str, pairs: Sequence[tuple[str, str]], lang: Language) -> str:
        asked = path + (f"?{urlencode(list(pairs))}" if pairs else "")
        return f"{self.address(SERVER, lang)}?address={quote(asked, safe='/')}"


def _without_link(found: re.Match[str]) -> str:
    """Return what a link stands on, with what else was said of it than where it leads."""
    attributes = (found[1] + found[2]).strip()
    return f"<span {attributes}>{found[3]}</span>" if attributes else found[3]


def links_of(html: str) -> Iterator[str]:
    """Yield the targets of the links of a page, as they stand there."""
    for found in re.finditer(r'\b(?:href|src|action)="([^"]*)"', html):
        yield unescape(found[1])
