"""The manifest of a generation: what its publisher told of it, and what the store adds."""

import json
from collections.abc import Mapping
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


def documents_of(manifest: Mapping[str, Any]) -> set[str]:
    """Return the SHA-256 of the documents that a generation's reports were read from and that may be kept."""
    reports = manifest.get("reports", {}).values()
    return {facts["entity"]["sha256"] for facts in reports if "entity" in facts and facts.get("kept", True)}
