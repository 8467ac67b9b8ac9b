"""Evaluation in processes of its own: a zygote a generation, its workers, the pool that hands out queries."""
