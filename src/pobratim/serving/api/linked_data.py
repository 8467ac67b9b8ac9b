"""Every IRI of ours dereferences: ``/id/…`` and concepts lead with 303 to their documents, in HTML and RDF.

After "Cool URIs for the Semantic Web" (W3C Note, 2008), section 4: 303 for things, a hash for the vocabulary.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pobratim.messages import Language
from pobratim.rdf.iris import dataset_iri, whole_of
from pobratim.serving.area_page import area_page
from pobratim.serving.areas import area_path
from pobratim.serving.entity_page import Subject, entity_page, list_page, rdf_forms
from pobratim.serving.graph_page import graph_page
from pobratim.serving.http.addresses import Addresses, addresses_of
from pobratim.serving.http.delivery import Question, deliver
from pobratim.serving.http.negotiation import MEDIA_TYPES, choose
from pobratim.serving.http.pages import Page, Visit, answer_page, word
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.http.requests import VARY, client_of, language_of
from pobratim.serving.naming import expanded
from pobratim.serving.neighbourhood import Direction, Group
from pobratim.serving.ontology_page import scheme_page, vocabulary_page
from pobratim.serving.page_queries import ask, iri_term, page_query, text_term
from pobratim.serving.values import date_text
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.wire import Task

FORMS = ("html", "ttl", "jsonld", "rdf", "nt")
"""Formats of documents, which are also the extensions of their addresses; the first is for who accepts anything."""
_MOST_IN_RDF = 1000
"""Statements that point at a thing, and things near it that are named, in its RDF: the LIMITs of description.rq."""
_SCHEME = "http://www.w3.org/2004/02/skos/core#ConceptScheme"


@dataclass(frozen=True, slots=True)
class State:
    """What the data know of an IRI. ``replacement`` is where it was merged into, "" where it was not.

    ``is_cut`` tells that more is said around it than its RDF gives. Of what is withdrawn ``since`` is the day
    (YYYY-MM-DD) and ``reason`` a person's words, each "" where none is told; ``is_untold`` tells that no person did it:
    the reports tell of it no more.
    """

    is_known: bool
    replacement: str = ""
    is_withdrawn: bool = False
    is_version: bool = False
    hubs: tuple[Direction, ...] = ()
    is_cut: bool = False
    since: str = ""
    reason: str = ""
    is_untold: bool = False


def routes(engine: Engine) -> list[Route]:
    """Return the routes of things, documents, graphs and vocabularies."""
    site = _Site(engine)
    return [
        *paths("/id/{path:path}", site.thing, READ),
        *paths("/doc/{path:path}", site.document, READ),
        *paths("/describe", site.foreign, READ),
        *paths("/describe.{form}", site.foreign, READ),
        *paths("/graph/{path:path}", site.graph, READ),
        *[route for name in ("def", "lexicon") for route in _vocabulary_routes(name, site)],
        *paths("/def/{path:path}", site.concept, READ),
    ]


def _vocabulary_routes(name: str, site: "_Site") -> list[Route]:
    return [*paths(f"/{name}", site.vocabulary, READ), *paths(f"/{name}.{{form}}", site.vocabulary, READ)]


async def state_of(engine: Engine, iri: str, client: str) -> State:
    """Return what the data know of an IRI. Raises RefusedError as queries do."""
    found: dict[str, str] = {}
    for row in await ask(engine, "state", client, iri=iri_term(iri)):
        found.setdefault(row["kind"].value, row["value"].value if "value" in row else "")
    ways: tuple[tuple[Direction, str], ...] = (("out", "much-said"), ("in", "much-pointed"))
    return State(
        is_known="known" in found,
        replacement=found.get("replaced", ""),
        is_withdrawn="withdrawn" in found,
        is_version="version" in found,
        hubs=tuple(way for way, kind in ways if kind in found),
        is_cut="too-much" in found,
        since=found.get("withdrawn", "")[:10],
        reason=found.get("reason", ""),
        is_untold="untold" in found,
    )


def known(state: State, path: str, lang: Language) -> State:
    """Return ``state`` where there is something to show. Raises RefusedError 404 or 410."""
    if state.is_withdrawn:
        raise _gone(state, path, lang)
    if not state.is_known:
        raise RefusedError(404, "not-found", {"path": path})
    return state


def _gone(state: State, path: str, lang: Language) -> RefusedError:
    code = "untold" if state.is_untold else "withdrawn-for" if state.reason else "withdrawn"
    members = {"invalidatedAtTime": state.since, "reason": state.reason}
    values = {"path": path, "since": date_text(state.since, lang) or "–", "reason": state.reason}
    return RefusedError(410, code, values, members={name: value for name, value in members.items() if value})


class _Site:
    """The handlers; each raises RefusedError where it has no answer."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def thing(self, request: Request) -> Response:
        """Lead from a thing to its document."""
        return await self._leads_on(request, f"id/{request.path_params['path']}", request.path_params["path"])

    async def concept(self, request: Request) -> Response:
        """Lead from a concept or its scheme to its document."""
        path = f"def/{request.path_params['path']}"
        return await self._leads_on(request, path, path)

    async def _leads_on(self, request: Request, path: str, document: str) -> Response:
        addresses = addresses_of(request, self._engine)
        state = await self._state(request, addresses.iri(path.rstrip("/")))
        if state.replacement:
            return self._moved(request, addresses, state.replacement, lambda link: link.replace("/doc/", "/id/", 1))
        if state.is_version:
            return _redirect(request, 303, f"{addresses.root}/def")
        name, _ = _negotiated(request)
        extension = "" if name == "html" else f".{name}"
        return _redirect(request, 303, f"{addresses.root}/doc/{document.rstrip('/')}{extension}")

    async def document(self, request: Request) -> Response:
        """Answer for a document: HTML or RDF, by its extension or by Accept."""
        addresses = addresses_of(request, self._engine)
        path, name = _extension(request.path_params["path"].rstrip("/"))
        full = path if path.startswith("def/") else f"id/{path}"
        if path == "def":
            return _redirect(request, 303, f"{addresses.root}/def{'.' + name if name else ''}")
        iri = addresses.iri(full)
        if iri is None:
            raise RefusedError(404, "not-found", {"path": request.url.path})
        state = await state_of(self._engine, iri, client_of(request))
        if not state.is_known and name:  # a key may end like an extension
            whole = addresses.iri(f"{full}.{name}")
            other = await state_of(self._engine, whole, client_of(request)) if whole else state
            if whole and other.is_known:
                iri, state, path, name = whole, other, f"{path}.{name}", ""
        if state.replacement:
            suffix = f".{name}" if name else ""
            return self._moved(request, addresses, state.replacement, lambda link: link + suffix)
        await self._known(request, state, iri)
        usual = area_path(iri)
        if usual and not path.startswith("def/") and path != usual:  # other codes and letters lead to the one address
            return _redirect(request, 301, f"{addresses.root}/doc/{usual}{'.' + name if name else ''}")
        subject = Subject(iri, f"{addresses.root}/doc/{path}", state.hubs, state.is_cut)
        return await self._about(request, subject, name)

    async def foreign(self, request: Request) -> Response:
        """Answer for an IRI of others that the data describe, such as a country's."""
        iri = request.query_params.get("iri", "")
        addresses = addresses_of(request, self._engine)
        try:
            iri_term(iri)
        except ValueError:
            raise RefusedError(404, "not-found", {"path": iri[:200] or "/describe"}) from None
        own = addresses.page(iri)
        if own is not None:
            form = request.path_params.get("form", "")
            return _redirect(request, 303, f"{own}.{form}" if form in FORMS and area_path(iri) else own)
        name = request.path_params.get("form", "")
        if name and name not in FORMS:
            raise RefusedError(404, "not-found", {"path": request.url.path})
        state = known(await state_of(self._engine, iri, client_of(request)), iri[:200], language_of(request))
        return await self._about(request, Subject(iri, addresses.described(iri), state.hubs, state.is_cut), name)

    async def _about(self, request: Request, subject: Subject, form: str) -> Response:
        name = form or _negotiated(request)[0]
        if name != "html":
            return await self._rdf(request, subject, name)
        client, of = client_of(request), _asked_group(request)
        types = await ask(self._engine, "types", client, iri=iri_term(subject.iri))

        async def made(visit: Visit) -> Page:
            if of is not None:
                after = request.query_params.get("after", "")
                return await list_page(self._engine, subject, visit, client, of, after)
            if any(row["class"].value == _SCHEME for row in types):
                return await scheme_page(self._engine, subject, visit, client)
            make = area_page if area_path(subject.iri) else entity_page
            return await make(self._engine, subject, visit, client)

        return await answer_page(request, self._engine, made)

    async def _rdf(self, request: Request, subject: Subject, name: str) -> Response:
        addresses = addresses_of(request, self._engine)
        document = addresses.absolute(subject.page)
        bindings = {
            "iri": iri_term(subject.iri),
            "doc": iri_term(document),
            "dataset": iri_term(dataset_iri(self._engine.served.base)),
            "licence": iri_term(self._engine.settings.licence),
        }
        if subject.is_cut:
            for lang in ("ru", "en"):
                bindings[f"note_{lang}"] = text_term(word("hub-note", lang, most=_MOST_IN_RDF), lang)
        return await self._triples(request, "description", bindings, name, subject.page)

    async def _triples(self, request: Request, query: str, bindings: dict[str, str], name: str, page: str) -> Response:
        limits = self._engine.settings.limits
        links = [f'<{page}>; rel="alternate"; type="text/html"', f'<{self._engine.settings.licence}>; rel="license"']
        headers = {
            "Content-Location": dict(rdf_forms(page))[MEDIA_TYPES[name]],
            "Link": ", ".join(links),
        }
        task = Task(
            page_query(query),
            name,
            bindings=bindings,
            seconds=limits.seconds,
            answer_bytes=limits.answer_mb * 1_000_000,
        )
        return await deliver(request, self._engine, Question(task, MEDIA_TYPES[name], headers=headers))

    async def graph(self, request: Request) -> Response:
        """Answer for a named graph: a page about it, or all its triples."""
        addresses = addresses_of(request, self._engine)
        path, name = _extension(request.path_params["path"].rstrip("/"))
        iri = addresses.iri(f"graph/{path}")
        page = f"{addresses.root}/graph/{path}"
        name = name or _negotiated(request)[0]
        if iri is None or not await ask(self._engine, "graph-known", client_of(request), iri=iri_term(iri)):
            raise RefusedError(404, "not-found", {"path": request.url.path})
        if name != "html":
            return await self._triples(request, "graph", {"iri": iri_term(iri)}, name, page)
        subject = Subject(iri, page)
        return await answer_page(
            request, self._engine, lambda visit: graph_page(self._engine, subject, visit, client_of(request))
        )

    async def vocabulary(self, request: Request) -> Response:
        """Answer for a vocabulary: its documentation, or its triples."""
        addresses = addresses_of(request, self._engine)
        path = request.url.path.rstrip("/").rpartition("/")[2].partition(".")[0]
        name = request.path_params.get("form", "") or _negotiated(request)[0]
        iri = addresses.iri(path)
        if name not in FORMS or iri is None:
            raise RefusedError(404, "not-found", {"path": request.url.path})
        page = f"{addresses.root}/{path}"
        if name != "html":
            bindings = {
                "iri": iri_term(iri),
                "doc": iri_term(addresses.absolute(page)),
                "dataset": iri_term(dataset_iri(self._engine.served.base)),
            }
            return await self._triples(request, "vocabulary", bindings, name, page)
        return await answer_page(
            request, self._engine, lambda visit: vocabulary_page(self._engine, Subject(iri, page), visit)
        )

    async def _state(self, request: Request, iri: str | None) -> State:
        if iri is None:
            raise RefusedError(404, "not-found", {"path": request.url.path})
        state = await state_of(self._engine, iri, client_of(request))
        return state if state.replacement or state.is_version else await self._known(request, state, iri)

    async def _known(self, request: Request, state: State, iri: str) -> State:
        """Return ``state`` where there is something to show; a part of what is withdrawn is withdrawn with it."""
        whole = None if state.is_known else whole_of(self._engine.served.base, iri)
        if whole is not None:
            above = await state_of(self._engine, whole, client_of(request))
            state = above if above.is_withdrawn else state
        return known(state, request.url.path, language_of(request))

    def _moved(self, request: Request, addresses: Addresses, iri: str, finish: Callable[[str], str]) -> Response:
        link = addresses.page(iri)
        return _redirect(request, 301, finish(link) if link else iri)


