"""What XML 1.0 can hold: characters and names. Other texts would make a file that no program reads."""

import re
from functools import lru_cache

_UNABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""All but what XML 1.0 (fifth edition), 2.2, production Char, allows."""
_START = "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
_START += "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
_LOCAL_NAME = re.compile(f"[{_START}][{_START}.0-9\xb7\u0300-\u036f\u203f-\u2040-]*$")
"""A local name at the end of an IRI: Namespaces in XML 1.0, production NCName (XML 1.0, 2.3, Name without colon)."""


def unable_character(text: str) -> str:
    """Return the first character of a text that XML cannot hold, "" where it can hold them all."""
    found = _UNABLE.search(text)
    return found[0] if found else ""


@lru_cache(maxsize=1024)
def is_element_name(iri: str) -> bool:
    """Tell whether an IRI ends in what may be an element's name, with a namespace before it, as RDF/XML needs it."""
    found = _LOCAL_NAME.search(iri)
    return found is not None and found.start() > 0


def without_unable(text: str) -> str:
    """Return a text with a replacement character for each that XML cannot hold."""
    return _UNABLE.sub("\ufffd", text)
