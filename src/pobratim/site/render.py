"""Pages as HTML: the templates of ``viz/pages``."""

import hashlib
import re
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from pobratim.content import content_root
from pobratim.messages import Language
from pobratim.site.page import Page, Visit
from pobratim.site.words import Words

_CYRILLIC = re.compile("[А-Яа-яЁё]")


def render(page: Page, visit: Visit) -> str:
    """Return the HTML of a page."""
    return template(page.template).render(
        visit=visit, lang=visit.lang, t=Words(visit.lang), forms=page.forms, **page.values
    )


def template(name: str) -> Template:
    """Return a template of ``viz/pages``."""
    return _environment().get_template(name)


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
    for file in [*sorted((viz / "pages").glob("*")), viz / "pages.css", *sorted((viz / "words").glob("*.yml"))]:
        digest.update(file.read_bytes())
    return digest.hexdigest()
