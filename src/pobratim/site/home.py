"""The first page: what this is, how much of it there is, what came last, where to go."""

from typing import Any

from pobratim.messages import LANGUAGES
from pobratim.rdf.iris import dataset_iri
from pobratim.site.asking import Asker, Row, Term
from pobratim.site.labels import Naming, best, expanded, naming
from pobratim.site.page import Page, Visit
from pobratim.site.statistics import Statistics, count
from pobratim.site.values import date_text
from pobratim.site.words import word

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


async def home_page(asker: Asker, visit: Visit) -> Page:
    """Return the first page. Raises as the asker does."""
    statistics = await asker.once(count)
    values: dict[str, Any] = {
        "counts": _counts(statistics, visit),
        "reports": await _reports(asker, visit),
        "examples": _examples(statistics, visit, await naming(asker, visit.lang)),
        "structured": _structured(asker, visit),
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


async def _report_rows(asker: Asker) -> list[Row]:
    return await asker.rows("reports")


async def _reports(asker: Asker, visit: Visit) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    labels: dict[str, list[Term]] = {}
    for row in await asker.once(_report_rows):
        iri = row["report"].value
        labels.setdefault(iri, []).append(row["label"])
        first, last = (row[name].value if name in row else "" for name in ("first", "last"))
        found[iri] = {
            "link": visit.addresses.page(iri),
            "rows": int(row["entries"].value),
            "span": date_text(f"{first}/{last}", visit.lang) if first and last else "",
        }
    return [{**entry, "label": best(labels[iri], visit.lang)} for iri, entry in found.items()]


def _structured(asker: Asker, visit: Visit) -> dict[str, Any]:
    public = visit.addresses.public
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": dataset_iri(asker.data.base),
        "name": word("site-name", visit.lang),
        "description": word("site-about", visit.lang),
        "url": public + "/",
        "license": asker.data.licence,
        "isAccessibleForFree": True,
        "inLanguage": list(LANGUAGES),
        "distribution": [{"@type": "DataDownload", "encodingFormat": _RESULTS, "contentUrl": public + "/sparql"}],
    }
