"""Files to take away: ``/brief/….docx``, ``/yearly/…``, ``/partners.xlsx`` and its like, ``/map.svg``; ``/paths``;
pictures of pages (``/picture/….png``)."""

import asyncio
import io
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pobratim.errors import UsageError
from pobratim.explore.parties import Party, party_of
from pobratim.explore.yearly import yearly_of
from pobratim.messages import explain
from pobratim.papers.card import png
from pobratim.papers.form import form
from pobratim.papers.lettering import has_letters
from pobratim.papers.paper import Paper
from pobratim.query.workbook import write_sheets
from pobratim.search.references import UnknownNameError
from pobratim.serving.api.named_parties import NamedParties
from pobratim.serving.http.addresses import addresses_of
from pobratim.serving.http.negotiation import MEDIA_TYPES
from pobratim.serving.http.pages import answer_page, lasting_headers, validator, visit_of
from pobratim.serving.http.paths import READ, Handler, paths
from pobratim.serving.http.requests import VARY, client_of, is_known
from pobratim.serving.workers.asker import asker_of
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.searching import Searching
from pobratim.site.explorer.brief import pair_brief, party_brief
from pobratim.site.explorer.map import map_file
from pobratim.site.explorer.pair import unknown_page
from pobratim.site.explorer.paths import ENDS, paths_at
from pobratim.site.explorer.sheet_rows import Sheet
from pobratim.site.explorer.sheets import LISTS, sheets
from pobratim.site.explorer.thing_sheets import KINDS, thing_sheets
from pobratim.site.explorer.yearly import YearlyTable, asked_year, municipality_of, yearly_at
from pobratim.site.kinds import page_at
from pobratim.site.page import Page, Visit
from pobratim.site.render import content_hash
from pobratim.site.sharing import ENDING, PICTURES

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""The media type of .docx (IANA)."""
_KINDS = {"docx": WORD, "xlsx": MEDIA_TYPES["xlsx"], "svg": "image/svg+xml", "png": "image/png"}
Make = Callable[[Visit], Awaitable[bytes]]


def routes(engine: Engine, searching: Searching) -> list[Route]:
    """Return the routes of briefs, yearly tables, lists in Excel, and paths."""
    papers = _Papers(engine, searching)
    return [
        *paths("/brief/{a}.docx", papers.brief, READ),
        *paths("/brief/{a}/{b}.docx", papers.brief, READ),
        *paths("/yearly/{a}/{year}.{form}", papers.yearly_file, READ),
        *paths("/yearly/{a}/{year}", papers.yearly, READ),
        *paths("/paths", papers.paths, READ),
        *paths("/map.svg", papers.map, READ),
        *paths(f"{PICTURES}{ENDING}", papers.picture, READ),
        *paths(f"{PICTURES}/{{page:path}}{ENDING}", papers.picture, READ),
        *(route for kind in KINDS for route in paths(f"/doc/{kind}/{{key}}.xlsx", papers.thing(kind), READ)),
        *(route for name in LISTS for route in paths(f"/{name}.xlsx", papers.listed(name), READ)),
    ]


class _Papers:
    """Answers requests; parties go by any name, and the answer is at the address with their references."""

    def __init__(self, engine: Engine, searching: Searching) -> None:
        self._engine, self._named = engine, NamedParties(engine, searching)

    async def brief(self, request: Request) -> Response:
        """Return a brief in Word. Raises RefusedError 404 for who is unknown, 400 for a party beside itself."""
        names = [request.path_params[side] for side in ("a", "b") if side in request.path_params]
        refs = [await self._ref(name, request) for name in names]
        if refs != names:
            return self._leads_on(request, f"/brief/{'/'.join(refs)}.docx")
        parties = [await self._party(ref) for ref in refs]
        if len(set(parties)) < len(parties):
            raise RefusedError(400, "paper-same", {"name": parties[0].name})
        asker = asker_of(self._engine, client_of(request))

        async def made(visit: Visit) -> bytes:
            first, *others = parties
            paper = await (pair_brief(asker, first, others[0], visit) if others else party_brief(asker, first, visit))
            return await asyncio.to_thread(_word_file, paper)

        return await self._file(request, "-".join(["brief", *refs]), "docx", made)

    async def yearly(self, request: Request) -> Response:
        """Return the page of a yearly table, or a redirect to it, or the page that says who is not known."""
        year, asker = request.path_params["year"], asker_of(self._engine, client_of(request))
        try:
            ref = await self._named.ref(request.path_params["a"], request)
        except UnknownNameError as error:
            return await self._unknown(request, error)
        if ref != request.path_params["a"]:
            return self._leads_on(request, f"/yearly/{ref}/{year}")
        return await answer_page(request, self._engine, lambda visit: yearly_at(asker, visit, f"{ref}/{year}"))

    async def yearly_file(self, request: Request) -> Response:
        """Return a yearly table for Excel or Word. Raises RefusedError 404 and 400."""
        name, told_year, kind = (request.path_params[each] for each in ("a", "year", "form"))
        year = asked_year(told_year)
        if kind not in ("docx", "xlsx") or year is None:
            raise RefusedError(404, "not-found", {"path": request.url.path})
        ref = await self._ref(name, request)
        if ref != name:
            return self._leads_on(request, f"/yearly/{ref}/{year}.{kind}")

        async def made(visit: Visit) -> bytes:
            def table() -> YearlyTable:
                return YearlyTable(told, form(), visit)

            party = await self._engine.exploring.explored(lambda index: municipality_of(index, ref, visit))
            if party is None:
                raise RefusedError(404, "party-unknown", {"found": ref})
            told = await self._engine.exploring.explored(lambda index: yearly_of(index, party, year))
            if kind == "docx":
                return await asyncio.to_thread(lambda: _word_file(table().paper()))
            return await asyncio.to_thread(lambda: _workbook(table().sheets()))

        return await self._file(request, f"yearly-{ref}-{year}", kind, made)

    async def paths(self, request: Request) -> Response:
        """Return the page of the paths between two parties."""
        asker, asked = asker_of(self._engine, client_of(request)), dict(request.query_params)
        names = {end: asked.get(end, "").strip() for end in ENDS}
        if all(names.values()):
            try:
                refs = {end: await self._named.ref(name, request) for end, name in names.items()}
            except UnknownNameError as error:
                return await self._unknown(request, error)
            if refs != {end: asked[end] for end in ENDS}:
                return self._leads_on(request, "/paths", refs)
        return await answer_page(request, self._engine, lambda visit: paths_at(asker, visit, "paths"))

    async def map(self, request: Request) -> Response:
        """Return the map as a picture. Raises RefusedError 400 for a selection without sense."""

        async def made(visit: Visit) -> bytes:
            drawn = await self._engine.exploring.explored(lambda index: map_file(index, visit))
            return drawn.encode()

        return await self._file(request, "map", "svg", made)

    async def picture(self, request: Request) -> Response:
        """Return what stands for a page elsewhere as PNG. Raises RefusedError 404 for a page that has no such card."""
        page = request.path_params.get("page", "")

        async def made(visit: Visit) -> bytes:
            of_page = replace(visit, path=f"/{page}", query=())
            found = await page_at(asker_of(self._engine, client_of(request)), of_page)
            if found is None or found.status != 200 or found.card is None or not has_letters():
                raise RefusedError(404, "not-found", {"path": request.url.path})
            return await asyncio.to_thread(png, found.card)

        return await self._file(request, "picture", "png", made)

    def thing(self, kind: str) -> Handler:
        """Return the handler of a thing in Excel; it raises RefusedError 404 where there is none."""

        async def handler(request: Request) -> Response:
            key = request.path_params["key"]
            iri = f"{asker_of(self._engine, client_of(request)).data.base}/id/{kind}/{key}"

            async def made(visit: Visit) -> bytes:
                found = await self._engine.exploring.explored(lambda index: thing_sheets(index, kind, iri, visit))
                if found is None:
                    raise RefusedError(404, "paper-nothing", {"name": key})
                return await asyncio.to_thread(_workbook, found)

            return await self._file(request, f"{kind}-{key}", "xlsx", made)

        return handler

    def listed(self, name: str) -> Handler:
        """Return the handler of a list in Excel; it raises RefusedError 400 for a selection without sense."""

        async def handler(request: Request) -> Response:
            async def made(visit: Visit) -> bytes:
                found = await self._engine.exploring.explored(lambda index: sheets(index, name, visit))
                return await asyncio.to_thread(_workbook, found)

            return await self._file(request, name, "xlsx", made)

        return handler

    async def _ref(self, name: str, request: Request) -> str:
        try:
            return await self._named.ref(name, request)
        except UnknownNameError as error:
            raise RefusedError(404, error.code, dict(error.values)) from error

    async def _party(self, ref: str) -> Party:
        found = await self._engine.exploring.explored(lambda index: party_of(index, ref))
        if found is None:
            raise RefusedError(404, "paper-nothing", {"name": ref})
        return found

    async def _file(self, request: Request, name: str, kind: str, make: Make) -> Response:
        visit = visit_of(request, self._engine)
        tag = validator(self._engine, "paper", content_hash(), kind, visit)
        headers = lasting_headers(self._engine, tag) | {"Content-Type": _KINDS[kind]}
        if is_known(request, tag):
            return Response(status_code=304, headers=headers)
        try:
            content = await make(visit)
        except UsageError as error:
            raise RefusedError(400, error.code, dict(error.values)) from error
        if kind != "png":  # a picture is shown where it is asked for
            headers["Content-Disposition"] = f'attachment; filename="{name.replace(":", "-")}.{kind}"'
        return Response(content, headers=headers)

    def _leads_on(self, request: Request, path: str, pairs: Mapping[str, str] | None = None) -> Response:
        link = addresses_of(request, self._engine).root + quote(path, safe="/:.")
        given = [(name, value) for name, value in request.query_params.multi_items() if name not in (pairs or ())]
        asked = urlencode([*(pairs or {}).items(), *given])
        return RedirectResponse(f"{link}?{asked}" if asked else link, 303, {"Vary": VARY})

    async def _unknown(self, request: Request, error: UnknownNameError) -> Response:
        near, unknown = await self._named.near(error), str(error.values["value"])

        async def page(visit: Visit) -> Page:
            links = [(label, visit.link(_replaced(visit, unknown, ref))) for label, ref in near]
            return unknown_page(visit, explain(error, visit.lang), links, query=unknown)

        return await answer_page(request, self._engine, page)


def _replaced(visit: Visit, unknown: str, ref: str) -> str:
    """Return this address with a reference in place of a name that is not known."""
    parts = [ref if part == unknown else part for part in visit.path.split("/")]
    pairs = [(name, ref if value.strip() == unknown else value) for name, value in visit.query if name != "lang"]
    asked = urlencode(pairs)
    return visit.addresses.root + quote("/".join(parts), safe="/:") + (f"?{asked}" if asked else "")


def _word_file(paper: Paper) -> bytes:
    from pobratim.papers.word import word_file  # imported here: a server starts without what writes Word

    return word_file(paper)


def _workbook(made: Sequence[Sheet]) -> bytes:
    held = io.BytesIO()
    write_sheets(made, held)
    return held.getvalue()
