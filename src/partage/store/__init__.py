"""Journals: in memory and in SQLite, under one contract suite."""
