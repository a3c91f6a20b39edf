"""The office model: a scenario played day by day by the office's own verbs, on a real journal."""
