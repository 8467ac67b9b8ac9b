"""Pages as HTML: the templates of ``viz/pages``."""

import hashlib
import re
from functools import cache

from markupsafe import Markup

from pobratim.content import content_root
from pobratim.messages import Language
from pobratim.site.page import Page, Visit
from pobratim.site.words import Words
from pobratim.templating.templates import Templates

_CYRILLIC = re.compile("[А-Яа-яЁё]")


def render(page: Page, visit: Visit) -> str:
    """Return the HTML of a page."""
    common = {
        "visit": visit,
        "lang": visit.lang,
        "t": Words(visit.lang),
        "forms": page.forms,
        "version": content_hash(),
    }
    return _TEMPLATES.render(page.template, {**common, **page.values})


def tongue(text: str, lang: Language) -> Markup:
    """Return the attribute that tells screen readers of a text in Russian on an English page, "" elsewhere."""
    return Markup(' lang="ru"') if lang == "en" and _CYRILLIC.search(text) else Markup("")


_TEMPLATES = Templates("pages", {"tongue": tongue})


@cache
def content_hash() -> str:
    """Return what changes with any template, style or word, so that no cache keeps an old page."""
    viz = content_root() / "viz"
    digest = hashlib.blake2b(digest_size=6)
    for file in [*sorted((viz / "pages").glob("*")), viz / "pages.css", *sorted((viz / "words").glob("*.yml"))]:
        digest.update(file.read_bytes())
    return digest.hexdigest()
