"""Pobratim: municipal reports of international ties as a knowledge graph."""

from importlib.metadata import version

__version__ = version("pobratim")
