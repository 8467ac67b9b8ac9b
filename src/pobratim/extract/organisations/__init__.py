"""Organisations named in a cell: spans grown from anchors, then named, placed and told apart.

``anchors`` says where a name may begin, ``grow`` how far it reaches, ``accept`` whether it is a name at all,
``naming`` puts it in the nominative, ``seat`` finds its settlement and country.
"""

from pobratim.extract.organisations.find import find_organisations
from pobratim.extract.organisations.mention import Mention

__all__ = ["Mention", "find_organisations"]
