"""What a folder costs: CPU-milliseconds a file, of data and of pages apart. ``python -m bench.publishing STORE``.

STORE is a store's directory; it is taken as one that went through the gate. Nothing of it is changed.
"""

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from pobratim.publishing.folder.dumps import write_dumps
from pobratim.publishing.folder.flat import read_tables
from pobratim.publishing.folder.quarters import quarters_of
from pobratim.publishing.folder.site import Site
from pobratim.publishing.folder.source import source_of
from pobratim.publishing.folder.tree import Tree
from pobratim.publishing.keys import template
from pobratim.publishing.settings import read_publication
from pobratim.store.directory import GenerationStore


def main() -> None:
    """Measure, and print a line a step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--pages", choices=["all", "main", "packs"], default="main")
    options = parser.parse_args()
    store = GenerationStore(options.store)
    with TemporaryDirectory() as place, source_of(store) as source:
        settings = Path(place) / "publication.toml"
        text = template().replace('pages = "main"', f'pages = "{options.pages}"')
        text = text.replace('base = "https://example.org"', f'base = "{source.base}"')
        settings.write_text(text, encoding="utf-8")
        publication = read_publication(settings, example=True)
        tree = Tree(Path(place) / "folder")
        reader = source.open()
        tables = read_tables(reader)
        begun = time.process_time()
        write_dumps(tree, "1.0.0", source.graphs, quarters_of(tables["reports"]))
        begun = _told("dumps", len(tree.files), begun)
        site = Site(source, publication, tree.root)
        begun = _told("parted", len(site.parted.topics), begun)
        data, documents = site.write_data()
        begun = _told("data", len(data), begun)
        pages = site.write_pages(documents, data, {}, {})
        _told("pages", len(pages), begun)


def _told(what: str, count: int, begun: float) -> float:
    now = time.process_time()
    print(f"{what}: {count} files, {now - begun:.1f} CPU-s, {1000 * (now - begun) / max(count, 1):.2f} CPU-ms a file")
    return time.process_time()


if __name__ == "__main__":
    main()
