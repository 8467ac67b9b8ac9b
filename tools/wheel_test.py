"""Build source distribution and wheels from what git tracks, install each into an empty place, do the main job there.

HOME and the caches of pip and npm are empty folders, so that nothing comes from a former build of this machine. The
source distribution is built into a wheel and installed without npm's registry: it carries what is built with node.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parents[1]
FOLDERS = ("ontology", "loaders", "queries", "viz")
BUILT = {
    f"viz/static/{name}"
    for name in (
        ".stamp",
        "app/scripts.json",
        "app/app.css",
        "app/licences.md",
        "workbench/workbench.js",
        "workbench/workbench.css",
    )
}
_UNREACHABLE = {"npm_config_registry": "http://127.0.0.1:9/", "POBRATIM_NODE": "system", "PATH": ""}
"""No registry and no node; what needs them fails at once."""
_REQUIRED = {"POBRATIM_APP": "required"}


class Machine:
    """A machine that has never seen the project: an empty folder ``work`` that holds all it makes and keeps."""

    def __init__(self, work: Path) -> None:
        """Make the empty folders."""
        self.work = work
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "POBRATIM"))}
        empty = {"HOME": "home", "USERPROFILE": "home", "npm_config_cache": "npm", "PIP_CACHE_DIR": "pip"}
        self._environment = {**kept, **{name: str(work / folder) for name, folder in empty.items()}}
        (work / "home").mkdir()

    def run(self, *words: str | Path, extra: Mapping[str, str] | None = None, cwd: Path | None = None) -> str:
        """Run a command and return its output; stop with its messages where it fails."""
        command = list(map(str, words))
        environment = {**self._environment, **(extra or {})}
        done = subprocess.run(command, cwd=cwd or self.work, capture_output=True, text=True, env=environment)
        if done.returncode:
            sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
        return done.stdout

    def venv(self, name: str) -> tuple[Path, tuple[str | Path, ...]]:
        """Make a virtual environment; return the folder of its programs and the command that installs into it."""
        self.run(sys.executable, "-m", "venv", "--without-pip", self.work / name)
        programs = self.work / name / ("Scripts" if os.name == "nt" else "bin")
        return programs, (sys.executable, "-m", "pip", "--python", programs / "python", "install", "--quiet")


def tracked(*folders: str) -> list[str]:
    """Return the names of the files that git tracks in some folders, or in all."""
    listing = subprocess.run(["git", "ls-files", "-z", *folders], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listing.stdout.rstrip("\0").split("\0") if name]


def checkout(target: Path) -> None:
    """Copy what git tracks, as it is now, and nothing that was built."""
    for name in tracked():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target / name)


def missing_content(wheel: Path) -> set[str]:
    """Return the files of the content folders that git tracks and the wheel lacks, or the other way round.

    The sources of the scripts stay out, and what was built from them must be in.
    """
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    sources = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["exclude"]
    wanted = {name for name in tracked(*FOLDERS) if not any(f"{name}/".startswith(f"{each}/") for each in sources)}
    shipped = {name.split("/_content/")[1] for name in _members(wheel) if "/_content/" in name}
    built = {name for name in shipped if name.startswith("viz/static/")}
    return (wanted ^ (shipped - built)) | (BUILT - built)


def build(machine: Machine) -> tuple[Path, Path]:
    """Return the source distribution and the wheel of a fresh checkout, built as a release is."""
    source = machine.work / "checkout"
    checkout(source)
    programs, install = machine.venv("build")
    settings = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))
    machine.run(*install, *settings["build-system"]["requires"], _node(source))
    out = machine.work / "dist"
    machine.run(programs / "hatchling", "build", "-d", out, extra=_REQUIRED, cwd=source)
    [sdist], [wheel] = out.glob("*.tar.gz"), out.glob("*.whl")
    return sdist, wheel


def from_sdist(machine: Machine, sdist: Path) -> Path:
    """Return the wheel that pip makes of the source distribution where npm is out of reach."""
    out = machine.work / "again"
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", out, sdist)
    machine.run(*pip, extra={**_REQUIRED, **_UNREACHABLE})
    [wheel] = out.glob("*.whl")
    return wheel


def does_the_main_job(machine: Machine, programs: Path, store: Path) -> bool:
    """Load, ask and draw with an installed ``pobratim``."""
    command = programs / "pobratim"
    example = ROOT / "examples" / "smolensk-2023-q1.docx"
    machine.run(command, "load", example, "--store", store)
    links = machine.run(command, "query", "school-links", "--store", store, "--param", "city=Смоленск",
                        "--param", "partner=Витебск")  # fmt: skip
    page = machine.work / "page.html"
    machine.run(command, "network", "institutions", "-o", page, "--store", store)
    # The script of the page is part of the wheel: nothing is built where it runs.
    written = page.read_text(encoding="utf-8")
    return "Гимназия № 7" in links and '<script type="application/' in written and "<script>" in written


def main() -> int:
    """Return 0 where wheel and source distribution work."""
    with tempfile.TemporaryDirectory() as folder:
        machine = Machine(Path(folder).resolve())
        machine.run(sys.executable, "-m", "pip", "--version")
        sdist, wheel = build(machine)
        again = from_sdist(machine, sdist)
        programs, install = machine.venv("env")
        machine.run(*install, "--require-hashes", "-r", ROOT / "requirements.lock")
        for name, made in (("wheel", wheel), ("source distribution", again)):
            differing = missing_content(made)
            if differing:
                sys.exit(f"the {name} and git differ in: {', '.join(sorted(differing))}")
            machine.run(*install, "--no-deps", "--force-reinstall", made)
            if not does_the_main_job(machine, programs, machine.work / made.parent.name / "store"):
                sys.exit(f"the installed {name} does not do the main job")
    print("wheel and source distribution ship what git tracks and what is built, and do the main job")
    return 0


def _node(source: Path) -> str:
    """Return the requirement of the node that the build hook would ask for."""
    sys.path.insert(0, str(source))
    import hatch_build

    return hatch_build.NODE


def _members(wheel: Path) -> list[str]:
    with ZipFile(wheel) as archive:
        return archive.namelist()


if __name__ == "__main__":
    sys.exit(main())
