"""What the explorer reads from a plain file server: columns, names and evidence that a browser asks by itself.

All of it is made of what went through the gate, and is read by ``viz/app/files``.
"""

from pobratim.publishing.explorer.files import EXPLORER_PARTS, FOLDER, Gated, explorer_files
from pobratim.publishing.explorer.pages import EVENT, MadePage, made_pages

__all__ = ["EVENT", "EXPLORER_PARTS", "FOLDER", "Gated", "MadePage", "explorer_files", "made_pages"]
