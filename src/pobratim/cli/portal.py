"""``pobratim publish --to ckan``: what is sent to a portal, told field by field."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pobratim.cli.root import show, talk
from pobratim.errors import UsageError
from pobratim.messages import Language, text
from pobratim.publishing.folder.ckan import TOKEN, Step, carry_out, packages_of, plan
from pobratim.publishing.folder.portal import portal_at
from pobratim.publishing.settings import Publication

_SHOWN = 120
"""Characters of a value in a line."""
_LEFT_OUT = 1


@dataclass(frozen=True, slots=True)
class Target:
    """A portal, the organisation there that holds the data sets, and whether one only looks."""

    url: str
    owner: str
    is_dry: bool


def send(folder: Path, publication: Publication, target: Target, lang: Language) -> int:
    """Put a published folder into a portal, or only say what would change there; return the exit code.

    Raises UsageError where the folder has no catalogue, the token is missing, or the portal refuses.
    """
    token = os.environ.get(TOKEN, "")
    if not token and not target.is_dry:
        raise UsageError("ckan-token", token=TOKEN)
    packages = packages_of(folder, target.owner, publication.passport.name, publication.languages[0])
    with portal_at(target.url, token) as portal:
        steps = plan(portal, packages)
        for step in steps if target.is_dry else carry_out(portal, steps):
            for line in lines_of(step, lang):
                show(line)
    count = {doing: sum(step.doing == doing for step in steps) for doing in ("create", "update", "same", "foreign")}
    talk(text("ckan-would" if target.is_dry else "ckan-done", lang, url=target.url, **count))
    return _LEFT_OUT if count["foreign"] else 0


def lines_of(step: Step, lang: Language) -> Iterator[str]:
    """Yield what becomes of a package and, indented, each field: what is there, what is sent."""
    yield text(f"ckan-{step.doing}", lang, name=step.name)
    for field, there, here in step.fields:
        for name, one, other in _parts(field, there, here):
            yield f"  {name}: {_short(one)} → {_short(other)}"


def _parts(field: str, there: object, here: object) -> Iterator[tuple[str, object, object]]:
    """Yield the items of a list that differ, each under its own name, and any other field as it is."""
    if not isinstance(here, Sequence) or isinstance(here, str):
        yield field, there, here
        return
    former = {_name(one): one for one in there} if isinstance(there, Sequence) else {}
    later = {_name(one): one for one in here}
    for name in sorted({*former, *later}):
        one, other = former.get(name, {}), later.get(name, {})
        for key in sorted({*one, *other} - {"key"}):
            if (key in other or not other) and str(one.get(key) or "") != str(other.get(key) or ""):
                yield f"{field}[{name}].{key}", one.get(key), other.get(key)


def _name(item: dict[str, object]) -> str:
    return str(next((item[key] for key in ("uri", "key", "name", "id") if item.get(key)), ""))


def _short(value: object) -> str:
    told = "—" if value in (None, "") else json.dumps(value, ensure_ascii=False, default=str)
    return told if len(told) <= _SHOWN else f"{told[: _SHOWN - 1]}…"
