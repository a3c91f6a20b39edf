"""The agreement and the Act as dated rules, asked of facts: it informs an officer, it never decides.

Three values: a ground applies, does not apply, or is *unknown: ask this*. Nothing here knows a case,
keeps anything or is read by placement (a fence in ``pyproject.toml``).
"""

from partage.eligibility.consider import Answer, GroundAnswer, Missing, Step, consider
from partage.eligibility.facts import Facts, read_facts
from partage.eligibility.reading import read_amended, read_text
from partage.eligibility.text import Ground, Rule, Text
from partage.eligibility.worked import Change, WorkedCase, changes, read_cases, wrong

__all__ = [
    "Answer", "Change", "Facts", "Ground", "GroundAnswer", "Missing", "Rule", "Step", "Text",
    "WorkedCase", "changes", "consider", "read_amended", "read_cases", "read_facts", "read_text",
    "wrong",
]  # fmt: skip
