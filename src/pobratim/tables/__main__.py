"""Make one file of a table, for a server that must not open the store itself.

``python -m pobratim.tables STORE STATE NUMBER SPARE LANG NAME.FORMAT`` prints the path of the file of the generation
with that number: beside it, or in SPARE where the store's folder cannot be written or the store is behind a URL. Exit
code 4 where that generation cannot be had.
"""

import sys
from pathlib import Path
from typing import cast

from pobratim.ground import disk
from pobratim.messages import Language
from pobratim.store.backend import GraphReader
from pobratim.store.opening import printed_of
from pobratim.tables.files import file_name, written
from pobratim.tables.kept import folder_of, table_of


def main(arguments: list[str]) -> int:
    """Make the file unless it is there, print its path and return the exit code."""
    store, state, number, spare, lang, file = arguments
    name, _, form = file.partition(".")

    def made(reader: GraphReader) -> Path:
        content = written(table_of(reader, name), form, cast(Language, lang))
        return _put(content, file_name(name, form, lang), folder_of(reader) or Path(spare), Path(spare))

    return printed_of(store, state, number, made)


def _put(content: bytes, name: str, folder: Path, spare: Path) -> Path:
    try:
        return _write(folder / name, content)
    except OSError:
        return _write(spare / name, content)


def _write(file: Path, content: bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    disk.write_whole(file, content, file.with_name(f".{file.name}.part"))
    return file


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
