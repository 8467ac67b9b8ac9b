"""Show a published folder to the programs that read such folders, each in an environment of its own.

The example is published twice, the second time without one thing, and read by csvw, Frictionless, skosify, PyLD
(RDFC-1.0), CKAN's parser and schema, rapper and ldes-client, in the versions below; and its catalogue gets the points
of data.europa.eu (mqa.py). Each must find nothing, and must
find something in each of five broken copies. None is a dependency: CKAN is under the AGPL, and stays apart.

    PYTHONPATH=tools python -m foreign [--keep FOLDER]   # FOLDER keeps the environments for the next time
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from foreign.mqa import MOST, points
from foreign.mutations import MUTATIONS, mutated

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SHAPES = ROOT.parent / "shared" / "conformance" / "shacl" / "dcat-ap-3.0.1" / "shapes.ttl"
"""The shapes of DCAT-AP as SEMIC publishes them, which are not part of the project."""
LIGHT = ("csvw==4.1.1", "frictionless==5.21.0", "skosify==2.3.0", "pyld==3.3.0")
CKAN, CKAN_DCAT, LDES = "ckan==2.12.0", "ckanext-dcat==2.4.4", "ldes-client@0.3.0"
_BASE = "https://w3id.org/pobratim"
_SETS = 2
"""Data sets of the example: everything, and its quarter."""
FILES = {
    "csvw": ("tables/{version}/*.csv", "tables/{version}/*.json"),
    "frictionless": ("tables/{version}/*.csv", "tables/{version}/*.json"),
    "skosify": ("dumps/{version}/vocabulary.nq.gz",),
    "canonical": ("dumps/{version}/data.nq.gz",),
    "parser": ("catalog.*", "wanted.json"),
    "packages": ("packages.json",),
    "rapper": ("catalog.ttl", "catalog.rdf", "def.ttl", "void.ttl", "doc/place/*.ttl", "dumps/{version}/links.nq.gz"),
    "ldes": ("ldes/*.ttl",),
    "mqa": ("catalog.ttl", "tables/{version}/**/*", "dumps/{version}/*"),
}
"""What of a folder each check is shown."""
Faults = list[str]
Check = Callable[[Sequence[Path]], list[Faults]]


def main(arguments: Sequence[str]) -> int:
    """Return 1 where a program finds a fault in the folder, or none in a broken copy."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--keep", type=Path, help="where the environments stay")
    parser.add_argument("--shapes", type=Path, default=SHAPES, help="the shapes of DCAT-AP, for the points")
    told = parser.parse_args(arguments)
    with TemporaryDirectory() as scratch, ThreadPoolExecutor(4) as pool, _server() as shown:
        place = Path(scratch)
        environments = told.keep or place / "environments"
        light, ckan, ldes = (pool.submit(make, environments) for make in (_light, _ckan, _ldes))
        folder = published(place, shown.url)
        checks: dict[str, tuple[Callable[[], Check], object]] = {
            **{name: (partial(_by, light.result, "in_light.py", name), light) for name in ("csvw", "frictionless")},
            **{name: (partial(_by, light.result, "in_light.py", name), light) for name in ("skosify", "canonical")},
            "rapper": (lambda: rapper, None),
            "mqa": (lambda: partial(catalogue_points, told.shapes, shown), None),
            "ldes": (lambda: partial(ldes_client, ldes.result(), shown), ldes),
            **{name: (partial(_by, ckan.result, "in_ckan.py", name), ckan) for name in ("parser", "packages")},
        }
        if not told.shapes.is_file():
            print(f"{told.shapes}: the shapes of DCAT-AP are not there (--shapes): mqa is left out", flush=True)
            del checks["mqa"]
        results = [_examined(name, make(), folder, place) for name, (make, _) in checks.items()]
    return 0 if all(results) else 1


def _by(environment: Callable[[], Path], script: str, name: str) -> Check:
    """Return a check that a script makes in its environment: folders as arguments, a line of JSON for each."""

    def check(folders: Sequence[Path]) -> list[Faults]:
        command: list[str | Path] = [environment() / "bin" / "python", "-W", "ignore", HERE / script, name, *folders]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]

    return check


def _examined(name: str, check: Check, folder: Path, place: Path) -> bool:
    """Show a check the folder and its broken copies, print what came of it, and tell whether all is as it should be."""
    began = time.monotonic()
    version = json.loads((folder / "publication.json").read_bytes())["version"]
    copies = [_copy(folder, place / name / str(number), name, version) for number in range(6)]
    for copy, mutation in zip(copies[1:], MUTATIONS[name], strict=True):
        mutated(copy, mutation)
    faults, *broken = check(copies)
    passed = [number for number, found in enumerate(broken, 1) if not found]
    print(f"{name}: {faults or 'nothing'}; broken copies refused: {5 - len(passed)} of 5, "
          f"{time.monotonic() - began:.0f} s" + (f"; let pass: {passed}" if passed else ""), flush=True)  # fmt: skip
    return not faults and not passed


def _copy(folder: Path, to: Path, name: str, version: str) -> Path:
    for pattern in FILES[name]:
        found = sorted(folder.glob(pattern.replace("{version}", version)))
        assert found, pattern
        for file in filter(Path.is_file, found):
            target = to / file.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    return to


