"""Words of Russian are content: the classes of wording.ttl are whole and used, and few words are left in modules."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pobratim.content import content_root
from pobratim.errors import ContentError
from pobratim.extract.admin_units import units
from pobratim.extract.cells import CellText
from pobratim.lexicon import words as words_module
from pobratim.lexicon.skos import Concept, read_concepts
from pobratim.lexicon.words import WORDS, Words
from pobratim.text.words import word
from tests.support.places import TESTS

PACKAGE = Path(words_module.__file__).parents[1]
FIGURES = TESTS / "fixtures" / "words-in-python.tsv"
LEX = "https://w3id.org/pobratim/lexicon#"
CLASSES = {concept.local: concept for concept in read_concepts(content_root() / "ontology" / "wording.ttl")}
CYRILLIC = re.compile("[А-Яа-яЁё]")
MOST = 550
HEAD = """\
# String constants of src/pobratim (f-strings: their parts) with a Cyrillic letter that are no docstring, by module.
# They may only become fewer; "python tests/lexicon/test_words_in_python.py" writes this file anew.
"""


def _docstrings(tree: ast.Module) -> set[int]:
    """Return the ids of strings that stand alone as a statement: docstrings of modules, functions and constants."""
    statements = (node for node in ast.walk(tree) if isinstance(node, ast.Expr))
    return {id(node.value) for node in statements}


def _constants(file: Path) -> int:
    """Return how many strings of a module, or parts of f-strings, hold a Cyrillic letter and document nothing."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    left_out = _docstrings(tree)
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return sum(1 for node in strings if id(node) not in left_out and CYRILLIC.search(str(node.value)))


def _counted() -> dict[str, int]:
    counts = {file.relative_to(PACKAGE).as_posix(): _constants(file) for file in sorted(PACKAGE.rglob("*.py"))}
    return {name: count for name, count in counts.items() if count}


def _allowed() -> dict[str, int]:
    lines = FIGURES.read_text(encoding="utf-8").splitlines()
    return {name: int(count) for name, count in (line.split("\t") for line in lines if not line.startswith("#"))}


def write() -> None:
    """Write the figures anew, as modules were moved or have fewer words. Refuses where there are more in all."""
    counted = _counted()
    assert sum(counted.values()) <= sum(_allowed().values())
    FIGURES.write_text(HEAD + "".join(f"{name}\t{count}\n" for name, count in counted.items()), encoding="utf-8")


def test_words_in_python_only_become_fewer() -> None:
    allowed, counted = _allowed(), _counted()
    more = {name: count for name, count in counted.items() if count > allowed.get(name, 0)}
    assert more == {}, "a word of the rules is a line of ontology/wording.ttl"
    fewer = {name: counted.get(name, 0) for name, count in allowed.items() if counted.get(name, 0) < count}
    assert fewer == {}, "python tests/lexicon/test_words_in_python.py writes the lower figures, so that they stay"
    assert sum(allowed.values()) <= MOST


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('"""Слово."""', 0),
        ('X = 1\n"""Слово."""', 0),
        ('X = {"слово", "and", "ещё"}', 2),
        ('X = f"слово {1} слова"', 2),
        ('def f(a):\n    """Слово."""\n    return a == "в"', 1),
        ("X = 1  # слово", 0),
    ],
)
def test_what_is_counted(tmp_path: Path, text: str, count: int) -> None:
    (tmp_path / "module.py").write_text(text, encoding="utf-8")
    assert _constants(tmp_path / "module.py") == count


def _asked() -> Iterator[str]:
    """Yield the classes that modules ask for by name, and those above and under them, which go with them."""
    methods = {"of", "stems", "endings", "pairs", "pattern"}
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            asks = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in methods
            if asks and isinstance(node, ast.Call) and ast.unparse(node.func).startswith("WORDS."):
                yield from (argument.value for argument in node.args if isinstance(argument, ast.Constant))  # type: ignore[misc]


