"""One engine makes all HTML: it escapes, refuses what is not there, and says which template is at fault."""

import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.meta import find_undeclared_variables

from pobratim.errors import ContentError
from pobratim.messages import LANGUAGES, explain
from pobratim.network.page import to_html as network_page
from pobratim.quality.page import Survey
from pobratim.quality.page import to_html as quality_page
from pobratim.templating.templates import Templates
from tests.support.network_sample import sample
from tests.support.places import ROOT


@pytest.fixture
def viz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder in place of ``viz``."""
    monkeypatch.setattr("pobratim.templating.templates.content_root", lambda: tmp_path)
    (tmp_path / "viz").mkdir()
    yield tmp_path / "viz"


def test_values_are_text_unless_the_template_trusts_them(viz: Path) -> None:
    (viz / "a.html").write_text('<p title="{{ one }}">{{ one }}</p>{{ one | safe }}\n', encoding="utf-8")
    evil = """<b>"'&{{ 7 * 7 }}"""
    kept = "&lt;b&gt;&#34;&#39;&amp;{{ 7 * 7 }}"
    assert Templates().render("a.html", {"one": evil}) == f'<p title="{kept}">{kept}</p>{evil}\n'


def test_templates_of_a_folder_have_filters_of_their_own(viz: Path) -> None:
    (viz / "pages").mkdir()
    (viz / "pages" / "a.html").write_text("{{ 'б' | loud }}", encoding="utf-8")
    assert Templates("pages", {"loud": str.upper}).render("a.html", {}) == "Б"
    with pytest.raises(ContentError):
        Templates("pages").render("a.html", {})


@pytest.mark.parametrize(
    ("source", "cause"),
    [("\n{{ absent }}", "absent"), ("{{ given.absent }}", "absent"), ("{% if %}", "expression"), (None, "a.html")],
)
def test_a_template_at_fault_is_named(source: str | None, cause: str, viz: Path) -> None:
    if source is not None:
        (viz / "a.html").write_text(source, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        Templates().render("a.html", {"given": {}})
    assert caught.value.values["file"] == "a.html" and cause in caught.value.values["cause"].lower()
    assert all("a.html" in explain(caught.value, lang) for lang in LANGUAGES)
    if source and source.startswith("\n"):
        frames = traceback.extract_tb(caught.value.__traceback__)
        assert ("a.html", 2) in [(Path(frame.filename).name, frame.lineno) for frame in frames]


def test_the_pages_that_open_from_disk_are_given_what_their_templates_show(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, set[str]] = {}
    monkeypatch.setattr(Templates, "render", lambda _, name, values: given.setdefault(name, set(values)) and "")
    network_page(sample(), "ru")
    quality_page(Survey([]), "ru")
    engine = Environment(loader=FileSystemLoader(ROOT / "viz"), undefined=StrictUndefined, autoescape=True)
    shown = {
        Path(name).name: find_undeclared_variables(engine.parse((ROOT / "viz" / name).read_text(encoding="utf-8")))
        for name in ("pages/network-file.html", "quality.html")
    }
    assert given == shown
