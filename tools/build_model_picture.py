"""Draw docs/model.svg and docs/model.ru.svg, the class diagram of the data, from the example report.

``--check`` fails where a committed file differs.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.messages import LANGUAGES
from pobratim.site.asking import DataSet
from pobratim.site.diagram import model_svg
from pobratim.site.labels import naming
from pobratim.site.reading import ReaderAsker
from pobratim.site.usage import usage
from pobratim.store.backend import GraphReader
from pobratim.store.directory import GenerationStore

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "smolensk-2023-q1.docx"


def pictures(reader: GraphReader) -> dict[Path, str]:
    """Return the diagrams of what is read, by the files that hold them."""
    asker = ReaderAsker(reader, DataSet("picture"))
    found = asyncio.run(usage(asker))
    suffixes = {"en": "", "ru": ".ru"}
    return {
        ROOT / "docs" / f"model{suffixes[lang]}.svg": model_svg(found, asyncio.run(naming(asker, lang)))
        for lang in LANGUAGES
    }


def main() -> int:
    """Write or check the pictures; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        store = GenerationStore(Path(folder) / "store")
        load([EXAMPLE], store, Settings())
        drawn = pictures(store.open())
    stale = [file for file, svg in drawn.items() if not file.is_file() or file.read_text(encoding="utf-8") != svg]
    for file in stale:
        if "--check" in sys.argv:
            print(f"differs: {file.relative_to(ROOT)}", file=sys.stderr)
        else:
            file.write_text(drawn[file], encoding="utf-8")
    return int("--check" in sys.argv and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
