"""Faces translate; they do not decide."""
