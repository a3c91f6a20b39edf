"""Looking ahead: how many people, where, by when, always with a band."""

from __future__ import annotations

from partage.forecast.predictors import PREDICTORS, sample_panel, sample_paths

__all__ = ["PREDICTORS", "sample_panel", "sample_paths"]
