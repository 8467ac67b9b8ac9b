"""What a form of review asks, as lines of the ledger; names of things are looked up."""

from collections.abc import Mapping

from pobratim.editing.corrections import asked_of, change_of
from pobratim.editing.editor import Editor
from pobratim.editing.ledger import Step
from pobratim.editing.towns import is_exact
from pobratim.errors import UsageError
from pobratim.query.question import ThingType
from pobratim.resolve import Decision
from pobratim.resolve.decisions import NAMED, PAIRED, WITHDRAWABLE
from pobratim.resolve.fields import FIELDS, Field, thing_of
from pobratim.resolve.ledger import Verdict
from pobratim.search import SearchIndex
from pobratim.search.references import UnknownNameError, key_of, look_up
from pobratim.serving.api.understanding import refused_name
from pobratim.serving.editing.forms import Form
from pobratim.serving.editing.offering import town_meant
from pobratim.serving.workers.refusal import RefusedError

_TYPES: Mapping[str, ThingType] = {"place": "place", "series": "series", "": "party"}
_ANY = Field(lambda value: value)
_LEDGER_TYPES = {"institution": "organisation", "place": "place"}
_WITH_TOWNS, _SEVERAL = ("place", "party"), "reference-several"
_LEAVING: Mapping[str, tuple[str, ...]] = {"none": ("organisation",), "withdrawn": WITHDRAWABLE}


def wished(form: Form, by: Editor, index: SearchIndex) -> Step:
    """Return the step that a form asks for. Raises RefusedError: 400 for what is no decision, 404 for unknown names."""
    kind, left, act = form.one("type"), form.one("left"), form.one("act")
    if act in ("same", "not-same") and kind in PAIRED:
        one = _pair(form, kind, act)
    elif act == "rename" and kind in NAMED and form.one("value"):
        one = Decision("rename", kind, left, form.one("value"))
    elif act == "correct" and kind in FIELDS:
        one = Decision("correct", kind, left, change_asked(form, kind, index))
    elif act in _LEAVING and kind in _LEAVING[act]:
        verdict: Verdict = "none" if act == "none" else "withdrawn"
        one = Decision(verdict, kind, left, "")
    else:
        raise RefusedError(400, "no-decision")
    return Step((by.decides(one, form.one("why")),), (), tuple(one.things), form.one("seen"))


def _pair(form: Form, kind: str, act: str) -> Decision:
    """Return a decision on two things; ``stays`` is the key that stays, ``keep`` that of whose name and facts hold."""
    left, right = form.one("left"), form.one("right")
    if form.one("stays") == right:
        left, right = right, left
    if act == "not-same":
        return Decision("not-same", kind, left, right)
    keep = form.one("keep")
    return Decision("same", kind, left, right, keep=keep if keep in (left, right) else "")


def change_asked(form: Form, kind: str, index: SearchIndex) -> str:
    """Return the correction of a field that a form asks for. Raises RefusedError: 400 for a value that it cannot have,
    404 for an unknown name."""
    name, sign = form.one("field"), form.one("sign") or "="
    field = FIELDS[kind].get(name)
    value = form.one("value")
    if field is not None and field.names and value:
        value = _keys(field, [*filter(None, (value, form.one("value2")))], form.one("role"), index)
    return told_change(kind, name, sign, value)


def told_change(kind: str, name: str, sign: str, value: str) -> str:
    """Return a correction as the ledger has it. Raises RefusedError 400 in words for editors."""
    try:
        return change_of(kind, name, sign, value)
    except UsageError:
        code = "no-day" if asked_of(name, FIELDS.get(kind, {}).get(name, _ANY)) == "date" else "no-value"
        raise RefusedError(400, code, {"value": value[:100]}) from None


def _keys(field: Field, given: list[str], role: str, index: SearchIndex) -> str:
    """Return the names that a form gives as the ledger has them: keys, or types and keys."""
    found = []
    for what, name in zip([one for one in field.names if one != "role"], given, strict=False):
        if thing_of(name):
            found.append(name)
            continue
        reference = _meant(_TYPES[what], name, index)
        key, kind = reference[1], _LEDGER_TYPES.get(reference[0], reference[0])
        found.append(key if what else f"{kind}:{key}")
    return " ".join([*found, *([role] if "role" in field.names and role else [])])


def _meant(wanted: ThingType, name: str, index: SearchIndex) -> tuple[str, str]:
    """Return type and key of what a name means: what the data tell of, else a town that no report names."""
    if wanted in _WITH_TOWNS and is_exact(name) and (town := town_meant(name)):
        return town
    try:
        found = look_up(wanted, name, index, "ru")
    except UnknownNameError as error:
        if wanted in _WITH_TOWNS and error.code != _SEVERAL and (town := town_meant(name)):
            return town
        raise refused_name(error, {"name": "value", "type": wanted}) from None
    return found.type, key_of(found.iri)
