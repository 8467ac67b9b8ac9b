"""The part of SPARQL's grammar in which a query can be told to be of facts (``facts.py``), read by its tokens.

A path that may have no steps (``p*``, ``p?``) finds every node of the data beside itself, and the engine looks whether
a constant is such a node. So one end must be a variable that another pattern, which is always joined, binds.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from pobratim.sparql.evidence import names_evidence
from pobratim.sparql.text import Token
from pobratim.sparql.text import tokens as tokens_of
from pobratim.sparql.words import WORDS

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NEVER = {"SERVICE", "SELECT", "CONSTRUCT", "DESCRIBE", "ASK", "GRAPH", "VALUES", "UNION", "MINUS", "OPTIONAL"}
"""Words that do not stand in an expression."""
_END = Token("end", "", 0, 0)


class DoubtError(Exception):
    """Something is not understood, or may have to do with evidence."""


@dataclass(slots=True)
class _Level:
    """One group: variables that its patterns bind, those that what it is joined with binds, and loose paths' ends."""

    around: frozenset[str] = frozenset()
    bound: set[str] = field(default_factory=set)
    loose: list[tuple[str, str]] = field(default_factory=list)

    def joined(self) -> "_Level":
        """Return a level for a group that is joined with this one."""
        return _Level(self.around | self.bound)

    def held_against(self) -> "_Level":
        """Return one for a group of MINUS or EXISTS, which sees only rows of this one."""
        return _Level(frozenset(self.bound))

    def close(self) -> None:
        if any((self.around | self.bound).isdisjoint(ends) for ends in self.loose):
            raise DoubtError


