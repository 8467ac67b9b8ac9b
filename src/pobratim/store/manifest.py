"""The manifest of a generation: what its publisher told of it, and what the store adds."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pobratim.errors import StoreError, store_error

FORMAT = 1
"""The version of the directory's layout; raised when an older program could not read it."""
DERIVED = "derived"
"""The key of the digest of all that the derived graphs were made of."""
_NAME = "manifest.json"


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest (plain JSON values) into a generation."""
    content = json.dumps({**manifest, "format": FORMAT}, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / _NAME).write_text(content + "\n", encoding="utf-8", newline="\n")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return a generation's manifest. Raises StoreError where it cannot be read, or is of another program's."""
    try:
        manifest: dict[str, Any] = json.loads((folder / _NAME).read_text(encoding="utf-8"))
    except OSError as error:
        raise store_error(error, folder, "store-broken") or error from error
    except ValueError as error:
        raise StoreError("store-broken", store=folder, cause=error) from error
    if manifest.get("format") != FORMAT:
        raise StoreError("store-format", store=folder, found=manifest.get("format"), wanted=FORMAT)
    return manifest


def documents_of(manifest: Mapping[str, Any]) -> set[str]:
    """Return the SHA-256 of the documents that a generation's reports were read from and that may be kept."""
    reports = manifest.get("reports", {}).values()
    return {facts["entity"]["sha256"] for facts in reports if "entity" in facts and facts.get("kept", True)}
