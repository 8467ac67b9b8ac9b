"""A published folder as one file, for whoever takes it by hand: the same folder gives the same bytes."""

import zipfile
from pathlib import Path

from pobratim.errors import UsageError
from pobratim.ground import disk
from pobratim.publishing.folder.editions import FILE, read_former

_PACKED = (".gz", ".zip", ".xlsx", ".parquet", ".woff2")
"""What is compressed already."""


def write_archive(folder: Path, file: Path) -> int:
    """Write all files of a folder into an archive, and return how many there are.

    Raises UsageError for a folder that this program did not publish, OSError where a file cannot be read or written;
    no archive is seen in part.
    """
    former = read_former(folder)
    if former.last is None:
        raise UsageError("publish-nothing", folder=folder)
    draft = file.with_name(f".{file.name}.part")
    paths = sorted([*former.files, FILE])
    try:
        with zipfile.ZipFile(draft, "w", allowZip64=True) as archive:
            for path in paths:
                info = zipfile.ZipInfo(path)
                info.external_attr = 0o644 << 16
                info.compress_type = zipfile.ZIP_STORED if path.endswith(_PACKED) else zipfile.ZIP_DEFLATED
                archive.writestr(info, (folder / path).read_bytes())
        disk.replace(draft, file)
    finally:
        disk.remove(draft)
    return len(paths)
