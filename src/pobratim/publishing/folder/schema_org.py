"""The data sets as Google's search for data sets reads them (schema.org/Dataset): the catalogue once more, for pages.

Which members are wanted: https://developers.google.com/search/docs/appearance/structured-data/dataset.
"""

import re
from collections.abc import Mapping
from typing import Any

from pobratim.messages import Language
from pobratim.publishing.folder.area import Area
from pobratim.publishing.folder.catalogue import Described, id_of
from pobratim.publishing.folder.offers import ALL, Offer, Set
from pobratim.publishing.folder.words import both

_CONTEXT = "https://schema.org/"
_NUMBER = re.compile(r"-?[0-9.]+(?:e-?[0-9]+)?")


def catalogue_of(told: Described, lang: Language) -> dict[str, Any]:
    """Return the catalogue with all its data sets and their files, as JSON-LD in a language."""
    base, public = told.publication.base, told.publication.public_url
    sets = [_set(told, one, lang) for one in told.sets]
    catalogue = {
        "@type": "DataCatalog",
        "@id": id_of(base, "catalog"),
        "name": both("catalogue-title", title=told.publication.title)[lang],
        "description": told.publication.description[lang],
        "url": f"{public}/catalog/",
        "dataset": [{"@id": one["@id"]} for one in sets],
    }
    return {"@context": _CONTEXT, "@graph": [catalogue, *sets]}


def _set(told: Described, one: Set, lang: Language) -> dict[str, Any]:
    publication, days = told.publication, told.since[one.key]
    iri = id_of(publication.base, "dataset", one.key)
    found: dict[str, Any] = {
        "@type": "Dataset",
        "@id": iri,
        "identifier": iri,
        "name": one.title[lang],
        "description": one.description[lang],
        "url": f"{publication.public_url}/",
        "license": publication.licence.iri,
        "creator": _publisher(told, lang),
        "publisher": _publisher(told, lang),
        "version": told.edition.number,
        "datePublished": days.issued,
        "dateModified": days.modified,
        "keywords": list(publication.keywords[lang]),
        "inLanguage": list(publication.languages),
        "isAccessibleForFree": True,
        "spatialCoverage": _place(told.area, lang),
        "includedInDataCatalog": {"@id": id_of(publication.base, "catalog")},
        "distribution": [_file(told, offer, lang) for offer in one.offers],
    }
    if one.span:
        found["temporalCoverage"] = "/".join(day.isoformat() for day in one.span)
    if one.key != ALL:
        found["isPartOf"] = {"@id": id_of(publication.base, "dataset", ALL)}
    return found


def _publisher(told: Described, lang: Language) -> dict[str, Any]:
    publication = told.publication
    return {
        "@type": "Organization",
        "@id": id_of(publication.base, "catalog", "publisher"),
        "name": publication.publisher.name[lang],
        "url": publication.publisher.homepage,
        "contactPoint": {
            "@type": "ContactPoint",
            "name": publication.contact.name[lang],
            "email": publication.contact.email,
            "telephone": publication.contact.phone,
        },
    }


def _place(area: Area, lang: Language) -> dict[str, Any]:
    """Return an area with its bounds as schema.org has them: south and west, north and east."""
    found: dict[str, Any] = {"@type": "Place", "@id": area.iri, "name": area.name[lang]}
    numbers = [float(number) for number in _NUMBER.findall(area.box)]
    if numbers:
        longitudes, latitudes = numbers[::2], numbers[1::2]
        corners = (min(latitudes), min(longitudes), max(latitudes), max(longitudes))
        found["geo"] = {"@type": "GeoShape", "box": " ".join(f"{number:g}" for number in corners)}
    return found


def _file(told: Described, offer: Offer, lang: Language) -> Mapping[str, Any]:
    media = "application/gzip" if offer.is_packed else offer.format.media.partition("/media-types/")[2]
    return {
        "@type": "DataDownload",
        "name": f"{offer.title[lang]}, {offer.format.label}",
        "contentUrl": f"{told.publication.public_url}/{offer.path}",
        "encodingFormat": media,
        "contentSize": f"{offer.told.size} B",
    }
