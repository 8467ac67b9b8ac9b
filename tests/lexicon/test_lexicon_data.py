"""The lexicon's content: labels that can be told apart, references that lead somewhere, complete schemes."""

import importlib.util
import re
import sys
import unicodedata
from collections import Counter, defaultdict

import pytest

from pobratim.content import content_root
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import LEX, lexicon
from pobratim.lexicon.skos import DEFINITIONS, Concept
from pobratim.text.words import fold
from tests.support.places import ROOT

SCHEMES = ["organisation-kind", "event-kind", "topic", "country", "territory", "region", "post", "legal-form"]
EVENT_KINDS = {
    "competition", "festival", "sports", "conference", "round-table", "meeting", "visit", "exhibition", "training",
    "ceremony", "exchange", "signing", "concert", "commemoration", "publication", "project", "other",
}  # fmt: skip
TOPICS = {
    "culture", "education", "sport", "tourism", "economy", "science", "history", "youth", "language", "governance",
    "religion", "health", "environment", "transport", "charity",
}  # fmt: skip
PART_OF = "http://purl.org/dc/terms/isPartOf"
MIXED = re.compile(r"[А-Яа-яЁё][A-Za-z]|[A-Za-z][А-Яа-яЁё]")


def texts(concept: Concept) -> list[str]:
    return [*concept.inflected, *concept.literal, *concept.stems, *concept.cues]


def repeated(scheme: str, field: str) -> dict[str, list[str]]:
    """Return the labels of a scheme that several concepts have, with these."""
    bearers = defaultdict(set)
    for concept in lexicon().concepts(scheme):
        for label in getattr(concept, field):
            bearers[label if field == "literal" else fold(label)].add(concept.local)
    return {label: sorted(locals_) for label, locals_ in bearers.items() if len(locals_) > 1}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_concept_is_named_in_both_languages(scheme: str) -> None:
    concepts = lexicon().concepts(scheme)
    assert concepts
    assert [c.local for c in concepts if not c.inflected or not c.english.strip()] == []
    assert [c.local for c in concepts if re.search("[А-Яа-яЁё]", c.english)] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_labels_are_clean(scheme: str) -> None:
    labels = [text for concept in lexicon().concepts(scheme) for text in texts(concept)]
    bad = [
        text
        for text in labels
        if text != " ".join(text.split())
        or not text
        or text != unicodedata.normalize("NFC", text)
        or MIXED.search(text)
    ]
    assert bad == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_literal_label_belongs_to_one_concept(scheme: str) -> None:
    assert repeated(scheme, "literal") == {}


# Countries are left out, for two of them are the Virgin Islands; so are topics, for a phrase may tell two.
@pytest.mark.parametrize("scheme", ["organisation-kind", "event-kind", "territory", "region", "post", "legal-form"])
def test_inflected_label_belongs_to_one_concept(scheme: str) -> None:
    assert repeated(scheme, "inflected") == {}


def test_stem_tells_one_topic_strongly() -> None:
    assert [stem for stem in repeated("topic", "stems") if stem != "археолог"] == []


def test_short_stems_are_whole_beginnings_of_few_words() -> None:
    short = [stem for concept in lexicon().concepts("topic") for stem in concept.stems if len(stem) < 3]
    assert short == []


@pytest.mark.parametrize(
    ("word", "topic"),
    [
        ("вовлечение", "history"), ("победители", "history"), ("лицензия", "education"), ("классический", "education"),
        ("портрет", "transport"), ("командировка", "sport"), ("советский", "governance"), ("водитель", "environment"),
        ("лестница", "environment"), ("кроссворд", "sport"), ("открытие", "science"),
    ],
)  # fmt: skip
def test_stems_do_not_catch_strangers(word: str, topic: str) -> None:
    known = lexicon()
    told = {c.local for kind in ("stem", "weak") for c in known.stems("topic", kind).of(fold(word))}
    assert topic not in told


@pytest.mark.parametrize(
    ("word", "topic"),
    [
        ("музыкальный", "culture"), ("хоккею", "sport"), ("ветеранов", "history"), ("туристический", "tourism"),
        ("инвестиций", "economy"), ("православной", "religion"), ("волонтеров", "youth"), ("медицинских", "health"),
        ("экологический", "environment"), ("научная", "science"), ("педагогов", "education"),
        ("депутаты", "governance"),
    ],
)  # fmt: skip
def test_stems_tell_topics(word: str, topic: str) -> None:
    assert topic in {c.local for c in lexicon().stems("topic").of(fold(word))}


def test_schemes_have_the_concepts_that_records_may_name() -> None:
    assert {c.local for c in lexicon().concepts("event-kind")} == EVENT_KINDS
    assert {c.local for c in lexicon().concepts("topic")} == TOPICS


def test_broader_kinds_exist_and_never_circle() -> None:
    known = lexicon()
    kinds = {c.iri: c for c in known.concepts("organisation-kind")}
    for kind in kinds.values():
        assert set(kind.broader) <= kinds.keys(), kind.local
        seen, at = set(), kind
        while at.broader:
            assert at.iri not in seen, kind.local
            seen.add(at.iri)
            at = kinds[at.broader[0]]


