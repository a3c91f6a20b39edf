"""The office over HTTP: one table of routes, each a call of the office."""
