"""Quality of what was read, without gold: coverage, gaps, doubts, change of form; as text, page and DQV."""
