"""HTML pages: templates and words of ``viz/pages``, validators, compression, the headers that all pages bear."""

import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from pobratim.content import content_root
from pobratim.messages import Language
from pobratim.serving.http.addresses import Addresses, addresses_of
from pobratim.serving.http.negotiation import encoding
from pobratim.serving.http.requests import VARY, is_known, language_of
from pobratim.serving.workers.cache import Kept
from pobratim.serving.workers.encodings import SMALLEST, compressed
from pobratim.serving.workers.engine import Engine

POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
)
"""Content-Security-Policy of all pages: whatever a label may hold, no script of it runs."""
_CYRILLIC = re.compile("[А-Яа-яЁё]")


@dataclass(frozen=True, slots=True)
class Page:
    """A template of ``viz/pages`` with its values. ``forms`` are links to the same in RDF: (media type, link)."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    forms: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks for a page: language and addresses. ``is_chosen`` tells whether the address names the language."""

    lang: Language
    addresses: Addresses
    path: str
    query: tuple[tuple[str, str], ...]
    is_chosen: bool

    def link(self, link: str) -> str:
        """Return a link to another page that keeps the language which the visitor chose."""
        if not self.is_chosen or not link.startswith(self.addresses.root + "/"):
            return link
        address, mark, fragment = link.partition("#")
        return f"{address}{'&' if '?' in address else '?'}lang={self.lang}{mark}{fragment}"

    def to(self, path: str) -> str:
        """Return the link to a path of this server, such as ``/def``."""
        return self.link(self.addresses.root + path)

    def in_language(self, lang: str) -> str:
        """Return the link to this page in a language."""
        pairs = [*((name, value) for name, value in self.query if name != "lang"), ("lang", lang)]
        return f"{self.addresses.root}{self.path}?{urlencode(pairs)}"

    @property
    def canonical(self) -> str:
        """Return the URL of this page without a language."""
        pairs = [(name, value) for name, value in self.query if name != "lang"]
        return self.addresses.public + self.path + ("?" + urlencode(pairs) if pairs else "")


def visit_of(request: Request, engine: Engine) -> Visit:
    """Return who asks, in which language, at which addresses."""
    pairs = tuple(request.query_params.multi_items())
    addresses = addresses_of(request, engine)
    return Visit(language_of(request), addresses, request.url.path, pairs, "lang" in request.query_params)


async def answer_page(request: Request, engine: Engine, make: Callable[[Visit], Awaitable[Page]]) -> Response:
    """Return the page that ``make`` makes: 304 where the visitor has it, from memory where it was made before.

    Raises RefusedError as ``make`` does.
    """
    visit = visit_of(request, engine)
    form = encoding(request.headers.get("accept-encoding", ""))
    tag = validator(engine, "page", content_hash(), visit, form)
    headers = lasting_headers(engine, tag)
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    kept = engine.cache.get(tag)
    if kept is not None:
        response = Response(kept.body)
        response.raw_headers = list(kept.headers)
        return response
    page = await make(visit)
    body, encoded = _compressed(render(page, visit).encode(), form)
    headers |= _page_headers(page, visit) | encoded
    response = Response(body, page.status, headers)
    if page.status == 200:
        engine.cache.put(tag, Kept(tuple(response.raw_headers), body))
    return response


def render(page: Page, visit: Visit) -> str:
    """Return the HTML of a page."""
    return template(page.template).render(
        visit=visit, lang=visit.lang, t=_Words(visit.lang), forms=page.forms, **page.values
    )


def template(name: str) -> Template:
    """Return a template of ``viz/pages``."""
    return _environment().get_template(name)


def html_headers(lang: Language) -> dict[str, str]:
    """Return the headers of any HTML page."""
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Language": lang,
        "Content-Security-Policy": POLICY,
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }


def validator(engine: Engine, *parts: object) -> str:
    """Return the ETag, without quotation marks, of what the served generation and ``parts`` determine."""
    return hashlib.blake2b(repr((engine.served.tag, *parts)).encode(errors="replace"), digest_size=16).hexdigest()


def lasting_headers(engine: Engine, tag: str) -> dict[str, str]:
    """Return the headers of an answer that stays as it is while the generation does."""
    return {"ETag": f'"{tag}"', "Cache-Control": f"public, max-age={engine.settings.max_age}", "Vary": VARY}


@cache
def words() -> Mapping[str, Any]:
    """Return the words of the pages: ``viz/pages.yml``."""
    loaded: Mapping[str, Any] = yaml.safe_load((content_root() / "viz" / "pages.yml").read_text(encoding="utf-8"))
    return loaded


def word(code: str, lang: Language, **values: object) -> str:
    """Return a word or sentence of the pages, its {slots} filled. Raises KeyError for an unknown one."""
    text: str = words()["strings"][code][lang]
    return text.format(**values) if values else text


def counted(code: str, number: int, lang: Language) -> str:
    """Return a number with its noun; the forms stand in pages.yml by ``|``: 1, 2, 5 in Russian, 1, 2 in English."""
    forms = words()["counted"][code][lang].split("|")
    return f"{grouped(number, lang)} {forms[_plural(number, lang)]}"


def grouped(number: int, lang: Language) -> str:
    """Return a number with its thousands set apart."""
    return f"{number:,}".replace(",", "\u00a0" if lang == "ru" else ",")


def _plural(number: int, lang: Language) -> int:
    """Return which form a number takes (Unicode CLDR, plural rules of ru and en)."""
    if lang == "en":
        return int(number != 1)
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2


class _Words:
    """The words in one language, for templates: ``t("code")``, ``t.counted("code", n)``."""

    def __init__(self, lang: Language) -> None:
        self._lang = lang

    def __call__(self, code: str, **values: object) -> str:
        return word(code, self._lang, **values)

    def counted(self, code: str, number: int) -> str:
        return counted(code, number, self._lang)

    def number(self, number: int) -> str:
        return grouped(number, self._lang)


@cache
def _environment() -> Environment:
    folder = content_root() / "viz" / "pages"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["version"] = content_hash()
    environment.filters["tongue"] = tongue
    return environment


def tongue(text: str, lang: Language) -> Markup:
    """Return the attribute that tells screen readers of a text in Russian on an English page, "" elsewhere."""
    return Markup(' lang="ru"') if lang == "en" and _CYRILLIC.search(text) else Markup("")


@cache
def content_hash() -> str:
    """Return what changes with any template, style or word, so that no cache keeps an old page."""
    viz = content_root() / "viz"
    digest = hashlib.blake2b(digest_size=6)
    for file in [*sorted((viz / "pages").glob("*")), viz / "pages.css", viz / "pages.yml"]:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _page_headers(page: Page, visit: Visit) -> dict[str, str]:
    links = ", ".join(f'<{link}>; rel="alternate describedby"; type="{kind}"' for kind, link in page.forms)
    return html_headers(visit.lang) | ({"Link": links} if links else {})


def _compressed(body: bytes, form: str) -> tuple[bytes, dict[str, str]]:
    if not form or len(body) < SMALLEST:
        return body, {}
    return compressed(body, form), {"Content-Encoding": form}
