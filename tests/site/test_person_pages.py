"""What pages say of a person's class: on the page of the participation, with its reason, and on the person's own."""

import asyncio
import re

import pytest

from pobratim.messages import Language
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.site.addresses import Addresses
from pobratim.site.asking import DataSet
from pobratim.site.kinds import page_at
from pobratim.site.page import Visit
from pobratim.site.reading import ReaderAsker
from pobratim.site.render import render
from pobratim.store.reader import MemoryReader
from tests.support.sample_graph import BASE, data, ontology, text

HEAD = "https://w3id.org/pobratim/def/person-class/head"
PARTICIPANT = "http://data.europa.eu/m8g/hasParticipant"
[PART] = [text(quad.subject) for quad in data() if text(quad.object) == HEAD]
[PERSON] = [text(q.object) for q in data() if (text(q.subject), q.predicate.value) == (PART, PARTICIPANT)]


def page_of(iri: str) -> str:
    return iri.replace(f"{BASE}/id/", "/doc/")


@pytest.fixture(scope="module")
def asker() -> ReaderAsker:
    return ReaderAsker(MemoryReader([*data(), *ontology()]), DataSet("one"))


def text_of(asker: ReaderAsker, path: str, lang: Language, *query: tuple[str, str]) -> str:
    visit = Visit(lang, Addresses(DEFAULT_BASE, "http://127.0.0.1"), path, query, is_chosen=False)
    page = asyncio.run(page_at(asker, visit))
    assert page is not None
    return " ".join(re.sub("<[^>]+>", " ", render(page, visit)).split())


@pytest.mark.parametrize(
    ("lang", "person_class", "reason"),
    [
        ("ru", "руководитель организации", "почему Возглавляет учреждение, предприятие или общество"),
        ("en", "head of an organisation", "why Leads an institution, company or society"),
    ],
)
def test_the_page_of_a_participation_tells_class_and_reason(
    asker: ReaderAsker, lang: Language, person_class: str, reason: str
) -> None:
    page = text_of(asker, page_of(PART), lang)
    assert person_class in page and reason in page


@pytest.mark.parametrize(
    ("lang", "person_class"), [("ru", "руководитель организации"), ("en", "head of an organisation")]
)
def test_the_page_of_a_person_tells_the_class_beside_each_event(
    asker: ReaderAsker, lang: Language, person_class: str
) -> None:
    assert person_class in text_of(asker, page_of(PERSON), lang, ("view", "data"))
    assert person_class in text_of(asker, page_of(PERSON), lang)
