"""Fetch the twin towns of a country or region, page by page, as one SPARQL results document."""

import json
import re
from typing import Any

from pobratim.content import content_root
from pobratim.errors import ContentError
from pobratim.progress import Step, silent
from pobratim.readers.grid import unreadable
from pobratim.sources import WikidataSettings
from pobratim.wikidata.endpoint import Endpoint

_SLOTS = {
    "home": (re.compile(r'(?<=VALUES \?home \{ ")[^"]*(?=" \})'), re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")),
    "limit": (re.compile(r"(?<=^LIMIT )\d+$", re.M), re.compile(r"[1-9]\d*")),
    "offset": (re.compile(r"(?<=^OFFSET )\d+$", re.M), re.compile(r"\d+")),
}
"""Where a remote question takes a value (its file is a whole question as it stands), and the form of the value."""


def fetch(home: str, endpoint: Endpoint, settings: WikidataSettings, step: Step = silent) -> bytes:
    """Return all statements of ``home`` ("RU", "RU-SMO") as SPARQL results JSON, the same bytes for the same answers.

    ``complete`` in it tells whether the limit of pages cut them. Raises UnreadableDocumentError as Endpoint does, and
    where there is nothing.
    """
    template = remote_query(settings.query)
    bindings: list[Any] = []
    complete = False
    for page in range(settings.pages):
        if page:
            endpoint.wait(settings.pause)
        query = filled(template, home=home, limit=str(settings.page), offset=str(page * settings.page))
        found = endpoint.ask(query)["results"]["bindings"]
        bindings.extend(found)
        step("stage-fetch", page + 1, settings.pages)
        if len(found) < settings.page:
            complete = True
            break
    if not bindings:
        raise unreadable("wikidata-no-answer", endpoint.url, home=home)
    ordered = sorted(bindings, key=lambda binding: json.dumps(binding, sort_keys=True))
    content = {"head": {"vars": []}, "results": {"bindings": ordered}, "complete": complete}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode()


def remote_query(name: str) -> str:
    """Return the text of queries/remote/NAME.rq. Raises ContentError where there is no such file."""
    file = content_root() / "queries" / "remote" / f"{name}.rq"
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise ContentError("remote-query-missing", name=name) from error


def filled(template: str, **values: str) -> str:
    """Return a remote question with values in its slots. Raises ContentError for a slot that is not there just once."""
    for name, value in values.items():
        place, form = _SLOTS[name]
        if len(place.findall(template)) != 1 or not form.fullmatch(value):
            raise ContentError("remote-query-slot", slot=name, value=value)
        template = place.sub(value, template)
    return template
