"""What ``publish --check`` finds: a line each, with what a portal would do with it and how it is mended.

The words are messages ``finding-CODE`` (what is wrong), ``finding-CODE-then`` (what follows) and ``finding-CODE-mend``
(what to do) of ``catalogue/publishing.yml``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pobratim.messages import Language, text

Severity = Literal["error", "left-out", "warning"]
"""``error``: of the description or the whole, nothing is published; ``left-out``: one record stays behind;
``warning``: a portal takes it, but shows less than it could."""
SEVERITIES: tuple[Severity, ...] = ("error", "left-out", "warning")


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: ``where`` is file and key, an IRI, or report and row; ``code`` and ``values`` name its messages."""

    severity: Severity
    where: str
    code: str
    values: tuple[tuple[str, str], ...] = ()

    def what(self, lang: Language) -> str:
        """Return what is wrong."""
        return text(f"finding-{self.code}", lang, **dict(self.values))

    def consequence(self, lang: Language) -> str:
        """Return what a portal or a reader would do with it."""
        return text(f"finding-{self.code}-then", lang, **dict(self.values))

    def remedy(self, lang: Language) -> str:
        """Return how it is mended."""
        return text(f"finding-{self.code}-mend", lang, **dict(self.values))

    def line(self, lang: Language) -> str:
        """Return the finding as one line for people."""
        severity = text(f"finding-severity-{self.severity}", lang)
        said = f"{severity}: {self.where}: {self.what(lang)} {self.consequence(lang)} {self.remedy(lang)}"
        return " ".join(said.split())

    def to_json(self, lang: Language) -> dict[str, Any]:
        """Return the finding as plain JSON values."""
        return {
            "severity": self.severity,
            "where": self.where,
            "code": self.code,
            "what": self.what(lang),
            "consequence": self.consequence(lang),
            "remedy": self.remedy(lang),
        }


def stopping(findings: Iterable[Finding]) -> list[Finding]:
    """Return those that let nothing be published."""
    return [finding for finding in findings if finding.severity == "error"]


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings each once, the gravest first, then by place."""
    return sorted(set(findings), key=lambda one: (SEVERITIES.index(one.severity), one.where, one.code, one.values))
