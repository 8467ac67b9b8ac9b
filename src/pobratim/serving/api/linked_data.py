"""Every IRI of ours dereferences: ``/id/…`` and concepts lead with 303 to their documents, in HTML and RDF.

After "Cool URIs for the Semantic Web" (W3C Note, 2008), section 4: 303 for things, a hash for the vocabulary.
"""

from collections.abc import Callable, Mapping
from typing import Literal
from urllib.parse import urlencode

from pyoxigraph import RdfFormat, parse, serialize
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pobratim.messages import LANGUAGES, Language
from pobratim.query.answers import RDF
from pobratim.rdf.compact import FILE as CONTEXT
from pobratim.rdf.compact import context_text
from pobratim.rdf.iris import dataset_iri, whole_of
from pobratim.rdf.ontology import versions
from pobratim.serving.http.addresses import addresses_of
from pobratim.serving.http.delivery import Question, deliver
from pobratim.serving.http.negotiation import MEDIA_TYPES, choose
from pobratim.serving.http.pages import answer_page
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.http.requests import VARY, client_of, language_of
from pobratim.serving.http.sending import sent
from pobratim.serving.workers.asker import PoolAsker, asker_of
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.wire import Task
from pobratim.site.addresses import Addresses
from pobratim.site.areas import area_path
from pobratim.site.asking import iri_term, page_query, text_term
from pobratim.site.entity import Subject, rdf_forms
from pobratim.site.graph import graph_at
from pobratim.site.ontology import vocabulary_at
from pobratim.site.things import State, page_about, state_of
from pobratim.site.values import date_text
from pobratim.site.words import word
from pobratim.sparql.terms import Term as Bound

FORMS = ("html", "ttl", "jsonld", "rdf", "nt")
"""Formats of documents, which are also the extensions of their addresses; the first is for who accepts anything."""
_TEXT = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
"""What the text of a cell is said with: RFC 5147 names stretches of it, of plain text."""
_MOST_IN_RDF = 1000
"""Statements that point at a thing, and things near it that are named, in its RDF: the LIMITs of description.rq."""


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
        *paths(f"/{CONTEXT}", site.context, READ)[:1],
    ]


