"""``docs/reference/command-line.md``, printed from the command line itself."""

from __future__ import annotations

import typer.main

from partage.core.errors import INTERRUPT_EXIT, REFUSALS, USAGE_EXIT
from partage.faces.cli.verbs import app

WIDTH = 92


def as_markdown() -> str:
    """Every verb with its help, and every exit code, as one page."""
    group = typer.main.get_command(app)
    context = group.context_class(group, info_name="partage", terminal_width=WIDTH)
    lines = [
        "# Command line",
        "",
        "Printed by `python -m partage.faces.cli.reference`; do not edit by hand.",
        "",
        *_block(group.get_help(context)),
    ]
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        own = command.context_class(command, info_name=name, parent=context, terminal_width=WIDTH)
        lines += [f"## {name}", "", *_block(command.get_help(own))]
    lines += ["## Exit codes", "", "| code | what happened |", "|---|---|", "| 0 | done |"]
    for refusal in REFUSALS:
        promise = (refusal.__doc__ or "").strip().split("\n")[0]
        lines.append(f"| {refusal.exit_code} | `{refusal.kind}`: {promise} |")
    lines += [
        f"| {USAGE_EXIT} | the words of the command are off |",
        f"| {INTERRUPT_EXIT} | stopped by the person; what was acknowledged stays |",
    ]
    return "\n".join(lines) + "\n"


def _block(text: str) -> list[str]:
    return ["```text", *(line.rstrip() for line in text.rstrip().splitlines()), "```", ""]


if __name__ == "__main__":
    print(as_markdown(), end="")
