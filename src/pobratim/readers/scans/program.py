"""Whether tesseract is there, with Russian."""

import os
import shutil
import subprocess
from functools import cache

PROGRAM = "tesseract"
RUSSIAN, LATIN = "rus", "eng"
_SECONDS = 60


def installed() -> str | None:
    """Return the tesseract that is installed with Russian, None without one."""
    return shutil.which(PROGRAM) if has(RUSSIAN) else None


def has(language: str) -> bool:
    """Tell whether tesseract is there with the data of a language."""
    program = shutil.which(PROGRAM)
    return bool(program) and language in _languages(str(program), os.environ.get("TESSDATA_PREFIX", ""))


@cache
def _languages(program: str, _data: str) -> frozenset[str]:
    try:
        told = subprocess.run([program, "--list-langs"], capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(told.stdout.decode(errors="replace").split())
