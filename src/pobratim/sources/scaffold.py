"""Begin a new source: a folder with a source.yml that is valid as it stands and says what to change."""

import re
from pathlib import Path

from pobratim.errors import UsageError
from pobratim.messages import LANGUAGES, text
from pobratim.sources.read import read_source
from pobratim.sources.source import Source

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def new_source(name: str, folder: Path, like: Source) -> Source:
    """Make ``folder/name/source.yml`` after another source's and return it. Raises UsageError; nothing is replaced."""
    if not _NAME.fullmatch(name):
        raise UsageError("source-name-form", value=name)
    home = folder / name
    file = home / "source.yml"
    if file.exists():
        raise UsageError("source-exists", file=file)
    body = re.sub(r"\A(#[^\n]*\n)+", "", like.file.read_text(encoding="utf-8-sig"))
    try:
        home.mkdir(parents=True, exist_ok=True)
        head = "".join(f"# {text('source-head', lang, name=name, like=like.name)}\n" for lang in LANGUAGES)
        file.write_text(head + body, encoding="utf-8")
    except OSError as error:
        raise UsageError("output-unwritable", file=file, cause=error.strerror or error) from error
    return read_source(home)
