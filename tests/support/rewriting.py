"""What Apache's mod_rewrite makes of an .htaccess of ours: enough of it to follow an IRI without Apache."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FLAGS = {"R=301,L": 301, "R=303,L": 303, "R=406,L": 406, "G,L": 410}


@dataclass(frozen=True, slots=True)
class Rule:
    """``accept`` is what the header must hold (or must not, where ``is_not``), "" for anything."""

    accept: str
    is_not: bool
    pattern: str
    target: str
    status: int


def rules_of(htaccess: str) -> list[Rule]:
    """Return the rules of a file in their order. A directive that is not known is an error."""
    return list(_rules(htaccess.splitlines()))


def rewritten(rules: list[Rule], path: str, accept: str) -> tuple[int, str] | None:
    """Return the status and the address that a path leads to, None where no rule fits."""
    for rule in rules:
        found = re.search(rule.pattern, path)
        if found and (not rule.accept or (re.search(rule.accept, accept) is None) == rule.is_not):
            return rule.status, _filled(rule.target, found)
    return None


def _filled(target: str, found: re.Match[str]) -> str:
    return re.sub(r"\$([0-9])", lambda group: found[int(group[1])], target)


def _rules(lines: list[str]) -> Iterator[Rule]:
    accept, is_not = "", False
    for line in lines:
        name, _, rest = line.partition(" ")
        if name == "RewriteCond":
            where, _, accept = rest.partition(" ")
            assert where == "%{HTTP_ACCEPT}", line
            is_not, accept = accept.startswith("!"), accept.removeprefix("!")
        elif name == "RewriteRule":
            pattern, target, flags = rest.split(" ")
            yield Rule(accept, is_not, pattern, target, _FLAGS[flags.strip("[]")])
            accept, is_not = "", False
        else:
            assert not name or name.startswith(("#", "<")) or name in _OTHERS, line


_OTHERS = {
    "Options", "RewriteEngine", "RewriteBase", "SetEnvIf", "Header", "AddType", "AddDefaultCharset", "ErrorDocument",
}  # fmt: skip
