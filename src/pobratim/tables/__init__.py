"""The flat tables of a generation: one row a thing, typed columns under lasting names (queries/tables)."""

from pobratim.tables.kept import table_of
from pobratim.tables.table import Table, table_named, table_names

__all__ = ["Table", "table_named", "table_names", "table_of"]
