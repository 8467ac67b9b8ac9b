"""One module an address: what it takes and gives."""
