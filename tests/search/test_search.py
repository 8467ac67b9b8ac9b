"""Search: folded names, abbreviations, ranking, the index on disk, the command, and search labels in SPARQL."""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from pobratim.cli import run
from pobratim.errors import StoreError
from pobratim.query.library import library, queries_root
from pobratim.rdf.search_labels import search_label
from pobratim.search import LOOKUPS, TYPES, Hit, SearchDocument, SearchIndex, build_index, open_or_build, read_documents
from pobratim.store.directory import GenerationStore
from pobratim.store.generations import KEPT
from pobratim.store.reader import Reader
from pobratim.text.folding import folded_words, keys, latin_key, other_layout
from tests.support.model_sample import model

GYMNASIUM_7 = "https://w3id.org/pobratim/id/organisation/by-vitebsk-gymnasium-7"
MAZ = "https://w3id.org/pobratim/id/organisation/by-minsk-maz"
SCHOOL_8 = "https://w3id.org/pobratim/id/organisation/ru-smolensk-school-8"
ART_SCHOOL_3 = "https://w3id.org/pobratim/id/organisation/by-vitebsk-art-school-3"
VITEBSK = "https://w3id.org/pobratim/id/place/by-vitebsk"
SMOLENSK = "https://w3id.org/pobratim/id/place/ru-smolensk"

VITEBSK_NAMES = {"ru": "Витебск", "en": "Vitebsk"}


def _institution(key: str, *names: str, place: Mapping[str, str] = VITEBSK_NAMES, weight: int = 0) -> SearchDocument:
    return SearchDocument(
        key, "institution", {"ru": names[0]}, names, dict(place), {"ru": "Беларусь", "en": "Belarus"},
        (*place.values(), "Беларусь", "Belarus"), ("учреждение",), weight,
    )  # fmt: skip


@pytest.fixture(scope="module")
def small() -> SearchIndex:
    """Labels by hand: schools by number, a factory, towns that are spelt in several ways, a person."""
    gymnasiums = [_institution(f"g{n}", f"ГУО «Гимназия № {n}»") for n in (1, 7, 17, 71)]
    return SearchIndex.of(
        [
            *gymnasiums,
            _institution("school", "СШ № 12 г. Витебска"),
            _institution("plain-school", "Средняя школа № 14"),
            _institution("kindergarten", "Детский сад № 5 «Ёлочка»"),
            _institution(
                "factory", "ОАО «Минский автомобильный завод»", place={"ru": "Минск", "en": "Minsk"}, weight=3
            ),
            _institution("university", "Смоленский государственный университет", place={"ru": "Смоленск"}),
            _institution("centre", "Центр культуры и досуга", place={"ru": "Орёл"}),
            _institution("eagle", "Администрация города Орла", place={"ru": "Орёл", "en": "Oryol"}, weight=2),
            SearchDocument("vitebsk", "place", VITEBSK_NAMES, ("Витебск", "Vitebsk", "Viciebsk"), weight=9),
            SearchDocument("shchukino", "place", {"ru": "Щукино"}, ("Щукино",)),
            SearchDocument("kharkov", "place", {"ru": "Харьков"}, ("Харьков",)),
            SearchDocument("person", "person", {"ru": "Анна Ильинична Щеглова"}, ("Анна Ильинична Щеглова",)),
            SearchDocument("festival", "event", {"ru": "Фестиваль «Витебск»"}, ("Фестиваль «Витебск»",)),
        ]
    )


def _iris(index: SearchIndex, q: str, *, limit: int = 20, types: tuple[str, ...] = ()) -> list[str]:
    return [hit.iri for hit in index.find(q, limit=limit, types=types)]


# Folding


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("МБОУ «СШ №8» г. Орёл", "мбоу сш 8 г орел"),
        ("Гимназия No. 7, гимназия N7, гимназия #7, номер 7", "гимназия 7 гимназия 7 гимназия 7 7"),
        ("Торгово-промышленная палата", "торгово промышленная палата"),
        ("д/с № 5 им. Д.С. Петрова", "дс 5 им д с петрова"),
        ("CШ № 8", "сш 8"),  # the first letter is Latin
        ("и\u0306од", "йод"),
        ("\ud800 a\u00adb €🎉", "ab"),
        ("", ""),
    ],
)
def test_names_fold_to_plain_words(text: str, words: str) -> None:
    assert " ".join(folded_words(text)) == words


