"""How an index is filled from the flat tables: parties first, then what names them."""
