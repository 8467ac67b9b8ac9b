"""``/workbench``: the page of the query editor, and the terms that it completes and explains."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pobratim.content import content_root
from pobratim.messages import LANGUAGES, texts
from pobratim.query.words import column_names
from pobratim.serving.http.pages import html_headers, visit_of
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.http.sending import sent
from pobratim.serving.workers.asker import asker_of
from pobratim.serving.workers.engine import Engine
from pobratim.site.asking import Asker, Term
from pobratim.site.labels import SKOS, Naming, best, shortened, vocabulary
from pobratim.site.page import Page, Visit
from pobratim.site.render import render
from pobratim.site.statistics import count
from pobratim.site.words import prefixes


def routes(engine: Engine) -> list[Route]:
    """Return the routes of the page and of its terms."""

    async def page(request: Request) -> Response:
        visit = visit_of(request, engine)
        built = (content_root() / "viz" / "static" / "workbench" / "workbench.js").is_file()
        return sent(request, workbench_html(visit, built), "text/html", headers=html_headers(visit.lang))

    async def terms(request: Request) -> Response:
        return sent(request, await asker_of(engine).once(_terms), "application/json")

    return [*paths("/workbench", page, READ), *paths("/workbench/terms.json", terms, READ)[:1]]


def workbench_html(visit: Visit, built: bool) -> str:
    """Return the page; where the editor is not ``built`` it says how to build it."""
    strings = texts("workbench", visit.lang, "words", "counted")
    chrome, columns = texts("workbench", visit.lang, "chrome"), column_names(visit.lang)
    short = prefixes(visit.addresses.base)
    values = {"strings": strings, "chrome": chrome, "prefixes": short, "columns": columns, "built": built}
    return render(Page("workbench.html", values), visit)


async def _terms(asker: Asker) -> str:
    """Return the classes and properties that the data use and the concepts they point at, with labels, as JSON."""
    counts = await asker.once(count)
    terms = await asker.once(vocabulary)
    naming = {lang: Naming(lang, terms) for lang in LANGUAGES}
    found = []
    for kind, used in (("class", counts.classes), ("property", counts.properties)):
        for iri, uses in used.items():
            told = terms.get(iri, {}).get(SKOS + "definition", ())
            label = {lang: naming[lang].property(iri) for lang in LANGUAGES}
            found.append(_term(iri, kind, label, {lang: best(told, lang) for lang in LANGUAGES}, uses))
    found += await _concepts(asker)
    listed = sorted(found, key=lambda term: str(term["curie"]))
    return json.dumps({"terms": listed, "prefixes": prefixes(asker.data.base)}, ensure_ascii=False)


async def _concepts(asker: Asker) -> list[dict[str, object]]:
    labels: dict[str, dict[str, str]] = {}
    definitions: dict[str, dict[str, str]] = {}
    uses: dict[str, int] = {}
    for row in await asker.rows("used-concepts"):
        iri, label, definition = row["concept"].value, row["label"], row.get("definition", Term("", is_iri=False))
        labels.setdefault(iri, {})[label.lang] = label.value
        definitions.setdefault(iri, {})[label.lang] = definition.value
        uses[iri] = int(row["uses"].value)
    return [_term(iri, "concept", labels[iri], definitions[iri], uses[iri]) for iri in labels]


def _term(
    iri: str, kind: str, label: Mapping[Any, str], definition: Mapping[Any, str], count: int
) -> dict[str, object]:
    curie = shortened(iri)
    told = {lang: text for lang, text in definition.items() if text}
    return {"iri": iri, "curie": curie, "kind": kind, "label": label, "definition": told, "count": count}