@pytest.mark.parametrize(
    ("russian", "spellings"),
    [
        ("гимназия", "gimnaziya gimnazija gimnazia gimnaziia"),
        ("щукино", "shchukino schukino ščukino ŝukino"),
        ("харьков", "kharkov harkov xarkov"),
        ("царицыно", "tsaritsyno caricyno tsaricino"),
        ("ёлкино", "yolkino elkino jolkino ëlkino"),
        ("южный", "yuzhny yuzhnyy južnyj iuzhnyi"),
    ],
)
def test_latin_spellings_of_a_word_share_a_key(russian: str, spellings: str) -> None:
    different = {word for word in spellings.split() if latin_key(word) != latin_key(russian)}
    assert different <= {"xarkov"}, "only the Latin x is read as ks"


def test_a_word_is_found_by_the_stem_of_its_dictionary_form() -> None:
    assert set(keys("орла")) & set(keys("орел"))
    assert keys("17") == ("17",)


def test_the_other_layout_goes_both_ways() -> None:
    assert other_layout("dbnt,cr") == "витебск"
    assert other_layout("ыьщдутыл") == "smolensk"


# Finding and ranking


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("Гимназия № 7", "g7"),
        ("гимназии 7", "g7"),
        ("гимназию №17", "g17"),
        ("ГИМНАЗИЯ 71", "g71"),
        ("СШ № 12", "school"),
        ("средней школы 12", "school"),
        ("сш 14", "plain-school"),
        ("СШ 14 витебск", "plain-school"),
        ("д/с 5", "kindergarten"),
        ("елочка", "kindergarten"),
        ("МАЗ", "factory"),
        ("СмолГУ", "university"),
        ("СГУ смоленск", "university"),
        ("цкид", "centre"),
        ("администрация орел", "eagle"),
        ("витебску", "vitebsk"),
        ("виебск", "vitebsk"),
        ("ветибск", "vitebsk"),
        ("витеб", "vitebsk"),
        ("Vitebsk", "vitebsk"),
        ("schukino", "shchukino"),
        ("Harkov", "kharkov"),
        ("gimnazija 7 vitebsk", "g7"),
        ("dbnt,cr", "vitebsk"),
        ("ubvyfpbz 7", "g7"),
        ("щеглова анна", "person"),
        ("фестиваль", "festival"),
    ],
)
def test_the_thing_meant_comes_first(small: SearchIndex, q: str, first: str) -> None:
    assert _iris(small, q)[:1] == [first]


def test_numbers_match_exactly(small: SearchIndex) -> None:
    assert _iris(small, "гимназия 7") == ["g7"]
    assert _iris(small, "гимназия 8") == []
    assert _iris(small, "гимназея 1 витебск") == ["g1"]


def test_exact_comes_before_words_before_beginnings_before_errors(small: SearchIndex) -> None:
    exact, inflected, begun, mistyped = (small.find(q)[0] for q in ("Витебск", "Витебска", "Вите", "Ветибск"))
    assert {hit.iri for hit in (exact, inflected, begun, mistyped)} == {"vitebsk"}
    assert exact.score > inflected.score > begun.score > mistyped.score
    assert _iris(small, "витебск").index("vitebsk") < _iris(small, "витебск").index("festival")


def test_of_equals_the_well_connected_comes_first() -> None:
    index = SearchIndex.of([_institution("a", "Клуб «Маяк»"), _institution("b", "Клуб «Маяк»", weight=30)])
    assert _iris(index, "клуб маяк") == ["b", "a"]


def test_what_has_most_of_the_words_is_found_where_nothing_has_all(small: SearchIndex) -> None:
    assert _iris(small, "гимназия 7 имени неизвестного героя витебск")[0] == "g7"


def test_types_limit_what_is_found(small: SearchIndex) -> None:
    assert _iris(small, "витебск", types=("place",)) == ["vitebsk"]
    assert set(_iris(small, "витебск", types=("place", "event"))) == {"vitebsk", "festival"}
    assert _iris(small, "витебск", types=("nothing",)) == []


def test_no_more_than_the_limit_and_nothing_for_none(small: SearchIndex) -> None:
    assert len(_iris(small, "витебск", limit=2)) == 2
    assert _iris(small, "витебск", limit=0) == []


