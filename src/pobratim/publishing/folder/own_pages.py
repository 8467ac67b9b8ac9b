"""Pages that only folders have: the catalogue and the changes for people, dates, search, and what needs a server."""

from collections.abc import Mapping, Sequence
from typing import Any

from pobratim.explore import Index
from pobratim.messages import Language
from pobratim.publishing.explorer import made_pages
from pobratim.publishing.folder.catalogue import FILE, Described, notes
from pobratim.publishing.folder.changes import FOLDER as CHANGES
from pobratim.publishing.folder.documents import TIMES
from pobratim.publishing.folder.html import OwnPage
from pobratim.publishing.folder.links import MISSING, SERVER
from pobratim.publishing.folder.passport import FOLDER as OPENDATA
from pobratim.publishing.folder.schema_org import catalogue_of
from pobratim.publishing.folder.words import said
from pobratim.site.entity import rdf_forms
from pobratim.site.home import site_card
from pobratim.site.values import date_text


def own_pages(told: Described, dates: Sequence[str], files: Sequence[str], index: Index) -> dict[str, OwnPage]:
    """Return the pages by folder; ``dates`` are the IRIs of dates, ``files`` what lies there already."""
    publication = told.publication
    # Other processes make the pages, and could not ask an index that this one opened.
    cards = {
        lang: site_card(index, lang, publication.title[lang], publication.description[lang])
        for lang in publication.languages
    }

    def nothing(lang: Language) -> Mapping[str, Any]:
        del lang
        return {"endpoint": publication.endpoint}

    found = {
        SERVER: OwnPage("needs-server.html", nothing),
        **{folder: OwnPage(page.template, page.values) for folder, page in made_pages().items()},
        MISSING: OwnPage("not-found.html", nothing),
        FILE: OwnPage(
            "catalogue.html",
            lambda lang: _catalogue(told, lang),
            rdf_forms(f"/{FILE}"),
            cards.get,
        ),
        CHANGES: OwnPage("changes.html", lambda lang: _changes(told, lang, files)),
    }
    if dates:
        found[TIMES] = OwnPage("dates.html", lambda lang: _dates(told, dates, lang), rdf_forms(f"/{TIMES}"))
    return found


def _catalogue(told: Described, lang: Language) -> Mapping[str, Any]:
    publication = told.publication
    name = f"{publication.publisher.inn}-{publication.passport.name}"
    return {
        "structured": catalogue_of(told, lang),
        "heading": publication.title[lang],
        "about": publication.description[lang],
        "version": told.edition.number,
        "date": date_text(told.edition.day.isoformat(), lang),
        "licence": publication.licence.iri,
        "licence_title": publication.licence.title,
        "homepage": publication.publisher.homepage,
        "publisher": publication.publisher.name[lang],
        "email": publication.contact.email,
        "sets": [
            {
                "key": each.key,
                "title": each.title[lang],
                "description": each.description[lang],
                "files": [
                    {
                        "path": offer.path,
                        "title": offer.title[lang],
                        "format": offer.format.label,
                        "size": offer.told.size,
                        "digest": offer.told.digest,
                    }
                    for offer in each.offers
                ],
            }
            for each in told.sets
        ],
        "more": [
            (f"{FILE}.ttl", "DCAT (Turtle)"),
            (f"{FILE}.rdf", "DCAT (RDF/XML)"),
            (f"{FILE}.jsonld", "DCAT (JSON-LD)"),
            ("void.ttl", "VoID"),
            *(
                [(f"{OPENDATA}/list.csv", "list.csv"), (f"{OPENDATA}/{name}.zip", "passport.zip")]
                if lang == "ru"
                else []
            ),
            (f"{CHANGES}/", said("log-title", lang, title="").strip(": ").capitalize()),
        ],
    }


def _changes(told: Described, lang: Language, files: Sequence[str]) -> Mapping[str, Any]:
    return {
        "heading": said("log-title", lang, title=told.publication.title[lang]),
        "versions": [
            {
                "number": one.number,
                "title": said("log-entry", lang, version=one.number),
                "date": date_text(one.issued, lang),
                "notes": notes(one, is_first=number == 0)[lang],
                "files": sorted(path for path in files if path.startswith(f"{CHANGES}/{one.number}/")),
            }
            for number, one in reversed(list(enumerate(told.versions)))
        ],
    }


def _dates(told: Described, dates: Sequence[str], lang: Language) -> Mapping[str, Any]:
    start = f"{told.publication.base}/id/time/"
    keys = sorted(iri.removeprefix(start) for iri in dates)
    return {"dates": [(key, start + key, date_text(key.replace("--", "/"), lang)) for key in keys]}