def _negotiated(request: Request) -> tuple[str, str]:
    found = choose(", ".join(request.headers.getlist("accept")), FORMS)
    if found is None:
        accept = request.headers.get("accept", "")[:200]
        known_types = ", ".join(MEDIA_TYPES[name] for name in FORMS)
        raise RefusedError(406, "not-acceptable", {"found": accept, "known": known_types}, headers={"Vary": VARY})
    return found


def _extension(path: str) -> tuple[str, str]:
    """Return a path without the extension of a format, and that format ("" for none)."""
    stem, _, name = path.rpartition(".")
    return (stem, name) if stem and name in FORMS else (path, "")


def _redirect(request: Request, status: Literal[301, 303], link: str) -> Response:
    lang = request.query_params.get("lang")
    if lang in ("ru", "en"):
        link += ("&" if "?" in link else "?") + urlencode({"lang": lang})
    headers = {"Vary": VARY, "Cache-Control": "public, max-age=60"}
    return RedirectResponse(link, status, headers)


def _asked_group(request: Request) -> Group | None:
    """Return the group whose list is asked for, None where the address asks for the whole page."""
    short, way = request.query_params.get("of", ""), request.query_params.get("way", "")
    if not short or way not in ("in", "out"):
        return None
    direction: Direction = "in" if way == "in" else "out"
    group = Group(expanded(short), direction, expanded(request.query_params.get("class", "")))
    try:
        iri_term(group.property)
        iri_term(group.split or "urn:none")
    except ValueError:
        raise RefusedError(404, "not-found", {"path": request.url.path}) from None
    return group