def test_a_hit_says_place_country_and_matched_name_in_the_language_asked_for(small: SearchIndex) -> None:
    [russian], [english] = small.find("гимназия 7"), small.find("гимназия 7", lang="en")
    assert (russian.label, russian.place, russian.country) == ("ГУО «Гимназия № 7»", "Витебск", "Беларусь")
    assert (english.place, english.country, english.type) == ("Vitebsk", "Belarus", "institution")
    assert small.find("Viciebsk")[0].matched == "Viciebsk"
    assert small.find("витебск", types=("place",), lang="en")[0].label == "Vitebsk"


@pytest.mark.parametrize(
    "q",
    [
        "", " ", "«»", "№", "€🎉👩‍👩‍👧", "\ud800", "витебск\udfff", "\x00", "AND OR NOT", "word:витебск", '"',
        "a~9", "[a TO b]", "*", "?*", "(((", "\\", "+-!{}^", "я" * 10_000,
        "витебск " * 2_000, "7 " * 5_000, "ǅ İ ß ﬁ", "北京", "и в на",
    ],
)  # fmt: skip
def test_any_input_is_answered(small: SearchIndex, q: str) -> None:
    assert all(isinstance(hit, Hit) and hit.score > 0 for hit in small.find(q))


QUERY = st.text(st.characters(exclude_categories=())) | st.text("агимнзяё №7\"«»-,.'qwe ")


@given(QUERY, st.integers(-1, 30), st.sets(st.sampled_from(TYPES)))
def test_find_never_raises_and_keeps_its_promises(q: str, limit: int, types: set[str]) -> None:
    hits = HAND.find(q, limit=limit, types=sorted(types))
    assert len(hits) <= max(limit, 0)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.iri for hit in hits}) == len(hits)
    assert not types or {hit.type for hit in hits} <= types


HAND = SearchIndex.of(
    [_institution(f"g{n}", f"ГУО «Гимназия № {n}»", f"Gimnaziya No. {n}") for n in range(30)]
    + [
        SearchDocument("p", "place", {"en": "Qwerty"}, ("Qwerty", "")),
        SearchDocument("e", "event", {"ru": "!"}, ("!",)),
    ]
)


def test_an_empty_index_finds_nothing() -> None:
    index = SearchIndex.of([])
    assert len(index) == 0 and index.find("витебск") == []


# The example report


@pytest.fixture(scope="module")
def example(example_store: Reader) -> SearchIndex:
    return SearchIndex.of(read_documents(example_store))


@pytest.mark.parametrize(
    ("q", "iri"),
    [
        ("ГУО «Гимназия № 7 г. Витебска им. П.Е. Кондратенко»", GYMNASIUM_7),
        ("гимназия 7 витебск", GYMNASIUM_7),
        ("гимназии № 7 витебска", GYMNASIUM_7),
        ("gimnaziya 7 vitebsk", GYMNASIUM_7),
        ("гимназя 7 ветебск", GYMNASIUM_7),
        ("гимн 7 вит", GYMNASIUM_7),
        ("МАЗ", MAZ),
        ("минского автомобильного завода", MAZ),
        ("СШ № 8", SCHOOL_8),
        ("средняя школа 8", SCHOOL_8),
        ("ДШИ № 3", ART_SCHOOL_3),
        ("школа искусств витебск", ART_SCHOOL_3),
        ("Vitebsk", VITEBSK),
        ("Витебск", VITEBSK),
        ("Smolensk", SMOLENSK),
        ("смоленску", SMOLENSK),
        ("cvjktycr", SMOLENSK),
    ],
)
def test_what_the_example_tells_of_is_found(example: SearchIndex, q: str, iri: str) -> None:
    assert _iris(example, q)[:1] == [iri]


def test_words_of_kind_and_place_count(example: SearchIndex) -> None:
    hits = example.find("школы витебск", types=("institution",))
    assert len(hits) == 3 and {hit.place for hit in hits} == {"Витебск"}
    assert any("Гимназия № 7" in hit.label for hit in hits), "a gymnasium is a school"


def test_every_type_is_found(example: SearchIndex) -> None:
    asked = {
        "place": "гомель", "institution": "планетарий", "person": "глава города", "agreement": "соглашение маладик",
        "series": "гагаринские чтения", "country": "беларуси", "region": "смоленской области",
        "event": "круглый стол афганистан",
    }  # fmt: skip
    assert {type_: example.find(q, types=(type_,))[0].type for type_, q in asked.items()} == {t: t for t in TYPES}


