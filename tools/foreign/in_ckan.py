"""Run by the environment ``ckan``: what CKAN's parser of catalogues makes of folders, and its validation of packages.

Arguments: the name of a check, then folders. Prints a line of JSON a folder: the faults found.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from foreign.telling import tell

_FORMATS = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}
_WANTED = ("CSV", "N-Quads", "TriG")
_OF_THE_STORE = (
    "owner_org_validator", "package_name_validator", "package_id_does_not_exist", "resource_id_does_not_exist",
    "resource_id_validator", "tag_not_in_vocabulary", "package_id_exists", "group_id_or_name_exists",
)  # fmt: skip
"""Validators that ask a database whether something is there: here nothing is, and everything may be."""


def parser(folder: Path) -> Iterator[str]:
    """Harvest the catalogue in all forms and both languages."""
    from ckan.common import config
    from ckanext.dcat.processors import RDFParser

    wanted = json.loads((folder / "wanted.json").read_text(encoding="utf-8"))
    for ending, name in _FORMATS.items():
        for lang in ("ru", "en"):
            config["ckan.locale_default"] = lang
            parsed = RDFParser(profiles=["euro_dcat_ap_3"])
            parsed.parse((folder / f"catalog.{ending}").read_text(encoding="utf-8"), name)
            for fault in _of_sets(list(parsed.datasets()), wanted, lang):
                yield f"{ending}, {lang}: {fault}"


def _of_sets(sets: list[dict[str, Any]], wanted: dict[str, Any], lang: str) -> Iterator[str]:
    if len(sets) != wanted["sets"]:
        yield f"{len(sets)} data sets instead of {wanted['sets']}"
    for each in sets:
        extras = {one["key"]: one["value"] for one in each["extras"]}
        if not each["resources"]:
            yield f"an empty data set: {each.get('title')}"
        if each.get("license_id") != "cc-by":
            yield f"the licence {each.get('license_id')!r}"
        if wanted["title"][lang] not in str(each.get("title")):
            yield f"the title {each.get('title')!r}"
        if not extras.get("publisher_name") or not extras.get("uri"):
            yield f"no publisher, no uri: {sorted(extras)}"
        formats = {one.get("format") for one in each["resources"]}
        if not formats & set(_WANTED) or any("/" in str(one) for one in formats):
            yield f"the formats {formats}"


def packages(folder: Path) -> Iterator[str]:
    """Put what ``publish --to ckan`` would send through the schema by which CKAN takes packages."""
    import ckan.logic.schema as schemas
    from ckan.lib.navl.dictization_functions import validate
    from ckan.logic import _validators_cache as known
    from ckan.logic import get_validator

    get_validator("not_empty")  # fills the table
    for name in _OF_THE_STORE:
        known[name] = lambda value: value
    for package in json.loads((folder / "packages.json").read_text(encoding="utf-8")):
        _, errors = validate(package, schemas.default_create_package_schema(), {"model": None, "session": None})
        if errors:
            yield f"{package.get('name')}: {errors}"


CHECKS: dict[str, Callable[[Path], Iterator[str]]] = {"parser": parser, "packages": packages}


if __name__ == "__main__":
    tell(CHECKS)
