"""Sources: who publishes what, in which form, as ``loaders/NAME/source.yml`` says."""

from pobratim.sources.expected import expectation_faults
from pobratim.sources.library import (
    default_folders,
    find_again,
    find_source,
    is_shipped,
    list_sources,
    source_folders,
)
from pobratim.sources.namer import MappedNamer
from pobratim.sources.read import read_source
from pobratim.sources.scaffold import new_source
from pobratim.sources.source import Expected, Form, Source, WikidataSettings

__all__ = [
    "Expected",
    "Form",
    "MappedNamer",
    "Source",
    "WikidataSettings",
    "default_folders",
    "expectation_faults",
    "find_again",
    "find_source",
    "is_shipped",
    "list_sources",
    "new_source",
    "read_source",
    "source_folders",
]
