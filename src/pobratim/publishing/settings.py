"""``publication.toml``: who publishes what, where, under which licence, and how much of it.

Read strictly: an unknown key, a missing one or a value that no portal would take is a finding with the key, its place
and an example. The faults are all told at once.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from pobratim.errors import Told, UsageError, cause_of
from pobratim.messages import LANGUAGES, Language
from pobratim.publishing.authorities import Licence, authorities
from pobratim.publishing.findings import Finding
from pobratim.publishing.keys import Keys
from pobratim.site.page import Pictures

FORMS = ("3.0",)
"""The forms of the passport that are data of this program. Of 4.0 the text was not read."""
_SHORTEST, _LONGEST = 50, 5000
"""Characters of a description: what Google's data set search asks for."""
FILE = "publication.toml"
"""The usual name of the file, looked for in the folder where the command runs."""
EXAMPLE_BASES = ("https://w3id.org/pobratim", "https://example.org", "http://example.org")
"""Bases that are everybody's and therefore nobody's: what is minted under them cannot lead anywhere."""
Pages = Literal["all", "main", "packs"]
People = Literal["none", "office", "heads"]
"""Which persons go out with their names: nobody, those in public office, heads of institutions besides."""
Texts = Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who answers for the data: ``inn`` with its check digit, ``kind`` the IRI of a publisher's type."""

    name: Texts
    homepage: str
    inn: str
    kind: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A unit, no person: whom users write and call. ``phone`` is +7 and ten digits."""

    name: Texts
    email: str
    phone: str
    homepage: str


@dataclass(frozen=True, slots=True)
class Passport:
    """The Russian passport of open data: the version of its form, and the set's name in Latin letters and digits."""

    form: str
    name: str


@dataclass(frozen=True, slots=True)
class Publication:
    """All that ``publication.toml`` says. IRIs are whole, texts by language, in all of ``languages``.

    ``themes`` and ``frequency`` are IRIs of the EU tables, ``frequency_code`` the code of the latter ("QUARTERLY").
    ``public_url`` and ``base`` have no slash at the end. ``endpoint`` is the URL of a SPARQL service beside the
    folder, "" for none. ``pictures`` says which pages have a picture of their own. ``valid_months`` is for how long a
    version counts as current, ``versions_kept`` how many old ones stay in the folder. ``is_example`` tells that the
    base is one of ``EXAMPLE_BASES``, let pass by ``--example``.
    """

    file: Path
    title: Texts
    description: Texts
    publisher: Publisher
    contact: Contact
    licence: Licence
    frequency: str
    frequency_code: str
    themes: tuple[str, ...]
    keywords: Mapping[Language, tuple[str, ...]]
    public_url: str
    base: str
    endpoint: str
    languages: tuple[Language, ...]
    pages: Pages
    pictures: Pictures
    people: People
    passport: Passport
    valid_months: int
    versions_kept: int
    is_example: bool = False

    @property
    def is_slim(self) -> bool:
        """Tell whether pages are so many that each is slim (``site/page.py``)."""
        return self.pages == "packs"


def read_publication(file: Path, example: bool = False) -> Publication:
    """Return what a file says; ``example`` lets an example base pass.

    Raises UsageError for a file that cannot be read or has faults, of which the first is told whole.
    """
    publication, findings = examined(file, example)
    if publication is None:
        raise refused(findings)
    return publication


def refused(findings: Sequence[Finding]) -> UsageError:
    """Return the error that tells the first of some findings whole, and how many more there are."""
    first = findings[0]
    said = {
        part: Told(first.code, f"finding-{first.code}{ending}", **dict(first.values))
        for part, ending in (("what", ""), ("then", "-then"), ("mend", "-mend"))
    }
    return UsageError("publication-faults", where=first.where, more=len(findings) - 1, **said)


def examined(file: Path, example: bool = False) -> tuple[Publication | None, list[Finding]]:
    """Return what a file says, None where it has faults, and its faults in the order of the keys.

    Raises UsageError for a file that cannot be read or is no TOML.
    """
    try:
        # Editors of Windows put a mark before the text.
        table = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise UsageError("publication-missing", file=file) from error
    except OSError as error:
        raise UsageError("publication-unreadable", file=file, cause=cause_of(error)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError("publication-unreadable", file=file, cause=error) from error
    keys = Keys(file, table)
    publication = _publication(keys, file, example)
    keys.close()
    return (None if keys.findings else publication), keys.findings


def _publication(keys: Keys, file: Path, example: bool) -> Publication:
    """Take the keys one by one; what is wrong or missing becomes a finding, and some value of its type."""
    languages = keys.several("languages", LANGUAGES)
    frequency = keys.choice("frequency", tuple(authorities().frequencies))
    pages = keys.choice("pages", get_args(Pages))
    pictures = keys.choice("pictures", get_args(Pictures), "main")
    people = keys.choice("people", get_args(People))
    base = keys.address("base")
    is_example = base in EXAMPLE_BASES
    if is_example and not example:
        keys.wrong("base", "base-of-example", base=base)
    inn = keys.inn("publisher.inn")
    if not (example or inn.strip("0")) and inn:
        keys.wrong("publisher.inn", "inn-digit", value=inn)
    return Publication(
        file=file,
        title=keys.texts("title", languages),
        description=keys.texts("description", languages, least=_SHORTEST, most=_LONGEST),
        publisher=Publisher(
            keys.texts("publisher.name", languages),
            keys.address("publisher.homepage"),
            inn,
            authorities().publishers.get(keys.choice("publisher.type", tuple(authorities().publishers)), ""),
        ),
        contact=Contact(
            keys.texts("contact.unit", languages),
            keys.email("contact.email"),
            keys.phone("contact.phone"),
            keys.address("contact.homepage", optional=True),
        ),
        licence=keys.licence("licence"),
        frequency=authorities().frequencies.get(frequency, ""),
        frequency_code=frequency,
        themes=tuple(authorities().themes[one] for one in keys.several("themes", tuple(authorities().themes))),
        keywords=keys.words("keywords", languages),
        public_url=keys.address("public_url"),
        base=base,
        endpoint=keys.address("endpoint", optional=True),
        languages=languages,
        pages=pages,
        pictures=pictures,
        people=people,
        passport=Passport(keys.choice("passport.form", FORMS), keys.latin("passport.set")),
        valid_months=keys.whole("valid_months", 1, 240, 12),
        versions_kept=keys.whole("versions_kept", 1, 1000, 12),
        is_example=is_example,
    )
