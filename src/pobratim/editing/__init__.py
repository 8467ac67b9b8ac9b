"""What editors change: reports handed in, decisions on what is one thing, each with author and time; no HTTP."""
