"""Reports in prose: headings and paragraphs, no table. An event is a paragraph, and the paragraph is its cell.

``read_prose`` gives the rows of such a text with what each was made of, or None where it is not sure to be a report.
"""

from pobratim.shapes.prose.narrative import Prose, read_prose

__all__ = ["Prose", "read_prose"]
