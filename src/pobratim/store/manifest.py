"""The manifest of a generation: what its publisher told of it, and what the store adds."""

import json
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from pobratim.errors import StoreError, store_error

FORMAT = 1
"""The version of the directory's layout; raised when an older program could not read it."""
_NAME = "manifest.json"


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest (plain JSON values) into a generation, a key a line."""
    told = {**manifest, "format": FORMAT}
    lines = (f"{_json(key)}: {_json(told[key])}" for key in sorted(told))
    (folder / _NAME).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")


def _json(value: Any) -> str:
    # What writes without indents is five times faster, and there is a line a thing of the archive.
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return a generation's manifest. Raises StoreError where it cannot be read, or is of another program's."""
    file = folder / _NAME
    try:
        told = file.stat()
        return dict(_read(file, told.st_mtime_ns, told.st_size))
    except OSError as error:
        raise store_error(error, folder, "store-broken") or error from error
    except ValueError as error:
        raise StoreError("store-broken", store=folder, cause=error) from error


@lru_cache(maxsize=2)
def _read(file: Path, _changed: int, _size: int) -> dict[str, Any]:
    """Return what a file tells, read once as long as it stays the same: it is large where the archive is."""
    manifest: dict[str, Any] = json.loads(file.read_bytes())
    if manifest.get("format") != FORMAT:
        raise StoreError("store-format", store=file.parent, found=manifest.get("format"), wanted=FORMAT)
    return manifest


def documents_of(folder: Path) -> set[str]:
    """Return the SHA-256 of the documents that a generation's reports were read from and that may be kept.

    Raises StoreError as ``read_manifest`` does.
    """
    reports = _reports(folder).values()
    return {facts["entity"]["sha256"] for facts in reports if "entity" in facts and facts.get("kept", True)}


def _reports(folder: Path) -> Mapping[str, Any]:
    """Return what a manifest tells of reports, without a look at its other lines (a line a key): most of it.

    Every load asks that of all generations that are kept.
    """
    told: dict[bytes, bytes] = {}
    with suppress(OSError), (folder / _NAME).open("rb") as lines:
        told = {key: value for key, colon, value in (line.partition(b": ") for line in lines) if colon}
    # One that is cut short, or another program's, is read as a whole, which says what is wrong with it.
    if told.get(b'"format"', b"").rstrip(b",\n") != str(FORMAT).encode() or b'"reports"' not in told:
        return dict(read_manifest(folder).get("reports", {}))
    try:
        found: dict[str, Any] = json.loads(told[b'"reports"'].rstrip(b",\n"))
    except ValueError as error:
        raise StoreError("store-broken", store=folder, cause=error) from error
    return found
