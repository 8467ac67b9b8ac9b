"""Query latency: the named questions on the stored example, against rdflib on the same data."""

import tempfile
from pathlib import Path

from rdflib import Dataset

from bench.loading import EXAMPLE
from bench.timing import Result, side_by_side
from pobratim.content import content_root
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.query.library import library, queries_root
from pobratim.query.question import NamedQuery
from pobratim.store.directory import GenerationStore
from pobratim.store.reader import Reader

# Questions without parameters: rdflib binds parameters in another way.
NAMES = (
    "top-partners",
    "partners-by-country",
    "agreements-by-status-and-year",
    "events-by-topic-and-quarter",
    "map-places",
    "reporters-activity",
)


def measure_queries(rounds: int) -> list[Result]:
    """Return the milliseconds that each question takes, all rows read."""
    with tempfile.TemporaryDirectory() as folder:
        store = GenerationStore(Path(folder) / "store")
        load([content_root() / EXAMPLE], store, Settings())
        reader = store.open()
        file = Path(folder) / "all.nq"
        with file.open("wb") as out:
            reader.dump(out)
        dataset = Dataset(default_union=True)
        dataset.parse(str(file), format="nquads")
        questions = library(queries_root(), "")
        return [_measure(questions[name], reader, dataset, rounds) for name in NAMES]


def _measure(question: NamedQuery, reader: Reader, dataset: Dataset, rounds: int) -> Result:
    def ours() -> object:
        return list(question.run(reader, {}, "ru"))  # type: ignore[arg-type]

    def theirs() -> object:
        return list(dataset.query(question.text))

    mine, other = (seconds * 1000 for seconds in side_by_side([ours, theirs], rounds))
    what = f"query {question.name}, CPU-ms (yardstick: rdflib)"
    return Result(what, f"{mine:.1f}", f"{other:.0f}", f"{other / max(mine, 0.01):.0f} ×")
