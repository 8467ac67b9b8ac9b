"""nginx over a published folder, with the rules that lie in it; skips where nginx is not installed."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.support.server import free_port

_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@contextmanager
def nginx_over(folder: Path, public: str, place: Path) -> Iterator[str]:
    """Yield the address of a server that shows ``folder`` at the path of ``public``; ``place`` is for its own files."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed")
    root = place / "root"
    shown = root / urlsplit(public).path.strip("/")
    shown.parent.mkdir(parents=True)
    shown.symlink_to(folder)
    port = free_port()
    (place / "nginx.conf").write_text(_settings(folder, root, place, port), encoding="utf-8")
    command = [program, "-p", str(place), "-c", str(place / "nginx.conf"), "-e", str(place / "error.log")]
    process = subprocess.Popen(command)
    try:
        _wait(f"http://127.0.0.1:{port}/", process, place)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(60)


def _settings(folder: Path, root: Path, place: Path, port: int) -> str:
    """Return settings in which the map stands where the rules say that it belongs."""
    rules = (folder / "rules" / "nginx.conf").read_text(encoding="utf-8")
    map_ = "\n".join(line.removeprefix("# ") for line in rules.splitlines() if line.startswith("# "))
    begin, end = map_.index("map $http_accept"), map_.index("\n}", map_.index("map $http_accept")) + 2
    temporary = "".join(f"{name}_temp_path {place / name};\n" for name in _TEMPORARY)
    user = "user root;\n" if os.getuid() == 0 else ""
    return (
        f"{user}daemon off;\npid {place / 'pid'};\nworker_processes 1;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}{map_[begin:end]}\n"
        f"server {{\nlisten 127.0.0.1:{port};\nroot {root};\ninclude {folder / 'rules' / 'nginx.conf'};\n}}\n}}\n"
    )


def _wait(url: str, process: subprocess.Popen[bytes], place: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            pytest.fail(re.sub(r"\s+", " ", (place / "error.log").read_text(encoding="utf-8")))
        try:
            httpx.get(url, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("nginx does not answer")
