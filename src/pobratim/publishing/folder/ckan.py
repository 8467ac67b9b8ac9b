"""A catalogue put into CKAN by its action API: data sets of ours are made or brought up to date, others left alone.

What is sent is read from the published folder's own catalogue, so that harvesting and sending give the same. A package
is known by its ``uri``; one of the same name with another or no ``uri`` is somebody else's and stays as it is, and so
do resources, extras and tags that somebody added. No package is ever deleted.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from pyoxigraph import Literal as Text
from pyoxigraph import NamedNode, RdfFormat, Store

from pobratim.errors import UsageError
from pobratim.messages import Language
from pobratim.publishing.authorities import authorities
from pobratim.publishing.folder.catalogue import FILE
from pobratim.rdf.terms import ADMS, DCAT, DCT, FOAF, RDF, RDFS, SPDX, VCARD

TOKEN = "POBRATIM_CKAN_TOKEN"
"""The environment variable of the token: no command line, where others could read it."""
Doing = Literal["create", "update", "same", "foreign"]
_EXTRAS = (
    "uri", "identifier", "issued", "modified", "frequency", "version_notes", "publisher_name", "publisher_uri",
    "spatial_uri",
)  # fmt: skip
"""The extras that are ours, as ckanext-dcat names what it harvests; all others are left alone."""
_NO_TAG = re.compile(r"[^\w .-]+")
_SHORTEST, _LONGEST = 2, 100
"""Letters, digits, spaces, ``-_.`` and the length of a tag (ckan/logic/validators.py, tag_name_validator)."""
_ACTIONS: Mapping[Doing, str] = {"create": "package_create", "update": "package_patch"}
"""Nothing else is ever asked for that writes. A patch leaves alone what it does not name: groups, an author."""
Package = dict[str, Any]


class Api(Protocol):
    """What is asked of CKAN: ``portal.Portal``, ``ckanapi.RemoteCKAN`` and whatever stands for them."""

    def call_action(self, action: str, data_dict: Mapping[str, Any]) -> Any:
        """Return the result of an action. Raises ckanapi's NotFound for a package that is not there."""


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one package: ``fields`` are those that differ, as (name, there, here).

    ``package`` is what is sent: all of a new package, of one that is there its id and the fields that differ.
    """

    doing: Doing
    name: str
    fields: tuple[tuple[str, object, object], ...]
    package: Package


class _Catalogue:
    """A catalogue that was published."""

    def __init__(self, folder: Path, lang: Language) -> None:
        self._store, self.lang = Store(), lang
        try:
            self._store.load(path=str(folder / f"{FILE}.ttl"), format=RdfFormat.TURTLE)
        except OSError as error:
            raise UsageError("publish-nothing", folder=folder) from error

    def sets(self) -> list[NamedNode]:
        found = {one.subject for one in self._store.quads_for_pattern(None, RDF.type, DCAT.Dataset)}
        return sorted((one for one in found if isinstance(one, NamedNode)), key=str)

    def all(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode | Text]:
        found = {quad.object for quad in self._store.quads_for_pattern(subject, predicate, None)}
        return sorted((one for one in found if isinstance(one, NamedNode | Text)), key=str)

    def node(self, subject: NamedNode, predicate: NamedNode) -> NamedNode | None:
        return next((one for one in self.all(subject, predicate) if isinstance(one, NamedNode)), None)

    def said(self, subject: NamedNode | None, predicate: NamedNode) -> str:
        """Return a text in the language, else in any, "" for none."""
        found = self.all(subject, predicate) if subject else []
        texts = [one for one in found if isinstance(one, Text)]
        best = next((one for one in texts if one.language == self.lang), texts[0] if texts else None)
        return best.value if best else found[0].value if found else ""


def packages_of(folder: Path, owner: str, name: str, lang: Language = "ru") -> list[Package]:
    """Return what CKAN is to hold: ``owner`` is the organisation there, ``name`` begins the names of packages.

    Raises UsageError for a folder without a catalogue.
    """
    catalogue = _Catalogue(folder, lang)
    return [_package(catalogue, one, owner, name) for one in catalogue.sets()]


def _package(told: _Catalogue, iri: NamedNode, owner: str, name: str) -> Package:
    key = iri.value.rpartition("/")[2]
    publisher, contact = told.node(iri, DCT.publisher), told.node(iri, DCAT.contactPoint)
    files = [one for one in told.all(iri, DCAT.distribution) if isinstance(one, NamedNode)]
    licence = told.node(files[0], DCT.license) if files else None
    keywords = [one.value for one in told.all(iri, DCAT.keyword) if isinstance(one, Text) and one.language == told.lang]
    values = (
        iri.value,
        *(told.said(iri, term) for term in (DCT.identifier, DCT.issued, DCT.modified, DCT.accrualPeriodicity)),
        told.said(iri, ADMS.versionNotes),
        told.said(publisher, FOAF.name),
        publisher.value if publisher else "",
        told.said(iri, DCT.spatial),
    )
    extras = dict(zip(_EXTRAS, values, strict=True))
    return {
        "name": f"{name}-{key}".lower(),
        "owner_org": owner,
        "title": told.said(iri, DCT.title),
        "notes": told.said(iri, DCT.description),
        "url": told.said(iri, DCAT.landingPage),
        "version": told.said(iri, DCAT.version),
        "license_id": _licence_id(licence),
        "maintainer": told.said(contact, VCARD.fn),
        "maintainer_email": told.said(contact, VCARD.hasEmail).removeprefix("mailto:"),
        "tags": [{"name": word} for word in _tags(keywords)],
        "extras": [{"key": field, "value": value} for field, value in sorted(extras.items()) if value],
        "resources": [_resource(told, one) for one in files],
    }


def _licence_id(licence: NamedNode | None) -> str:
    found = authorities().licence(licence.value) if licence else None
    return found.ckan if found else "notspecified"


def _tags(keywords: Sequence[str]) -> list[str]:
    """Return keywords as CKAN takes them: other signs become spaces, what is too short is left out."""
    cleaned = {" ".join(_NO_TAG.sub(" ", word).split())[:_LONGEST].strip() for word in keywords}
    return sorted(word for word in cleaned if len(word) >= _SHORTEST)


def _resource(told: _Catalogue, iri: NamedNode) -> Package:
    form, media, total = told.node(iri, DCT["format"]), told.node(iri, DCAT.mediaType), told.node(iri, SPDX.checksum)
    return {
        "uri": iri.value,
        "name": told.said(iri, DCT.title),
        "description": told.said(iri, DCT.description),
        "url": told.said(iri, DCAT.downloadURL),
        "format": told.said(form, RDFS.label),
        "mimetype": media.value.partition("/media-types/")[2] if media else "",
        "size": int(told.said(iri, DCAT.byteSize) or 0),
        "hash": told.said(total, SPDX.checksumValue),
    }


def plan(api: Api, packages: Sequence[Package]) -> list[Step]:
    """Return what would become of each package, field by field; nothing is written."""
    return [_step(_there(api, str(package["name"])), package) for package in packages]


def carry_out(api: Api, steps: Sequence[Step]) -> Iterator[Step]:
    """Do what was planned, and yield each step when it is done."""
    for step in steps:
        if step.doing in _ACTIONS:
            api.call_action(_ACTIONS[step.doing], step.package)
        yield step


def _there(api: Api, name: str) -> Package | None:
    from ckanapi.errors import NotFound  # an extra of the installation

    try:
        found: Package = api.call_action("package_show", {"id": name})
    except NotFound:
        return None
    return found


def _step(there: Package | None, package: Package) -> Step:
    name = str(package["name"])
    if there is None:
        return Step("create", name, tuple((field, None, value) for field, value in sorted(package.items())), package)
    if _uri(there) != _uri(package):
        return Step("foreign", name, (("uri", _uri(there), _uri(package)),), {})
    merged = {
        **package,
        "resources": _resources(there, package),
        "extras": [*package["extras"], *(one for one in there.get("extras", ()) if one["key"] not in _EXTRAS)],
        "tags": _all_tags(there, package),
    }
    fields = tuple(_differences(there, merged))
    sent = {"id": there["id"], **{field: value for field, _, value in fields}}
    return Step("update" if fields else "same", name, fields, sent if fields else {})


def _all_tags(there: Package, package: Package) -> list[Package]:
    """Return our tags and those that are there: nobody can tell who added one."""
    own = {one["name"] for one in package["tags"]}
    return [*package["tags"], *({"name": one["name"]} for one in there.get("tags", ()) if one["name"] not in own)]


def _uri(package: Package) -> str:
    """Return the IRI of a package: an extra of it, or a field of its own where the portal has a schema for DCAT."""
    return next((str(one["value"]) for one in package.get("extras", ()) if one["key"] == "uri"), package.get("uri", ""))


def _resources(there: Package, package: Package) -> list[Package]:
    """Return our resources, each with its id and what else is said of it there, then those that others added."""
    known = {one.get("uri"): one for one in there.get("resources", ()) if one.get("uri")}
    own = {one["uri"] for one in package["resources"]}
    start = _uri(package).replace("/id/dataset/", "/id/distribution/") + "/"
    ours = [{**known.get(one["uri"], {}), **one} for one in package["resources"]]
    others = [
        one
        for one in there.get("resources", ())
        if one.get("uri") not in own and not str(one.get("uri")).startswith(start)
    ]
    return [*ours, *others]


def _differences(there: Package, here: Package) -> Iterator[tuple[str, object, object]]:
    for field, value in sorted(here.items()):
        former = there.get(field)
        if field == "owner_org":
            organisation = there.get("organization") or {}
            if value in (former, organisation.get("name"), organisation.get("id")):
                continue
        if _plain(field, former) != _plain(field, value):
            yield field, former, value


def _plain(field: str, value: Any) -> object:
    """Return what of a field is compared: CKAN adds much of its own to what it was sent."""
    if field == "tags":
        return sorted(one["name"] for one in value or ())
    if field == "extras":
        return sorted((one["key"], one["value"]) for one in value or ())
    if field == "resources":
        keys = ("uri", "name", "description", "url", "format", "mimetype", "size", "hash")
        return [tuple(str(one.get(key) or "") for key in keys) for one in value or ()]
    return value or ""
