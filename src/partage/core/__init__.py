"""Nouns, units, errors, findings, streams, marks and the states of a case."""
