"""Build the wheel, install it with the locked dependencies into an empty environment, and do the main job there."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parents[1]
FOLDERS = ("ontology", "loaders", "queries", "viz")
BUILT = {f"viz/static/workbench/{name}" for name in ("workbench.js", "workbench.css", "licences.md", ".stamp")}


def run(*words: str | Path, cwd: Path = ROOT) -> str:
    """Run a command and return its output; stop with its messages where it fails."""
    done = subprocess.run(list(map(str, words)), cwd=cwd, capture_output=True, text=True, env=_environment())
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
    return done.stdout


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "POBRATIM"))}


def missing_content(wheel: Path) -> set[str]:
    """Return the files of the content folders that git tracks and the wheel lacks, or the other way round.

    The sources of the workbench stay out, and what was built from them must be in.
    """
    listing = run("git", "ls-files", "-z", *FOLDERS)
    tracked = {name for name in listing.rstrip("\0").split("\0") if name and not name.startswith("viz/workbench/")}
    shipped = {name.split("/_content/")[1] for name in ZipFile(wheel).namelist() if "/_content/" in name}
    built = {name for name in shipped if name.startswith("viz/static/workbench/")}
    return (tracked ^ (shipped - built)) | (BUILT - built)


def main() -> int:
    """Return 0 where the wheel works."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        run(sys.executable, "-m", "pip", "--version")
        run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", work, ROOT)
        [wheel] = work.glob("*.whl")
        differing = missing_content(wheel)
        if differing:
            sys.exit(f"the wheel and git differ in: {', '.join(sorted(differing))}")
        python = work / "env" / "bin" / "python"
        run(sys.executable, "-m", "venv", "--without-pip", work / "env")
        pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
        run(*pip, "--require-hashes", "-r", ROOT / "requirements.lock")
        run(*pip, "--no-deps", wheel)
        command = work / "env" / "bin" / "pobratim"
        example = ROOT / "examples" / "smolensk-2023-q1.docx"
        run(command, "load", example, "--store", work / "store", cwd=work)
        links = run(command, "query", "school-links", "--store", work / "store", "--param", "city=Смоленск",
                    "--param", "partner=Витебск", cwd=work)  # fmt: skip
        page = work / "page.html"
        run(command, "network", "institutions", "-o", page, "--store", work / "store", cwd=work)
        if "Гимназия № 7" not in links or page.stat().st_size < 100_000:
            sys.exit("the installed wheel does not do the main job")
    print("the wheel ships what git tracks and does the main job")
    return 0


if __name__ == "__main__":
    sys.exit(main())
