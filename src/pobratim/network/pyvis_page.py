"""The network as pyvis draws it: for notebooks, and for whoever knows vis.js. The page asks nobody for anything."""

import re
import textwrap

from pobratim.messages import Language, noun, texts
from pobratim.network.figure import draw
from pobratim.network.model import Network
from pobratim.network.page import page_data

_SIGNS = {"dot": "dot", "diamond": "diamond", "square": "square"}
_OUTSIDE = re.compile(r'<(link|script)\b[^>]*\b(?:href|src)="(?:https?:)?//[^>]*>(?:\s*</script>)?', re.IGNORECASE)
"""What pyvis takes from elsewhere for headings and menus, even where its own script is in the page (0.3.2)."""
HEIGHT = "620px"
_LINE = 24
"""Letters on a line of a name."""


def to_pyvis(network: Network, lang: Language) -> str:
    """Return pyvis's page of a network: colours, signs and places are those of the other pictures; nodes can be drawn
    about, and every line names its events when pointed at.
    """
    from pyvis.network import Network as VisNetwork  # imported here: it loads a template engine of its own accord

    figure = draw(page_data(network, lang))
    # Directed, because an undirected pyvis network drops a second tie between the same two parties.
    drawing = VisNetwork(height=HEIGHT, width="100%", directed=True, cdn_resources="in_line")
    drawing.toggle_physics(False)
    for node in figure.nodes:
        drawing.add_node(
            node.id,
            label=textwrap.fill(node.short, _LINE),
            title=node.name,
            shape=_SIGNS[node.shape],
            color=node.colour,
            size=node.radius,
            x=node.x,
            y=node.y,
        )
    forms = texts("picture", lang, "counted")
    for line in figure.lines:
        title = "" if line.is_member else f"{line.events} {noun(forms['events'], line.events, lang)}"
        drawing.add_edge(line.a, line.b, arrows="", width=line.width, color=line.colour, title=title)
    return _OUTSIDE.sub("", drawing.generate_html(notebook=False))