def test_an_agreement_is_called_by_its_kind_and_parties(example: SearchIndex) -> None:
    hit = example.find("соглашение маладик русишвили", types=("agreement",))[0]
    assert hit.label.startswith("Соглашение: ") and " — " in hit.label and hit.label.endswith(", 2023")
    english = example.find("соглашение маладик русишвили", types=("agreement",), lang="en")[0]
    assert english.label.startswith("Agreement: ")


def test_documents_are_the_same_whatever_the_order_of_the_store(example_store: Reader) -> None:
    first, second = read_documents(example_store), read_documents(example_store)
    assert first == second
    assert [document.iri for document in first if document.type == "place"] == sorted(
        document.iri for document in first if document.type == "place"
    )
    weights = {document.iri: document.weight for document in first}
    assert weights[GYMNASIUM_7] > 0


def test_a_post_stands_for_itself_only_without_a_named_holder() -> None:
    people = [document for document in read_documents(model("sample")) if document.type == "person"]
    assert [document.labels["ru"] for document in people] == ["А.А. Иванова"]
    hit = SearchIndex.of(people).find("директор маладик")[0]
    assert (hit.label, hit.place) == ("А.А. Иванова", "Витебск")


# The index on disk


def test_an_index_is_built_once_and_opened_again(tmp_path: Path) -> None:
    folder = tmp_path / "search" / "000001"
    build_index([_institution("a", "Клуб «Маяк»")], folder)
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    build_index([_institution("b", "Клуб «Компас»")], folder)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    assert _iris(SearchIndex.open(folder), "маяк") == ["a"]
    assert [path.name for path in folder.parent.iterdir()] == ["000001"]


def test_an_index_of_another_version_is_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "000001"
    build_index([_institution("a", "Клуб «Маяк»")], folder)
    (folder / "stamp.json").write_text('{"format": 0}', encoding="ascii")
    with pytest.raises(FileNotFoundError):
        SearchIndex.open(folder)
    build_index([_institution("b", "Клуб «Маяк»")], folder)
    assert _iris(SearchIndex.open(folder), "маяк") == ["b"]
    assert [path.name for path in tmp_path.iterdir()] == ["000001"]


def test_a_failed_build_leaves_nothing(tmp_path: Path) -> None:
    def failing() -> list[SearchDocument]:
        raise KeyError

    with pytest.raises(KeyError):
        build_index((document for document in failing()), tmp_path / "000001")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_index_is_none(tmp_path: Path) -> None:
    folder = tmp_path / "000001"
    build_index([_institution("a", "Клуб «Маяк»")], folder)
    (folder / "meta.json").write_text("{", encoding="ascii")
    with pytest.raises(FileNotFoundError):
        SearchIndex.open(folder)


@pytest.fixture
def store(example_directory: Path, tmp_path: Path) -> Path:
    """A copy of the example's store without the indexes of others, to make indexes and generations in."""
    shutil.copytree(example_directory, tmp_path / "store", symlinks=True, ignore=shutil.ignore_patterns("search"))
    return tmp_path / "store"


def test_the_index_of_a_store_lies_beside_its_generations(store: Path) -> None:
    assert _iris(open_or_build(GenerationStore(store)), "МАЗ")[0] == MAZ
    assert [path.name for path in (store / "search").iterdir()] == ["000001"]
    assert _iris(open_or_build(GenerationStore(store)), "МАЗ")[0] == MAZ


def test_where_the_store_cannot_be_written_the_index_is_held_in_memory(store: Path) -> None:
    shutil.rmtree(store / "search", ignore_errors=True)  # a server that ran over the original has made it
    (store / "search").write_text("not a folder", encoding="ascii")
    assert _iris(open_or_build(GenerationStore(store)), "МАЗ")[0] == MAZ


def test_a_draft_that_is_put_in_place_while_old_ones_are_removed_stops_no_writer(store: Path) -> None:
    (store / "search").mkdir()
    # A link that leads nowhere is what a draft is that was renamed between listing and looking.
    (store / "search" / ".tmp-renamed").symlink_to(store / "nowhere")
    before = GenerationStore(store).open().generation
    update = "INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 1 } }"
    assert GenerationStore(store).update(update, "http://e/").generation == before + 1


def test_a_store_without_a_generation_has_no_index(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="store-empty"):
        open_or_build(GenerationStore(tmp_path))


