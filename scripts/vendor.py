"""Remakes the files that others made and that this project carries, with the table that names them.

``make vendor`` runs it: it asks ``npm pack`` for each package at the version below, takes the files that
are needed, takes out every address of another machine, and writes VENDORED.md beside them. Running the
office needs neither this nor node.
"""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[1]
WEB = ROOT / "src" / "partage" / "faces" / "web" / "static" / "vendor"
TESTS = ROOT / "tests" / "browser" / "vendor"
VARIANT = re.compile(r"\.(xs|sm|md|lg|xl|hover|focus)\\:")
FONTS = {"lato/gcds-lato.woff2": ("Lato", 700)} | {
    f"noto-sans/gcds-noto-sans-{name}.woff2": ("Noto Sans", weight)
    for name, weight in (("regular", 400), ("bold", 700))
}


def plain_rules(css: str) -> str:
    """The shortcuts without what nobody here uses: variants by width, pointer and focus, icons, hosts."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    kept = [rule for rule in rules(css) if "://" not in rule and not VARIANT.search(rule)]
    kept = [rule for rule in kept if "gcds-icon" not in rule]
    return re.sub(r"\n\s*\n+", "\n", "\n".join(kept)).strip() + "\n"


def rules(css: str) -> list[str]:
    """The top-level rules of a style sheet, whole."""
    found, depth, begun = [], 0, 0
    for at, sign in enumerate(css):
        depth += (sign == "{") - (sign == "}")
        if (sign == "}" or sign == ";") and depth == 0:
            found.append(css[begun : at + 1].strip("\n"))
            begun = at + 1
    return found


def font_faces(_: str) -> str:
    """Faces of the weights that are carried, each beside this style sheet."""
    return "".join(
        f'@font-face {{\n  font-family: "{family}";\n  src: url("{Path(file).name}") format("woff2");\n'
        f"  font-weight: {weight};\n  font-style: normal;\n  font-display: swap;\n}}\n"
        for file, (family, weight) in FONTS.items()
    )


@dataclass(frozen=True)
class Taken:
    """A file of a package, where it goes, and what is done to it on the way."""

    source: str
    target: str
    change: Callable[[str], str] | None = None
    how: str = "as it came"


@dataclass(frozen=True)
class Package:
    """A package at one version, its licence, and what is taken of it."""

    name: str
    version: str
    licence: str
    folder: Path
    files: tuple[Taken, ...]


PACKAGES = (
    Package("@gcds-core/tokens", "1.5.0", "MIT", WEB, (
        Taken("build/web/css/global.css", "gcds-tokens.css"),
        Taken("LICENSE", "gcds-tokens.LICENSE.txt"),
    )),
    Package("@gcds-core/css-shortcuts", "1.2.0", "MIT", WEB, (
        Taken("dist/gcds-css-shortcuts.css", "gcds-css-shortcuts.css", plain_rules,
              "without addresses of other hosts, variants by width, pointer and focus, and icons"),
        Taken("LICENSE", "gcds-css-shortcuts.LICENSE.txt"),
    )),
    Package("@gcds-core/fonts", "1.1.1", "OFL-1.1", WEB, (
        *(Taken(f"fonts/{file}", Path(file).name) for file in FONTS),
        Taken("fonts/noto-sans/gcds-noto-sans.css", "gcds-fonts.css", font_faces,
              "the faces of these files alone, at their own addresses"),
        Taken("fonts/lato/LICENSE.txt", "gcds-lato.LICENSE.txt"),
        Taken("fonts/noto-sans/LICENSE.txt", "gcds-noto-sans.LICENSE.txt"),
    )),
    Package("htmx.org", "4.0.1", "0BSD", WEB, (
        Taken("dist/htmx.min.js", "htmx.min.js"),
        Taken("LICENSE", "htmx.LICENSE.txt"),
    )),
    Package("axe-core", "4.14.1", "MPL-2.0", TESTS, (
        Taken("axe.min.js", "axe.min.js"),
        Taken("LICENSE", "axe-core.LICENSE.txt"),
    )),
)  # fmt: skip


def fetched(package: Package, folder: Path) -> Path:
    """The package unpacked in a folder of its own."""
    name = f"{package.name}@{package.version}"
    said = subprocess.run(
        ["npm", "pack", "--silent", "--pack-destination", str(folder), name],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    target = folder / re.sub(r"\W", "-", name)
    with tarfile.open(folder / said.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def carried(package: Package, unpacked: Path) -> list[str]:
    """Write the files of a package; answer their rows of the table."""
    rows = []
    for one in package.files:
        data = (unpacked / one.source).read_bytes()
        if one.change is not None:
            data = one.change(data.decode("utf-8")).encode("utf-8")
        (package.folder / one.target).write_bytes(data)
        small = len(gzip.compress(data, mtime=0))
        rows.append(
            f"| `{one.target}` | {package.name} | {package.version} | {package.licence} | {one.how} | "
            f"{len(data)} | {small} | `{sha256(data).hexdigest()}` |"
        )
    return rows


def main() -> int:
    """Everything anew."""
    if shutil.which("npm") is None:
        print(
            "npm is missing; install nodejs and npm, then run 'make vendor' again.", file=sys.stderr
        )
        return 2
    tables: dict[Path, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for folder_of in {package.folder for package in PACKAGES}:
            shutil.rmtree(folder_of, ignore_errors=True)
            folder_of.mkdir(parents=True)
        for package in PACKAGES:
            rows = carried(package, fetched(package, Path(folder)))
            tables.setdefault(package.folder, []).extend(rows)
    for where, rows in tables.items():
        head = (
            "# Vendored\n\nFiles that others made. `make vendor` remakes them and this table; "
            "do not edit by hand.\n\n"
            "| file | package | version | licence | changed | bytes | gzip | sha256 |\n"
            "|---|---|---|---|---|---|---|---|\n"
        )
        (where / "VENDORED.md").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
