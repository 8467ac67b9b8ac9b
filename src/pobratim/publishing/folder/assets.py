"""Styles, scripts, fonts and pictures of the pages."""

from pobratim.content import content_root
from pobratim.publishing.folder.tree import Tree
from pobratim.templating.styles import stylesheet

_ENDINGS = {".css", ".js", ".json", ".svg", ".woff2", ".md"}
"""What of the scripts' folder goes out, licences of fonts and libraries among it."""


def write_assets(tree: Tree) -> None:
    """Write what pages load. Raises OSError."""
    viz = content_root() / "viz"
    tree.put("static/pages.css", stylesheet().encode())
    tree.put("static/favicon.svg", (viz / "favicon.svg").read_bytes())
    app = viz / "static" / "app"
    for file in sorted(app.rglob("*")):
        if file.is_file() and file.suffix in _ENDINGS:
            tree.put(f"static/app/{file.relative_to(app).as_posix()}", file.read_bytes())