class Reading:
    """One text, read from its beginning to its end. Every method raises DoubtError."""

    def __init__(self, sparql: str) -> None:
        """Take the text of a query."""
        self._text = sparql
        self._tokens = list(tokens_of(sparql))
        self._next = 0
        self._prefixes: dict[str, str] = {}

    def query(self, graphs: Collection[str]) -> None:
        """Read the whole query; ``graphs`` are those of the request."""
        if any(names_evidence(graph) for graph in graphs):
            raise DoubtError
        self._prologue()
        form = self._take().word
        if form == "SELECT":
            self._listed()
        elif form == "CONSTRUCT":
            if self._now.text == "{":
                self._template()
        elif form != "ASK":
            raise DoubtError
        self._dataset()
        self._body()
        if self._now is not _END:
            raise DoubtError

    @property
    def _now(self) -> Token:
        return self._tokens[self._next] if self._next < len(self._tokens) else _END

    def _take(self, wanted: str = "") -> Token:
        """Return the next token and go on; it must be ``wanted``, where that is told."""
        token = self._now
        if token is _END or (wanted and token.word != wanted):
            raise DoubtError
        self._next += 1
        return token

    def _may_take(self, wanted: str) -> bool:
        """Go on where the next token is ``wanted``, and tell whether it was."""
        found = self._now.word == wanted
        self._next += found
        return found

    def _prologue(self) -> None:
        while self._now.word in ("PREFIX", "BASE"):
            if self._take().word == "BASE":
                self._iri()
                continue
            name = self._take()
            prefix, colon, local = name.text.partition(":")
            iri = self._take()
            if name.kind != "name" or not colon or local or iri.kind != "iri" or _is_like_a_word(prefix):
                raise DoubtError
            whole = iri.text[1:-1]
            if "\\" in whole or ":" not in whole or self._prefixes.setdefault(prefix, whole) != whole:
                raise DoubtError

    def _iri(self) -> str:
        """Read a constant IRI, in either form, and return it whole; it has nothing to do with evidence."""
        token = self._take()
        prefix, _, local = token.text.partition(":")
        if token.kind == "iri":
            iri = token.text[1:-1]
        elif token.kind == "name" and prefix in self._prefixes:
            iri = self._prefixes[prefix] + local
        else:
            raise DoubtError
        if "\\" in iri or names_evidence(iri):
            raise DoubtError
        return iri

    def _dataset(self) -> None:
        while self._may_take("FROM"):
            self._may_take("NAMED")
            self._iri()

    def _listed(self) -> None:
        """Read the list of a SELECT."""
        while self._now.word not in ("FROM", "WHERE", "{"):
            if self._now.text == "(":
                self._expression(_Level())
            elif not (self._take_variable() or self._take().word in ("DISTINCT", "REDUCED", "*")):
                raise DoubtError

    def _template(self) -> None:
        """Go past the template of a CONSTRUCT: what is made may be anything."""
        depth = 0
        while True:
            text = self._take().text
            depth += (text == "{") - (text == "}")
            if not depth:
                return

    def _body(self) -> None:
        """Read what stands behind the list of a SELECT and its like: the group, its modifiers, its values."""
        self._may_take("WHERE")
        level = _Level()
        self._group(level)
        while self._now is not _END and self._now.text != "}":
            if self._may_take("VALUES"):
                self._data()
                return
            self._term_of_expression(level)

    def _group(self, level: _Level) -> None:
        """Read ``{ … }``."""
        self._take("{")
        if self._may_take("SELECT"):
            self._listed()
            self._body()
        else:
            while self._now.text != "}":
                self._member(level)
            level.close()
        self._take("}")

    def _member(self, level: _Level) -> None:
        word = self._now.word
        if word in ("FILTER", "BIND", "VALUES", "GRAPH", "MINUS", "OPTIONAL", "UNION", "."):
            self._take()
        if word in ("{", "OPTIONAL"):
            self._group(level.joined())
        elif word == "MINUS":
            self._group(level.held_against())
        elif word == "GRAPH":
            self._iri()
            self._group(level.joined())
        elif word == "BIND":
            self._expression(level)
        elif word == "FILTER":
            self._constraint(level)
        elif word == "VALUES":
            self._data()
        elif word not in (".", "UNION"):
            self._triples(level)

    def _constraint(self, level: _Level) -> None:
        """Read what follows FILTER: brackets, a call, EXISTS with its group."""
        if self._may_take("NOT") and self._now.word != "EXISTS":
            raise DoubtError
        if self._may_take("EXISTS"):
            self._group(level.held_against())
            return
        if self._now.kind in ("word", "iri", "name"):
            self._term_of_expression(level)
        self._expression(level)

    def _expression(self, level: _Level) -> None:
        """Read an expression in brackets."""
        self._take("(")
        while self._now.text != ")":
            self._term_of_expression(level)
        self._take(")")

    def _term_of_expression(self, level: _Level) -> None:
        """Read the next of an expression, or of modifiers: a token, or brackets with all that is in them."""
        token = self._now
        if token.text == "(":
            self._expression(level)
        elif token.text == "{" and self._tokens[self._next - 1].word == "EXISTS":
            self._group(level.held_against())
        elif token.kind in ("iri", "name"):
            self._iri()
        elif token.kind in ("open", "close") or token.word in _NEVER or token.text == "\\":
            raise DoubtError
        else:
            self._take()

    def _data(self) -> None:
        """Read what follows VALUES."""
        if self._may_take("("):
            while not self._may_take(")"):
                if not self._take_variable():
                    raise DoubtError
        elif not self._take_variable():
            raise DoubtError
        self._take("{")
        while not self._may_take("}"):
            if not (self._may_take("(") or self._may_take(")") or self._may_take("UNDEF")):
                self._constant()

    def _take_variable(self) -> str:
        """Read a variable and return its name, "" where none is next."""
        name = self._now.variable
        self._next += bool(name)
        return name

    def _constant(self) -> None:
        """Read an IRI or a literal."""
        token = self._now
        number = _NUMBER.match(self._text, token.start) if token.kind == "other" else None
        if token.kind in ("iri", "name"):
            self._iri()
        elif token.kind == "string":
            self._take()
            if self._now.kind == "tag":
                self._take()
            elif self._may_take("^"):
                self._take("^")
                self._iri()
        elif token.word in ("TRUE", "FALSE"):
            self._take()
        elif number:
            while self._now is not _END and self._now.start < number.end():
                if self._take().end > number.end():
                    raise DoubtError
        else:
            raise DoubtError

    def _triples(self, level: _Level) -> None:
        """Read a subject with its predicates and objects."""
        is_list = self._now.text == "["
        subject = self._node(level)
        if not is_list or self._now.text not in (".", "}"):
            self._properties(subject, level)

    def _properties(self, subject: str, level: _Level) -> None:
        while True:
            may_be_none = self._path()
            while True:
                ends = (subject, self._node(level))
                if may_be_none:
                    level.loose.append(ends)
                else:
                    level.bound.update(end for end in ends if end)
                if not self._may_take(","):
                    break
            if not self._may_take(";"):
                return
            while self._may_take(";"):
                pass
            if self._now.text in (".", "}", "]"):
                return

    def _node(self, level: _Level) -> str:
        """Read a subject or object, with all that stands inside it; return its name where it is a variable."""
        variable = self._take_variable()
        if variable:
            return variable
        if self._may_take("["):
            if not self._may_take("]"):
                self._properties("", level)
                self._take("]")
        elif self._now.text == "_":
            self._take()
            label = self._take()
            if label.kind != "name" or not label.text.startswith(":") or "\\" in label.text:
                raise DoubtError
        else:
            self._constant()
        return ""

    def _path(self) -> bool:
        """Read a predicate, constant throughout; tell whether it may be a path of no steps."""
        found = self._sequence()
        while self._may_take("|"):
            found = self._sequence() or found
        return found

    def _sequence(self) -> bool:
        found = self._step()
        while self._may_take("/"):
            found = self._step() and found
        return found

    def _step(self) -> bool:
        self._may_take("^")
        if self._may_take("("):
            found = self._path()
            self._take(")")
        elif self._now.text == "a":
            self._take()
            found = False
        else:
            self._iri()
            found = False
        if self._now.text in ("?", "*"):
            self._take()
            return True
        self._may_take("+")
        return found


def _is_like_a_word(prefix: str) -> bool:
    """Tell whether a prefix begins like a word of the language, behind which the engine may see a name of its own."""
    return prefix.upper() in WORDS