def test_every_class_is_asked_for() -> None:
    asked = set(_asked())
    assert asked <= CLASSES.keys()
    above = {local: {iri.rsplit("/", 1)[-1] for iri in concept.broader} for local, concept in CLASSES.items()}
    reached = asked
    while more := {local for local, broader in above.items() if broader & reached} - reached:
        reached = reached | more
    assert sorted(CLASSES.keys() - reached) == []


def _texts(concept: Concept) -> list[str]:
    kinds = ("lemma", "form", "ending", "pair")
    return [*concept.stems, *(text for kind in kinds for text in concept.extra.get(LEX + kind, []))]


@pytest.mark.parametrize("local", sorted(CLASSES))
def test_a_class_is_whole(local: str) -> None:
    concept = CLASSES[local]
    texts = _texts(concept)
    above = {iri.rsplit("/", 1)[-1] for one in CLASSES.values() for iri in one.broader}
    assert (texts or local in above) and len(texts) == len(set(texts))
    assert concept.label != local and concept.english and not CYRILLIC.search(concept.english)
    assert len(concept.extra["http://www.w3.org/2004/02/skos/core#definition"]) == 2
    assert all(text == " ".join(text.split()) and "ё" not in text for text in texts)
    assert all(text == text.lower() for text in [*concept.stems, *concept.extra.get(LEX + "lemma", [])])
    assert all(iri.rsplit("/", 1)[-1] in CLASSES for iri in concept.broader)


@pytest.mark.parametrize(
    ("classes", "kind"), [(("district", "district-of-name"), "district"), (("region-type",), "region")]
)
def test_a_word_of_a_class_is_read_wherever_the_class_is(classes: tuple[str, ...], kind: str) -> None:
    told = [name for name in WORDS.of(*classes) if not word(name).has("plur", "gent")]  # «сомон» may be several of them
    assert len(told) > len(WORDS.of(*classes)) // 2
    for name in told:
        found = units(CellText("name", f"{name} Хатай"), [])
        assert [(geo.kind, geo.name.split()[-1]) for geo in found] == [(kind, "Хатай")]


def _class(local: str, broader: str = "", **extra: list[str]) -> Concept:
    above = [f"https://w3id.org/pobratim/def/wording/{broader}"] if broader else []
    stems = extra.pop("stem", [])
    return Concept("", "wording", local, broader=above, stems=stems, extra={LEX + key: v for key, v in extra.items()})


def test_a_class_holds_the_words_under_it() -> None:
    words = Words([
        _class("level", lemma=["городской"], pair=["обл → областной"]),
        _class("of-area", "level", lemma=["областной"], form=["обл"], pair=["р-н → районный"]),
        _class("of-district", "of-area", lemma=["районный"]),
    ])  # fmt: skip
    assert words.of("level") == {"городской", "областной", "обл", "районный"}
    assert words.of("of-district") == {"районный"}
    assert words.of("of-district", "of-area") == {"районный", "областной", "обл"}
    assert list(words.pairs("level").items()) == [("обл", "областной"), ("р-н", "районный")]


def test_stems_endings_and_patterns() -> None:
    words = Words([_class("a", stem=["про", "прол"], ending=["ия"]), _class("b", form=["им", "имени", "г."])])
    assert "пролонгация".startswith(words.stems("a")) and "годовщина" not in words.endings("a")
    assert words.endings("a") == ("ия",)
    assert words.pattern("a") == "прол|про"
    assert re.fullmatch(words.pattern("b"), "имёни") and not re.fullmatch(words.pattern("b"), "гг")


def test_a_class_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(KeyError):
        WORDS.of("honuor")


@pytest.mark.parametrize("pair", ["обл - областной", "обл → ", " → областной"])
def test_a_pair_needs_both_sides(pair: str) -> None:
    with pytest.raises(ContentError, match="content-pair"):
        Words([_class("a", pair=[pair])]).pairs("a")


if __name__ == "__main__":
    write()
