"""The folder that goes out: pages, data, tables, catalogue and what web servers are told, all of one gated source."""
