"""The documents tell the truth: every command, question and folder is in them, and their examples run."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pobratim.query.library import library, queries_root
from tests.support.places import ROOT

READMES = ["README.md", "README.ru.md"]
COMMANDS = ["load", "gaps", "query", "network", "extract", "evaluate", "check", "dump", "review", "tables", "diff"]


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_in_the_readme(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert all(f"pobratim {command}" in text for command in COMMANDS)


@pytest.mark.parametrize("name", READMES)
def test_a_picture_and_an_answer_stand_within_25_lines(name: str) -> None:
    head = "\n".join((ROOT / name).read_text(encoding="utf-8").splitlines()[:25])
    assert "make demo" in head and "make test" in head and "](docs/" in head and "pobratim query" in head
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", head)
    assert pictures and all((ROOT / picture).is_file() for picture in pictures)


def test_the_demo_ends_with_the_address_that_its_server_then_has() -> None:
    def told(word: str) -> list[str]:
        command = ["make", "--dry-run", "--always-make", "--no-print-directory", word, "STORE=out/demo"]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        return run.stdout.splitlines()

    page = "http://127.0.0.1:8890/pair/ru-smolensk/by-vitebsk"
    *_, before, last = told("demo")
    assert "make explore" in before and page in last
    *_, address, served = told("explore")
    assert page in address and served.endswith("pobratim serve --store out/demo")
    assert all(page in (ROOT / name).read_text(encoding="utf-8") for name in READMES)


def test_links_between_documents_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *ROOT.glob("*/README.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_every_query_is_in_the_list_of_queries() -> None:
    text = (ROOT / "queries" / "README.md").read_text(encoding="utf-8")
    for group in ("", "checks", "views", "tables"):
        for name, query in library(queries_root(), group).items():
            assert f"| `{name}` | {query.summary['en']} | {query.summary['ru']} |" in text


@pytest.mark.parametrize(
    ("name", "lang", "signed"), [("README.md", "en", "signed"), ("README.ru.md", "ru", "подписано")]
)
def test_the_query_of_the_readme_runs(name: str, lang: str, signed: str, example_directory: Path) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    [line] = re.findall(r"^\$ pobratim (query .+)$", text, re.M)
    words = [sys.executable, "-m", "pobratim", *shlex.split(line), "--store", str(example_directory), "--lang", lang]
    result = subprocess.run(words, capture_output=True, text=True, check=True)
    assert "Гимназия № 7" in result.stdout and signed in result.stdout
    assert signed in text


def test_every_message_is_in_both_languages() -> None:
    for file in (ROOT / "src" / "pobratim" / "catalogue").glob("*.yml"):
        for code, texts in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            assert set(texts) == {"ru", "en"} and all(texts.values()), f"{file.name}: {code}"
            fields = [set(re.findall(r"\{(\w+)", texts[lang])) for lang in ("ru", "en")]
            assert fields[0] == fields[1], f"{file.name}: {code} fills different fields"


def test_the_figures_of_the_vocabulary_are_right() -> None:
    vocabulary = (ROOT / "ontology" / "pobratim.ttl").read_text(encoding="utf-8")
    classes = len(re.findall(r"^pob:\w+ a owl:Class", vocabulary, re.M))
    properties = len(re.findall(r"^pob:\w+ a owl:\w+Property", vocabulary, re.M))
    assert classes <= 13 and properties <= 30
    assert f"{classes} classes, {properties} properties" in (ROOT / "README.md").read_text(encoding="utf-8")
