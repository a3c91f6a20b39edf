"""Money is whole cents and exact shares: no float stands in what reckons with it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import partage

SRC = Path(partage.__file__).parent
MONEY = sorted(
    str(file.relative_to(SRC))
    for file in (
        *(SRC / "costs").glob("*.py"),
        *(SRC / name for name in (
            "core/money.py", "core/rates.py", "office/costs.py", "office/nights.py", "casework/statement.py",
            "packs/rates.py", "report/settled.py", "report/settled_page.py",
            "faces/pages/statements.py",
        )),
    )
)  # fmt: skip
EXACT = {"Fraction"}  # what may be divided, and stays exact


def floats(source: str) -> list[str]:
    """Where a float could come in: a literal, ``float``, ``round``, ``/`` of what is no Fraction."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, (float, complex)):
            found.append(f"line {node.lineno}: {node.value}")
        if isinstance(node, ast.Name) and node.id in ("float", "round"):
            found.append(f"line {node.lineno}: {node.id}")
        divides = isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.Div)
        if divides and not _exact(node):
            found.append(f"line {node.lineno}: a true division")
    return found


def _exact(node: ast.BinOp | ast.AugAssign) -> bool:
    left = node.left if isinstance(node, ast.BinOp) else node.target
    paths = (  # a folder / a name is no sum
        isinstance(one, (ast.JoinedStr, ast.Constant)) and not isinstance(getattr(one, "value", 0), int)
        for one in (node.right if isinstance(node, ast.BinOp) else node.value,)
    )  # fmt: skip
    exact = isinstance(left, ast.Call) and isinstance(left.func, ast.Name) and left.func.id in EXACT
    return exact or any(paths)


@pytest.mark.parametrize("file", MONEY)
def test_what_reckons_with_money_has_no_float(file):
    assert floats((SRC / file).read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    ["x = 0.95", "x = 1e2", "x = float(y)", "x = round(y, 2)", "x = cents / 100", "x /= 2", "m = map(float, y)"],
)  # fmt: skip
def test_the_lint_sees_each_way_in(source):
    assert floats(source)


def test_exact_shares_and_whole_division_are_allowed():
    assert floats("x = Fraction(1) / 3 + y // 2") == []