def _vocabulary_routes(name: str, site: "_Site") -> list[Route]:
    return [*paths(f"/{name}", site.vocabulary, READ), *paths(f"/{name}.{{form}}", site.vocabulary, READ)]


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
        """Lead from a thing to its document; a cell answers with its text where that is asked for."""
        path = request.path_params["path"]
        iri = addresses_of(request, self._engine).iri(f"id/{path}")
        if iri and path.startswith("cell/") and _wants_text(request):
            asker, text = self._asker(request), iri_term(_TEXT)
            for row in await asker.rows("out-list", iri=iri_term(iri), property=text, after=text_term("")):
                return sent(request, row["thing"].value, "text/plain")
        return await self._leads_on(request, f"id/{path}", path)

    async def concept(self, request: Request) -> Response:
        """Lead from a concept or its scheme to its document, and from a version of the vocabulary to its text."""
        path = f"def/{request.path_params['path'].rstrip('/')}"
        stem, form = _extension(path)
        if stem.removeprefix("def/") in versions():
            return self._version(request, stem, form)
        return await self._leads_on(request, path, path)

    def _version(self, request: Request, path: str, form: str) -> Response:
        """Answer for a version of the vocabulary; who wants a page gets that of the one in force, which tells of it."""
        root, number = addresses_of(request, self._engine).root, path.removeprefix("def/")
        wanted = form or _negotiated(request)[0]
        if wanted == "html":
            return _redirect(request, 303, f"{root}/def")
        if not form:
            return _redirect(request, 303, f"{root}/{path}.{wanted}")
        text = versions()[number]
        if wanted != "ttl":
            triples = [quad.triple for quad in parse(text, format=RdfFormat.TURTLE)]
            text = (serialize(triples, format=RDF[wanted]) or b"").decode()
        return sent(request, text, MEDIA_TYPES[wanted])

    async def _leads_on(self, request: Request, path: str, document: str) -> Response:
        addresses = addresses_of(request, self._engine)
        state = await self._state(request, addresses.iri(path.rstrip("/")))
        if state.replacement:
            return self._moved(request, addresses, state.replacement, lambda link: link.replace("/doc/", "/id/", 1))
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
        if path.removeprefix("def/") in versions():
            return self._version(request, path, "")
        iri = addresses.iri(full)
        if iri is None:
            raise RefusedError(404, "not-found", {"path": request.url.path})
        state = await state_of(self._asker(request), iri)
        if not state.is_known and name:  # a key may end like an extension
            whole = addresses.iri(f"{full}.{name}")
            other = await state_of(self._asker(request), whole) if whole else state
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
        state = known(await state_of(self._asker(request), iri), iri[:200], language_of(request))
        return await self._about(request, Subject(iri, addresses.described(iri), state.hubs, state.is_cut), name)

    async def _about(self, request: Request, subject: Subject, form: str) -> Response:
        name = form or _negotiated(request)[0]
        if name != "html":
            return await self._rdf(request, subject, name)
        asker = self._asker(request)
        return await answer_page(request, self._engine, lambda visit: page_about(asker, subject, visit))

    async def _rdf(self, request: Request, subject: Subject, name: str) -> Response:
        addresses = addresses_of(request, self._engine)
        document = addresses.absolute(subject.page)
        bindings: dict[str, Bound] = {
            "iri": iri_term(subject.iri),
            "doc": iri_term(document),
            "dataset": iri_term(dataset_iri(self._engine.served.base)),
            "licence": iri_term(self._engine.settings.licence),
        }
        if subject.is_cut:
            for lang in LANGUAGES:
                bindings[f"note_{lang}"] = text_term(word("hub-note", lang, most=_MOST_IN_RDF), lang)
        return await self._triples(request, "description", bindings, name, subject.page)

    async def _triples(
        self, request: Request, query: str, bindings: Mapping[str, Bound], name: str, page: str
    ) -> Response:
        limits = self._engine.settings.limits
        links = [f'<{page}>; rel="alternate"; type="text/html"', f'<{self._engine.settings.licence}>; rel="license"']
        headers = {
            "Content-Location": dict(rdf_forms(page))[MEDIA_TYPES[name]],
            "Link": ", ".join(links),
        }
        task = Task(
            page_query(query),
            name,
            bindings={variable: str(term) for variable, term in bindings.items()},
            context=f"{addresses_of(request, self._engine).public}/{CONTEXT}",
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
        asker = self._asker(request)
        if name == "html":
            return await answer_page(request, self._engine, lambda visit: graph_at(asker, visit, path))
        if iri is None or not await asker.rows("graph-known", iri=iri_term(iri)):
            raise RefusedError(404, "not-found", {"path": request.url.path})
        return await self._triples(request, "graph", {"iri": iri_term(iri)}, name, page)

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
        asker = self._asker(request)
        return await answer_page(request, self._engine, lambda visit: vocabulary_at(asker, visit, path))

    async def context(self, request: Request) -> Response:
        """Answer with the context of our JSON-LD."""
        return sent(request, context_text(), MEDIA_TYPES["jsonld"])

    def _asker(self, request: Request) -> PoolAsker:
        return asker_of(self._engine, client_of(request))

    async def _state(self, request: Request, iri: str | None) -> State:
        if iri is None:
            raise RefusedError(404, "not-found", {"path": request.url.path})
        state = await state_of(self._asker(request), iri)
        return state if state.replacement else await self._known(request, state, iri)

    async def _known(self, request: Request, state: State, iri: str) -> State:
        """Return ``state`` where there is something to show; a part of what is withdrawn is withdrawn with it."""
        whole = None if state.is_known else whole_of(self._engine.served.base, iri)
        if whole is not None:
            above = await state_of(self._asker(request), whole)
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


def _wants_text(request: Request) -> bool:
    """Tell whether plain text is asked for as such: of anything but a cell it is taken for N-Triples."""
    return _negotiated(request)[0] == "nt" and MEDIA_TYPES["nt"] not in request.headers.get("accept", "")


def _extension(path: str) -> tuple[str, str]:
    """Return a path without the extension of a format, and that format ("" for none)."""
    stem, _, name = path.rpartition(".")
    return (stem, name) if stem and name in FORMS else (path, "")


def _redirect(request: Request, status: Literal[301, 303], link: str) -> Response:
    lang = request.query_params.get("lang")
    if lang in LANGUAGES:
        link += ("&" if "?" in link else "?") + urlencode({"lang": lang})
    headers = {"Vary": VARY, "Cache-Control": "public, max-age=60"}
    return RedirectResponse(link, status, headers)
