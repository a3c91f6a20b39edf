"""The comparison as one self-contained page that fetches nothing and runs nothing."""

from __future__ import annotations

from partage.report.page.page import plan_page

__all__ = ["plan_page"]
