"""Findings: remarks on data or a plan, collected and shown to people all at once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

Weight = Literal["note", "warning", "fault"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A remark: where it is, what it is, what to do about it, and how much it weighs.

    ``fault``: the row or thing was not used. ``warning``: used, somebody should look.
    ``note``: for information.
    """

    where: str
    what: str
    do: str = ""
    weight: Weight = "warning"

    def as_dict(self) -> dict[str, str]:
        """The finding as the JSON envelope carries it."""
        return asdict(self)

    def __str__(self) -> str:
        return f"{self.weight}: {self.where}: {self.what}" + (f" -> {self.do}" if self.do else "")
