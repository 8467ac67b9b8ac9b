"""Ties as counters: what each report tells of contacts and agreements, added up for every pair of parties."""
