"""Forecasts as tables, drawings and a page."""