def test_kinds_of_organisations_have_a_known_category_and_topic() -> None:
    topics = {f"{DEFINITIONS}topic/{topic}" for topic in TOPICS}
    for kind in lexicon().concepts("organisation-kind"):
        categories = set(kind.extra.get(LEX + "category", []))
        assert categories, kind.local
        assert categories <= {"public", "culture", "company", "society", "religious", "media"}, kind.local
        assert set(kind.extra.get(LEX + "topic", [])) <= topics, kind.local


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("средняя школа", "school"), ("детская школа искусств", "art-school"), ("детский сад", "kindergarten"),
        ("дом культуры", "culture-house"), ("торгово-промышленная палата", "chamber-of-commerce"),
        ("районный исполнительный комитет", "district-executive-committee"), ("генеральное консульство", "consulate"),
        ("акимат", "akimat"), ("народное правительство", "peoples-government"), ("хурал", "khural"),
        ("маслихат", "maslikhat"), ("хукумат", "hukumat"), ("народный комитет", "peoples-committee"),
        ("примэрия", "primaria"), ("институт Конфуция", "language-centre"), ("дацан", "buddhist-temple"),
    ],
)  # fmt: skip
def test_kinds_of_russian_and_partner_countries(label: str, kind: str) -> None:
    from pobratim.text.tokens import tokenize

    tokens = tokenize(label)
    matches = lexicon().matcher("organisation-kind").at(tokens, 0)
    assert [(m.concept.local, m.last) for m in matches] == [(kind, len(tokens))]


def test_one_body_one_concept() -> None:
    """Proper names in one concept would make one organisation of two."""
    proper = [c for c in lexicon().concepts("organisation-kind") if "true" in c.extra.get(LEX + "proper", [])]
    assert {c.label for c in proper} >= {"Россотрудничество", "Росатом", "Роскосмос", "ЮНЕСКО"}


def test_countries_carry_codes_and_adjectives() -> None:
    countries = lexicon().concepts("country")
    assert len({c.notation for c in countries}) == len(countries) > 240
    adjectives = {a for c in countries for a in c.extra.get(LEX + "adjective", [])}
    assert adjectives >= {"белорусский", "китайский", "сербский", "японский", "корейский", "монгольский", "турецкий"}
    assert all(a.endswith(("ий", "ой", "ый")) for a in adjectives)


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("Республики Беларусь", "BY"), ("Китайской Народной Республикой", "CN"), ("КНР", "CN"), ("Южной Кореи", "KR"),
        ("Республики Корея", "KR"), ("КНДР", "KP"), ("Киргизии", "KG"), ("Кыргызской Республики", "KG"),
        ("Молдавии", "MD"),
        ("Соединенных Штатах Америки", "US"), ("Объединенных Арабских Эмиратах", "AE"), ("Абхазии", "Q23334"),
        ("Республики Южная Осетия", "Q23427"), ("Приднестровской Молдавской Республики", "Q907112"), ("Грузией", "GE"),
        ("Королевства Бельгия", "BE"), ("Федеративной Республики Германия", "DE"), ("Северной Македонии", "MK"),
    ],
)  # fmt: skip
def test_country_names_in_any_case(text: str, notation: str) -> None:
    from pobratim.text.tokens import tokenize

    tokens = tokenize(text)
    matches = lexicon().matcher("country", "territory").at(tokens, 0)
    assert [(m.concept.notation, m.last) for m in matches] == [(notation, len(tokens))]


def test_regions_are_of_their_country_and_have_their_own_code() -> None:
    known = lexicon()
    countries = {c.iri: c.notation for c in known.concepts("country")}
    regions = known.concepts("region")
    assert Counter(c.notation.partition("-")[0] for c in regions)["RU"] == 89
    assert {c.notation for c in regions} >= {f"BY-{code}" for code in ("BR", "HM", "HO", "HR", "MA", "MI", "VI")}
    for region in regions:
        assert region.local == region.notation
        (country,) = region.extra[PART_OF]
        assert countries[country] == region.notation.partition("-")[0]
    codes = Counter(code for region in regions for code in region.extra.get(LEX + "admin1", []))
    assert [code for code, times in codes.items() if times > 1] == []


def test_region_codes_are_those_of_settlements() -> None:
    gazetteer = Gazetteer.load()
    held = {f"{line.split(chr(9))[1]}.{line.split(chr(9))[2]}" for line in gazetteer.lines}
    named = {
        code
        for scheme in ("region", "territory")
        for concept in lexicon().concepts(scheme)
        for code in concept.extra.get(LEX + "admin1", [])
    }
    assert named <= held


def test_committed_countries_are_what_the_tool_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pycountry")
    pytest.importorskip("babel")
    spec = importlib.util.spec_from_file_location("build_countries", ROOT / "tools" / "build_countries.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(sys, "argv", ["build_countries.py", "--check"])
    assert module.main() == 0


def test_transcription_of_chinese_and_japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    from transcription import palladius, polivanov

    chinese = {
        "Mudanjiang": "Муданьцзян",
        "Guang’an": "Гуанъань",
        "Jinan": "Цзинань",
        "Xi’an": "Сиань",
        "Yichun": "Ичунь",
    }
    japanese = {"Kushiro": "Кусиро", "Ōsaka": "Осака", "Sendai": "Сэндай", "Maizuru": "Майдзуру", "Niigata": "Ниигата"}
    assert {name: palladius(name) for name in chinese} == chinese
    assert {name: polivanov(name) for name in japanese} == japanese
    assert palladius("Ürümqi") == ""
    assert polivanov("Vladivostok") == ""


def test_extra_settlements_are_well_formed() -> None:
    text = (content_root() / "ontology" / "settlements-extra.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    assert [row for row in rows if len(row) > 5 or not row[0]] == []
    names = Counter((row[0], row[1]) for row in rows if row[0] != "-")
    assert [name for name, times in names.items() if times > 1] == []
    countries = lexicon().countries
    assert [row for row in rows if row[0] != "-" and not set(row[1].split("/")) <= countries.keys()] == []
