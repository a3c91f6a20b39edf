"""From bytes to nouns, with every fault found in one go."""