def published(place: Path, url: str) -> Path:
    """Publish the example, take a thing out, and publish it again. Return the folder, with what is expected of it."""
    store, config, folder = place / "store", place / "publication.toml", place / "site"
    common = ["--store", str(store), "--lang", "en"]
    settings = ["--config", str(config), *common]
    _pobratim("load", str(ROOT / "examples" / "smolensk-2023-q1.docx"), *common)
    _pobratim("publish", "--init", *settings)
    told = config.read_text(encoding="utf-8").replace("https://data.example.org", url, 1)
    config.write_text(told, encoding="utf-8")
    _pobratim("publish", str(folder), "--example", *settings)
    gone = sorted(path.stem for path in (folder / "doc" / "organisation").glob("by-*.ttl"))[0]
    _pobratim("withdraw", f"{_BASE}/id/organisation/{gone}", "--reason", "a trial", *common)
    _pobratim("publish", str(folder), "--example", *settings)
    from pobratim.publishing.folder.ckan import packages_of  # imported here: it is only known once it is installed
    from pobratim.publishing.settings import read_publication

    publication = read_publication(config, example=True)
    wanted = {"sets": _SETS, "title": dict(publication.title)}
    (folder / "wanted.json").write_text(json.dumps(wanted), encoding="utf-8")
    packages = packages_of(folder, "town", publication.passport.name)
    (folder / "packages.json").write_text(json.dumps(packages, ensure_ascii=False), encoding="utf-8")
    return folder


def _pobratim(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "pobratim", *arguments], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"pobratim {' '.join(arguments)}: {done.stderr}")


# Environments


def _light(place: Path) -> Path:
    return _environment(place / "light", LIGHT)


def _ckan(place: Path) -> Path:
    """Make CKAN's: its driver of PostgreSQL as a wheel, for nothing here asks a database."""
    made = _environment(place / "ckan", [CKAN], "--no-deps")
    told = "import json; from importlib.metadata import requires; print(json.dumps(requires('ckan')))"
    done = subprocess.run([made / "bin" / "python", "-c", told], capture_output=True, text=True, check=True)
    wanted = [one.partition(";") for one in json.loads(done.stdout)]
    needed = [name.strip() for name, _, why in wanted if "requirements" in why]
    return _environment(made, [*(one.replace("psycopg2==", "psycopg2-binary==") for one in needed), CKAN_DCAT])


def _environment(folder: Path, packages: Sequence[str], *options: str) -> Path:
    stamp = folder / f"{len(packages)}-{len(options)}.stamp"
    if not stamp.exists():
        if not (folder / "bin" / "python").exists():
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        command: list[str | Path] = [folder / "bin" / "python", "-m", "pip", "install", "--quiet"]
        command += ["--disable-pip-version-check"]
        subprocess.run([*command, *options, *packages], check=True)
        stamp.touch()
    return folder


def _ldes(place: Path) -> Path:
    folder = place / "ldes"
    if not (folder / "node_modules" / "ldes-client").exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", LDES]
        subprocess.run(command, cwd=folder, check=True)
    return folder


# Programs that are no library of Python


def rapper(folders: Sequence[Path]) -> list[Faults]:
    """Parse all RDF of folders by Raptor; nothing is found where it is not installed, which is said."""
    if shutil.which("rapper") is None:
        print("rapper is not installed (raptor2-utils): left out", flush=True)
        return [[], *([["left out"]] * (len(folders) - 1))]
    return [[fault for file in sorted(folder.rglob("*.*")) for fault in _parsed(file)] for folder in folders]


def _parsed(file: Path) -> Iterator[str]:
    forms = {".ttl": "turtle", ".rdf": "rdfxml", ".gz": "nquads"}
    source = file
    if file.suffix == ".gz":
        import gzip

        source = file.with_suffix("")
        source.write_bytes(gzip.decompress(file.read_bytes()))
    if file.suffix in forms:
        command: list[str | Path] = ["rapper", "--quiet", "--count", "--input", forms[file.suffix], source]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or "error" in done.stderr.lower():
            yield f"{file.name}: {done.stderr[:200]}"


class _Shown:
    """A file server whose folder can be changed."""

    def __init__(self, url: str) -> None:
        self.url, self.folder = url, Path()


@contextmanager
def _server() -> Iterator[_Shown]:
    shown = _Shown("")

    class Handler(SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            return str(shown.folder / path.partition("?")[0].lstrip("/"))

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        shown.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield shown
        finally:
            server.shutdown()
            thread.join()


def catalogue_points(shapes: Path, shown: _Shown, folders: Sequence[Path]) -> list[Faults]:
    """Reckon the points of the catalogue of each folder, of which all are wanted, and print those of the first."""
    found = []
    for folder in folders:
        shown.folder = folder
        told = list(points(folder, shapes))
        if folder is folders[0]:
            print(*(f"  {name}: {total:g} of {MOST}" for name, total, _ in told), sep="\n", flush=True)
        found.append([f"{name}: {', '.join(missing)}" for name, total, missing in told if total < MOST])
    return found


def ldes_client(environment: Path, shown: _Shown, folders: Sequence[Path]) -> list[Faults]:
    """Follow the stream of each folder to its end, and count the members that come."""
    wanted = _members("".join(file.read_text(encoding="utf-8") for file in sorted(folders[0].rglob("*-*.ttl"))))
    return [_followed(environment, shown, folder, wanted) for folder in folders]


def _members(text: str) -> int:
    return text.count("isVersionOf")


def _followed(environment: Path, shown: _Shown, folder: Path, wanted: int) -> Faults:
    shown.folder = folder
    program = environment / "node_modules" / ".bin" / "ldes-client"
    command: list[str | Path] = [program, f"{shown.url}/ldes/index.ttl"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=60, env={**os.environ, "NO_COLOR": "1"}
        )
    except subprocess.TimeoutExpired:
        return ["no end"]
    found = _members(done.stdout)
    return [] if done.returncode == 0 and found == wanted else [f"{found} members of {wanted}, {done.stderr[-200:]}"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
