"""Exact prices for problems too large for a general solver, by pivots in the space of prices."""
