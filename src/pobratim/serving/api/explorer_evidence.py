"""``/explore/evidence``: the sentence that a tie, event or agreement is based on, as JSON or as a part of a page."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pobratim.explore import Index
from pobratim.explore.agreements import Agreement
from pobratim.explore.parties import Party, party_of
from pobratim.explore.tie_steps import tie_grounds, tie_of, ties_of_both
from pobratim.messages import Language
from pobratim.serving.http.pages import html_headers, lasting_headers, validator, visit_of
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.http.requests import client_of, is_known, language_of
from pobratim.serving.http.sending import page_format
from pobratim.serving.workers.asker import asker_of
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.site.explorer.evidence import Exhibit, Ground, Subject, agreement_ground, event_ground, exhibit, ground_of
from pobratim.site.explorer.wording import Wording
from pobratim.site.page import Page
from pobratim.site.render import render

_PATHS: dict[Subject, str] = {"event": "activity", "agreement": "agreement"}
"""What IRIs call the kinds of grounds."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The ground asked for, and where it stands among those of its tie; a ground by itself is the only one."""

    ground: Ground
    at: int
    total: int


def routes(engine: Engine) -> list[Route]:
    """Return the route of evidence."""

    async def evidence(request: Request) -> Response:
        return await _answer(request, engine)

    return paths("/explore/evidence", evidence, READ)


async def _answer(request: Request, engine: Engine) -> Response:
    """Return one piece of evidence. Raises RefusedError 404 for what is not there."""
    lang, form = language_of(request), page_format(request)
    tag = validator(engine, "evidence", sorted(request.query_params.multi_items()), form, lang)
    headers = lasting_headers(engine, tag)
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    visit, asker = visit_of(request, engine), asker_of(engine, client_of(request))
    base = engine.served.base
    found = await asker.explored(lambda index: _found(index, request, base, lang))
    shown = await exhibit(asker, found.ground, visit)
    if form == "html":
        w = Wording(lang)
        turn = {way: _turn(request, found, step) for way, step in (("back", -1), ("on", 1))}
        values = {
            "w": w,
            "exhibit": shown,
            "at": found.at,
            "total": found.total,
            "turn": turn,
            "is_open": "row" in request.query_params,
        }
        return Response(
            render(Page("evidence-fragment.html", values), visit), headers={**headers, **html_headers(lang)}
        )
    return JSONResponse(_told(shown, found, engine.served.number), headers=headers)


def _found(index: Index, request: Request, base: str, lang: Language) -> _Found:
    query, w = request.query_params, Wording(lang)
    if query.get("tie"):
        return _of_tie(index, query["tie"], query.get("at", "1"), base, w)
    for kind, path in _PATHS.items():
        key = query.get(kind, "")
        if key:
            sides = [party for ref in query.get("for", "").split(",") if ref and (party := party_of(index, ref))]
            ground = ground_of(index, kind, f"{base}/id/{path}/{key}", sides, w)
            if ground is None:
                raise RefusedError(404, "evidence-unknown", {"found": key[:100]})
            return _Found(ground, 1, 1)
    raise RefusedError(400, "evidence-of-what")


def _of_tie(index: Index, key: str, at: str, base: str, w: Wording) -> _Found:
    meant = _meant(index, key, base)
    if meant is None:
        raise RefusedError(404, "evidence-unknown", {"found": key[:100]})
    ties, sides = meant
    number = int(at) if at.isascii() and at.isdecimal() and len(at) < 7 else 1
    found = tie_grounds(index, ties, max(number, 1))
    if found.ground is None:
        raise RefusedError(404, "evidence-unknown", {"found": key[:100]})
    if isinstance(found.ground, Agreement):
        return _Found(agreement_ground(found.ground, w), found.at, found.total)
    return _Found(event_ground(found.ground, sides, w), found.at, found.total)


def _meant(index: Index, key: str, base: str) -> tuple[Sequence[int], tuple[Party, Party]] | None:
    """Return the ties (numbers) and sides of a key, or of "A~B", as a picture has all ties of two parties in one."""
    one, parted, other = key.partition("~")
    if parted:
        left, right = party_of(index, one), party_of(index, other)
        return (ties_of_both(index, left, right), (left, right)) if left and right else None
    tie = tie_of(index, f"{base}/id/tie/", key)
    return ([tie.number], (tie.left, tie.right)) if tie else None


def _turn(request: Request, found: _Found, step: int) -> str:
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name != "at"]
    return f"?{urlencode([*pairs, ('at', (found.at - 1 + step) % found.total + 1)])}"


def _told(shown: Exhibit, found: _Found, generation: int) -> dict[str, Any]:
    told = asdict(shown)
    told["ground"].pop("sought")
    return {"generation": generation, "total": found.total, "at": found.at, "more": found.at < found.total, **told}
