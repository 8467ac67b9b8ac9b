"""The first page: what this is, how much of it there is, what came last, where to go, what the endpoint promises."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pobratim.rdf.iris import dataset_iri
from pobratim.serving.api.descriptions import limits_of
from pobratim.serving.http.pages import Page, Visit, answer_page, word
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.naming import Naming, best, expanded, naming
from pobratim.serving.page_queries import Term, ask
from pobratim.serving.statistics import STATISTICS, Statistics
from pobratim.serving.values import date_text
from pobratim.serving.workers.engine import Engine

_COUNTED = (
    ("reports", "pob:Report", "reports-overview"),
    ("report-rows", "pob:ReportEntry", ""),
    ("events", "pob:Activity", "events-timeline"),
    ("organisations", "org:FormalOrganization", "institutions-by-kind"),
    ("municipalities", "pob:Municipality", "map-places"),
    ("agreements", "pob:Agreement", "agreements"),
    ("ties", "pob:Tie", "top-partners"),
)
"""What is counted: its word in pages.yml, its class, and the question that shows it."""


def routes(engine: Engine) -> list[Route]:
    """Return the route of the first page."""

    async def home(request: Request) -> Response:
        return await answer_page(request, engine, lambda visit: _home(engine, visit))

    return paths("/", home, READ)[:1]


async def _home(engine: Engine, visit: Visit) -> Page:
    statistics = await STATISTICS.get(engine)
    when = engine.served.modified
    values: dict[str, Any] = {
        "counts": _counts(statistics, visit),
        "triples": statistics.triples,
        "generation": engine.served.number,
        "updated": date_text(when.date().isoformat(), visit.lang) if when else "",
        "reports": await _reports(engine, visit),
        "examples": _examples(statistics, visit, await naming(engine, visit.lang)),
        "limits": limits_of(engine.settings),
        "contact": engine.settings.contact,
        "licence": engine.settings.licence,
        "endpoint": visit.addresses.public + "/sparql",
        "structured": _structured(engine, visit),
    }
    forms = tuple((kind, f"{visit.addresses.root}/void.{name}") for name, kind in _VOID_FORMS)
    return Page("home.html", values, forms=forms)


_VOID_FORMS = (("ttl", "text/turtle"), ("jsonld", "application/ld+json"), ("rdf", "application/rdf+xml"))


_RESULTS = "application/sparql-results+json"


def _counts(statistics: Statistics, visit: Visit) -> list[tuple[str, int, str]]:
    return [
        (code, statistics.classes[expanded(short)], f"{visit.addresses.root}/queries/{question}" if question else "")
        for code, short, question in _COUNTED
        if expanded(short) in statistics.classes
    ]


def _examples(statistics: Statistics, visit: Visit, names: Naming) -> list[tuple[str, str]]:
    """Return name of the class and link of one thing of each class."""
    return [
        (names.property(kind).lower(), link)
        for kind, iri in statistics.examples.items()
        if (link := visit.addresses.page(iri))
    ]


async def _reports(engine: Engine, visit: Visit) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    labels: dict[str, list[Term]] = {}
    for row in await ask(engine, "reports"):
        iri = row["report"].value
        labels.setdefault(iri, []).append(row["label"])
        first, last = (row[name].value if name in row else "" for name in ("first", "last"))
        found[iri] = {
            "link": visit.addresses.page(iri),
            "rows": int(row["entries"].value),
            "span": date_text(f"{first}/{last}", visit.lang) if first and last else "",
        }
    return [{**entry, "label": best(labels[iri], visit.lang)} for iri, entry in found.items()]


def _structured(engine: Engine, visit: Visit) -> dict[str, Any]:
    public = visit.addresses.public
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": dataset_iri(engine.served.base),
        "name": word("site-name", visit.lang),
        "description": word("site-about", visit.lang),
        "url": public + "/",
        "license": engine.settings.licence,
        "isAccessibleForFree": True,
        "inLanguage": ["ru", "en"],
        "distribution": [{"@type": "DataDownload", "encodingFormat": _RESULTS, "contentUrl": public + "/sparql"}],
    }