def test_indexes_go_with_their_generations(store: Path) -> None:
    open_or_build(GenerationStore(store))
    stale, fresh = store / "search" / ".tmp-old", store / "search" / ".tmp-new"
    for draft in (stale, fresh):
        draft.mkdir()
    os.utime(stale, (0, 0))
    graph = NamedNode("http://g.example/1")
    for number in range(KEPT):
        quad = Quad(graph, graph, Literal(str(number)), graph)
        GenerationStore(store).publish({graph.value: [quad]}, {}, {})
    assert [path.name for path in (store / "search").iterdir()] == [".tmp-new"]
    assert GenerationStore(store).search_folder() == store / "search" / f"{KEPT + 1:06d}"


# The command


def test_the_command_shows_a_table(store: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["search", "гимназия", "7", "витебск", "--store", str(store), "--lang", "ru"]) == 0
    out = capfdbinary.readouterr().out.decode()
    assert out.startswith("вид ") and "организация" in out and "Витебск" in out and GYMNASIUM_7 in out


def test_the_command_writes_json_of_some_types(store: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    words = ["search", "vitebsk", "--type", "place", "--limit", "5", "--format", "json", "--store", str(store)]
    assert run([*words, "--lang", "en"]) == 0
    [hit] = json.loads(capfdbinary.readouterr().out)
    assert (hit["iri"], hit["label"], hit["country"], hit["type"]) == (VITEBSK, "Vitebsk", "Belarus", "place")


def test_that_nothing_was_found_is_said_and_no_error_as_with_queries(
    store: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["search", "щъыщъы", "--store", str(store), "--lang", "ru"]) == 0
    assert capfdbinary.readouterr().out.decode() == "Ничего не найдено.\n"
    assert run(["search", "x", "--type", "nothing", "--store", str(store), "--lang", "en"]) == 2


# Search labels in the graph


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("МБОУ «СШ № 8»", "мбоу сш 8 средняя школа 8"),
        ("Детская школа искусств № 7", "детская школа искусств 7 дши 7"),
        ("Администрация г. Орла", "администрация г орла орел"),
        ("Ёлочка", "елочка"),
        ("«»", ""),
    ],
)
def test_search_labels(name: str, label: str) -> None:
    assert search_label(name) == label


def test_institutions_are_found_by_initials() -> None:
    assert search_label("Минский автомобильный завод", by_initials=True).endswith(" маз")


def test_everything_searchable_has_search_labels(example_store: Reader) -> None:
    query = (
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?iri ?text "
        "{ GRAPH <https://w3id.org/pobratim/graph/search> { ?iri skos:hiddenLabel ?text } }"
    )
    result = example_store.query(query)
    assert isinstance(result, QuerySolutions)
    labelled = {row["iri"].value for row in result}
    concepts = ("country", "region", *LOOKUPS)
    assert labelled >= {each.iri for each in read_documents(example_store) if each.type not in concepts}


@pytest.mark.parametrize(
    ("contained", "iri"), [("школ", SCHOOL_8), ("маз", MAZ), ("дши 3", ART_SCHOOL_3), ("gimnaziya 7", GYMNASIUM_7)]
)
def test_an_analyst_filters_without_boilerplate(example_store: Reader, contained: str, iri: str) -> None:
    query = (
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "SELECT ?x ?part { ?x skos:hiddenLabel ?t FILTER(CONTAINS(?t, ?part)) }"
    )
    result = example_store.query(query, {"part": Literal(contained)})
    assert isinstance(result, QuerySolutions)
    assert iri in {row["x"].value for row in result}


@pytest.mark.parametrize(
    ("name", "iris"),
    [
        ("гимназии №7 витебска", {GYMNASIUM_7}),
        ("витебск, гимназия", {GYMNASIUM_7}),
        ("Средняя школа № 8", {SCHOOL_8}),
        ("ДШИ № 3", {ART_SCHOOL_3}),
        ("МАЗ", {MAZ}),
        ("гимназия 17", set()),
        ("(((", set()),
    ],
)
def test_the_question_find_forgives_forms(example_store: Reader, name: str, iris: set[str]) -> None:
    result = library(queries_root())["find"].run(example_store, {"name": name}, "ru")
    assert isinstance(result, QuerySolutions)
    found = {row["iri"].value for row in result if row["type"].value == "организация"}
    assert found == iris
