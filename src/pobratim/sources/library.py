"""Where sources lie: folders of the user's first, then those that come with the program."""

import os
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from pobratim.content import content_root
from pobratim.errors import UsageError, similar
from pobratim.sources.read import read_source
from pobratim.sources.source import Source

_OWN = Path("loaders")


def default_folders() -> tuple[Path, ...]:
    """Return the folders of POBRATIM_LOADERS, else ``loaders`` of the working directory where there is one."""
    named = os.environ.get("POBRATIM_LOADERS", "")
    if named:
        return tuple(Path(part) for part in named.split(os.pathsep) if part)
    return (_OWN,) if _OWN.is_dir() else ()


def source_folders(folders: Sequence[Path] = ()) -> dict[str, Path]:
    """Return every source's folder by name, sorted; one of ``folders`` stands before a shipped one of its name.

    Raises UsageError for a folder that does not exist.
    """
    found: dict[str, Path] = {}
    for root in (*folders, content_root() / "loaders"):
        if not root.is_dir():
            raise UsageError("source-no-folder", folder=root)
        for file in sorted(root.glob("*/source.yml")):
            found.setdefault(file.parent.name, file.parent)
    return dict(sorted(found.items()))


def list_sources(folders: Sequence[Path] = ()) -> list[Source]:
    """Return all sources by name. Raises UsageError for the first that is malformed."""
    return [read_source(folder) for folder in source_folders(folders).values()]


def find_source(name: str, folders: Sequence[Path] = ()) -> Source:
    """Return the source called ``name``. Raises UsageError with the nearest names."""
    known = source_folders(folders)
    if name not in known:
        raise UsageError("source-unknown", name=name, near=similar(_near(name, known)))
    return read_source(known[name])


def is_shipped(source: Source) -> bool:
    """Tell whether a source came with the program."""
    return source.folder.resolve().is_relative_to((content_root() / "loaders").resolve())


def find_again(name: str, shipped: bool, folders: Sequence[Path] = ()) -> Source | None:
    """Return the source called ``name`` of those that came with the program, or else of ``folders``; None for none.

    Raises UsageError for a malformed one.
    """
    for root in [content_root() / "loaders"] if shipped else folders:
        if (root / name / "source.yml").is_file():
            return read_source(root / name)
    return None


def _near(name: str, known: Iterable[str]) -> list[str]:
    return get_close_matches(name, list(known), n=3, cutoff=0.4) or list(known)
