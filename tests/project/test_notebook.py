"""The analyst's notebook: committed without outputs, and every cell runs and computes what its text says."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from tests.support.places import ROOT
from tests.support.server import running_server
from tests.support.sparql_server import SparqlServer, serving

pytestmark = pytest.mark.slow

NOTEBOOK = ROOT / "examples" / "analyst.ipynb"
WIKIDATA = "https://query.wikidata.org/sparql"
TOWNS = """@prefix wd: <http://www.wikidata.org/entity/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
wd:Q999000001 rdfs:label "Смоленск"@ru ; wdt:P1566 "491687" ;
  wdt:P190 wd:Q999000002, wd:Q999000003, wd:Q999000004, wd:Q999000005 .
wd:Q999000002 rdfs:label "Витебск"@ru, "Vitebsk"@en ; wdt:P1566 "620127" .
wd:Q999000003 rdfs:label "Тюль"@ru ; wdt:P1566 "2971482" .
wd:Q999000004 rdfs:label "Хаген"@ru ; wdt:P1566 "2912621" .
wd:Q999000005 rdfs:label "Город без номера"@ru ."""
"""Twin towns as Wikidata says it, under ids that it does not use."""

FIGURES = """
import json
print(json.dumps({
    "questions": len(questions),
    "dtypes": {name: str(kind) for name, kind in partners.dtypes.items()},
    "partners": dict(zip(partners["partner"], partners["events"].astype(int))),
    "activities": {
        "rows": len(activities), "start": str(activities["start"].dtype),
        "first": str(activities["start"].min().date()), "columns": list(activities.columns),
    },
    "advice": advice,
    "classes": {iri.rpartition("#")[2]: int(n) for iri, n in zip(classes["class"], classes["things"])},
    "behind": behind["row"].astype(int).tolist(),
    "quoted": bool(quoted),
    "quarters": {str(quarter): int(quarters[quarter].sum()) for quarter in quarters.columns},
    "events": [len(events), int(months.sum())],
    "central": central["label"].iloc[0],
    "path": [graph.nodes[node]["label"] for node in path],
    "groups": sorted(sum(groups, [])) == sorted(central["label"]) and len(groups),
    "by_csv": by_csv.equals(partners.astype(by_csv.dtypes.to_dict())) and str(by_csv["first"].dtype),
    "same": bool(same),
    "wrapper": by_wrapper["things"].astype(int).tolist() == classes["things"].astype(int).tolist(),
    "page": [len(page.json()["results"]["bindings"]), page.headers["x-total-count"], again.status_code],
    "limit": [refused.status_code, problem["limit"]],
    "unknown": [unknown.status_code, unknown.json()["parameter"]["name"]],
    "twins": {name: None if pd.isna(n) else int(n) for name, n in zip(twins["name"], twins["events"])},
    "silent": silent,
}))
"""


@pytest.fixture(scope="module")
def wikidata(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparqlServer]:
    data = tmp_path_factory.mktemp("wikidata") / "towns.ttl"
    data.write_text(TOWNS, encoding="utf-8")
    with serving(data) as server:
        yield server


@pytest.fixture(scope="module")
def endpoint(
    example_directory: Path, wikidata: SparqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("endpoint")
    settings = f'[server.services]\n"{WIKIDATA}" = "{wikidata.url}"\n[server.limits]\nseconds = 1.0\n'
    (folder / "pobratim.toml").write_text(settings, encoding="utf-8")
    with running_server(example_directory, folder) as server:
        yield server.url


def _committed() -> NotebookNode:
    notebook: NotebookNode = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def _ran(folder: Path, store: Path, endpoint: str, further: str = "") -> NotebookNode:
    """Return the notebook as it stands after a run in ``folder``, with one more cell ``further``."""
    notebook = _committed()
    notebook.cells.append(nbformat.v4.new_code_cell(further))  # type: ignore[no-untyped-call]
    # What a person has set for Jupyter or Python does not count here, and nothing is written into the home folder.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POBRATIM_STORE", str(store))
        patch.setenv("POBRATIM_ENDPOINT", endpoint)
        patch.setenv("POBRATIM_LANG", "ru")
        patch.setenv("NO_PROXY", "127.0.0.1")
        patch.setenv("no_proxy", "127.0.0.1")
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
            patch.setenv(name, str(folder / name.lower()))
        NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(folder)}}).execute()
    return notebook


@pytest.fixture(scope="module")
def ran(example_directory: Path, endpoint: str, tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    return _ran(tmp_path_factory.mktemp("notebook"), example_directory, endpoint, FIGURES)


@pytest.fixture(scope="module")
def figures(ran: NotebookNode) -> dict[str, Any]:
    [output] = ran.cells[-1].outputs
    found: dict[str, Any] = json.loads(output.text)
    return found


def _html(notebook: NotebookNode, source: str) -> str:
    """The HTML that the cell of this source shows."""
    [cell] = [cell for cell in notebook.cells if cell.source == source]
    [output] = cell.outputs
    return str(output.data["text/html"])


def test_it_is_committed_valid_and_without_outputs() -> None:
    notebook = _committed()
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert cells and all(not cell.outputs and cell.execution_count is None for cell in cells)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.kernelspec.name == "python3"


def test_no_cell_warns(ran: NotebookNode) -> None:
    streams = [output for cell in ran.cells for output in cell.get("outputs", []) if output.output_type == "stream"]
    assert [output.text for output in streams if output.name == "stderr"] == []


def test_the_store_answers_in_typed_tables(figures: dict[str, Any]) -> None:
    assert figures["questions"] >= 30
    assert figures["partners"] == {"Витебск": 3, "Гродно": 1, "Минск": 1, "Тюль": 1}
    assert figures["dtypes"]["events"] == "Int64" and figures["dtypes"]["partner"] == "string"
    assert figures["dtypes"]["first"] == figures["dtypes"]["last"] == "datetime64[s]"
    assert figures["activities"]["start"] == "datetime64[s]" and figures["activities"]["first"] == "2022-12-01"
    assert "partners-of-city" in figures["advice"]


def test_the_model_is_told_by_the_data(figures: dict[str, Any]) -> None:
    expected = {"ReportEntry": 34, "Activity": 33, "Agreement": 4}
    assert expected.items() <= figures["classes"].items()
    assert min(figures["classes"][name] for name in ("Contact", "Tie", "Mention")) > 0
    assert figures["behind"] == [6, 14] and figures["quoted"]


def test_events_are_counted_by_topic_quarter_and_month(figures: dict[str, Any]) -> None:
    assert figures["quarters"]["2022Q4"] + figures["quarters"]["2023Q1"] == figures["quarters"]["всего"] > 33
    assert figures["events"] == [33, 33]


def test_the_network_is_measured(figures: dict[str, Any]) -> None:
    assert figures["central"] == "Смоленск" and figures["groups"] == 2
    assert figures["path"] == ["Сафоново", "Витебск", "Смоленск", "Минск"]


def test_the_network_is_drawn_inline_and_loads_nothing(ran: NotebookNode) -> None:
    whole, part = _html(ran, "show(network)"), _html(ran, "show(network, path, height=480)")
    for html in (whole, part):
        assert html.startswith('<iframe srcdoc="') and "default-src &#x27;none&#x27;" in html
        assert "src=&quot;http" not in html and "<script" not in html
    assert "Хиславичский район" in whole and "Витебск" in part
    assert len(part) < len(whole)


def test_the_endpoint_gives_the_same_tables(figures: dict[str, Any]) -> None:
    assert figures["by_csv"] == "datetime64[ns]" and figures["same"] and figures["wrapper"]
    assert figures["page"] == [5, "33", 304]


def test_limits_and_wrong_values_are_told(figures: dict[str, Any]) -> None:
    status, limit = figures["limit"]
    assert status >= 400 and limit == {"name": "seconds", "value": 1.0}
    assert figures["unknown"] == [400, "row"]


def test_twin_towns_of_wikidata_meet_the_ties_of_reports(figures: dict[str, Any], wikidata: SparqlServer) -> None:
    assert figures["twins"] == {"Витебск": 3, "Тюль": 1, "Город без номера": None, "Хаген": None}
    assert figures["silent"] == ["Город без номера", "Хаген"]
    assert any('"491687"' in query for _, query in wikidata.requests)


def test_without_a_server_all_before_it_runs_and_then_it_says_how(example_directory: Path, tmp_path: Path) -> None:
    with pytest.raises(CellExecutionError) as caught:
        _ran(tmp_path, example_directory, "")
    assert "pobratim serve" in str(caught.value) and "POBRATIM_ENDPOINT" in str(caught.value)
