"""``/review/names``: what may be meant while an editor types a name: things of the data, and towns of the gazetteer."""

import asyncio
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pobratim.editing.towns import Town, towns_begun, towns_named
from pobratim.messages import Language
from pobratim.search import SearchIndex
from pobratim.search.references import key_of
from pobratim.serving.editing.office import Office
from pobratim.serving.http.pages import visit_of
from pobratim.serving.workers.refusal import RefusedError

_TYPES: Mapping[str, tuple[str, ...]] = {
    "place": ("place",), "party": ("place", "institution"), "series": ("series",),
}  # fmt: skip
_HITS, _TOWNS = 6, 6
_LISTED = 8
"""Towns of one name that are listed to choose from."""
_LONGEST = 200


async def offered(office: Office, request: Request) -> Response:
    """Return the names that may be meant by ``?q=`` where ``?what=`` is named: what to write, and what it is."""
    given, what = request.query_params.get("q", "").strip()[:_LONGEST], request.query_params.get("what", "")
    found: list[dict[str, str]] = []
    if given and what in _TYPES:
        index = (await office.searching.index())[0]
        found = await asyncio.to_thread(_names, index, given, what, visit_of(request, office.engine).lang)
    return JSONResponse({"names": found}, headers={"Cache-Control": "no-store"})


def _names(index: SearchIndex, given: str, what: str, lang: Language) -> list[dict[str, str]]:
    hits = index.find(given, limit=_HITS, types=_TYPES[what], lang=lang)
    found = [{"name": one.label, "note": ", ".join(filter(None, (one.place, one.country)))} for one in hits]
    known = {key_of(one.iri) for one in hits}
    towns: list[Town] = towns_begun(given, "ru", _TOWNS) if what != "series" else []
    return found + [{"name": one.written, "note": ""} for one in towns if one.key not in known]


def town_meant(name: str) -> tuple[str, str] | None:
    """Return a town of the gazetteer, None where none is called so. Raises RefusedError 400 where several are."""
    found = towns_named(name, "ru")
    if len(found) > 1:
        listed = "; ".join(one.written for one in found[:_LISTED])
        raise RefusedError(400, "several-towns", {"value": name[:100], "towns": listed})
    return ("place", found[0].key) if found else None
