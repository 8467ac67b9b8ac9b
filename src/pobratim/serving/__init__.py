"""The server: SPARQL endpoint, linked data, search and workbench on one port.

The web process holds no store. Queries run in processes that share the facts of one generation (``zygote.py``,
``worker.py``), are killed at their limits and replaced; ``pool.py`` hands them out, ``app.py`` puts the pages together.
"""
