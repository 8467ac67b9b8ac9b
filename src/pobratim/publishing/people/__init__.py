"""The gate for persons: what leaves the store for others leaves it through here, and only once.

``gated_store(store, people, place)`` of ``gated.py`` makes of a store another one, in the directory ``place``, that
holds only what may go out: the same graphs, as files of sorted lines and in the engine, with names masked and nodes of
private persons gone. It has no records, no documents and no candidates of merging. Whatever is made for others (pages,
tables, search, dumps, the explorer's index, catalogues) is made of that store as of any other, so that no later step
can let a name through: ``pobratim publish``, ``pobratim serve --public`` and ``pobratim dump --public`` open it. It is
a generation store, so that what did not change is not made again.
"""
