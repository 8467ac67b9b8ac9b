"""The tables of codes that catalogues read (``viz/publishing/authorities.yml``), and licences found in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from pobratim.content import content_root
from pobratim.messages import read_yaml

_EU = "http://publications.europa.eu/resource/authority/"
_ADMS = "http://purl.org/adms/"


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: its IRI in the EU table, the IRI of its type, and title and id by which CKAN knows it."""

    iri: str
    kind: str
    title: str
    ckan: str = ""


@dataclass(frozen=True, slots=True)
class Authorities:
    """Codes → IRIs of frequencies, themes, kinds of publishers and languages; ``licences`` by code."""

    licences: Mapping[str, Licence]
    frequencies: Mapping[str, str]
    themes: Mapping[str, str]
    publishers: Mapping[str, str]
    languages: Mapping[str, str]
    examples: Mapping[str, str]
    """Values of keys whose value in the template is refused."""
    same: Mapping[str, str]
    """Other IRIs of licences, without scheme and last slash → code."""

    def licence(self, named: str) -> Licence | None:
        """Return the licence of a code, of its EU IRI or of another IRI of it, None for any other."""
        bare = named.strip().removeprefix("https://").removeprefix("http://").rstrip("/")
        for ending in ("/deed.ru", "/deed.en", "/deed", "/legalcode"):
            bare = bare.removesuffix(ending)
        code = bare.removeprefix(_EU.removeprefix("http://") + "licence/")
        return self.licences.get(self.same.get(bare, code))


@cache
def authorities() -> Authorities:
    """Return the tables."""
    file = content_root() / "viz" / "publishing" / "authorities.yml"
    told: dict[str, Any] = read_yaml(file.read_text(encoding="utf-8"))
    licences = {
        code: Licence(f"{_EU}licence/{code}", f"{_ADMS}licencetype/{one['type']}", one["title"], one["ckan"])
        for code, one in told["licences"].items()
    }
    same = {iri: code for code, one in told["licences"].items() for iri in one["same"]}
    return Authorities(
        MappingProxyType(licences),
        MappingProxyType({code: f"{_EU}frequency/{code}" for code in told["frequencies"]}),
        MappingProxyType({code: f"{_EU}data-theme/{code}" for code in told["themes"]}),
        MappingProxyType({code: f"{_ADMS}publishertype/{code}" for code in told["publishers"]}),
        MappingProxyType({code: f"{_EU}language/{name}" for code, name in told["languages"].items()}),
        MappingProxyType(dict(told["examples"])),
        MappingProxyType(same),
    )
