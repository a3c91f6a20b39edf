"""What every face says alike: answers as data and text, words turned into nouns, the envelope."""
