"""What the office says has its French: sentence by sentence where a row is, by its kind everywhere."""

from __future__ import annotations

import ast
import itertools
import re
from pathlib import Path

import pytest

import partage
from partage.core.errors import REFUSALS, InputRefused, NotPermitted, Refusal
from partage.core.findings import Finding
from partage.core.steps import STATES, step
from partage.faces.api.problems import HERE
from partage.report import french
from partage.report.table import Table

SRC = Path(partage.__file__).parent
INTAKE = sorted(f"intake/{file.name}" for file in (SRC / "intake").glob("*.py"))
COSTS = sorted(f"costs/{file.name}" for file in (SRC / "costs").glob("*.py"))
AHEAD = [
    f"simulate/{name}.py" for name in
    ("compiled", "entries", "hindcast", "history", "reading", "stay", "study", "turns")
]  # fmt: skip
AHEAD += ["faces/cli/simulating.py", "faces/cli/hindsight.py", "cluster.py"]
STORE = sorted(f"store/{file.name}" for file in (SRC / "store").glob("*.py"))
API = sorted(f"faces/api/{file.name}" for file in (SRC / "faces/api").glob("*.py"))
WHOLE = [
    *INTAKE, *COSTS, *AHEAD, "casework/watch.py", "casework/survey.py", "casework/night.py",
    "casework/statement.py", "office/costs.py", "office/nights.py",
    "compose.py", "faces/serve.py", "office/pace.py", *STORE, *API,
]  # fmt: skip
LEAVE = (  # for whoever checks and computes, not for the day's work
    "verify", "solving", "replay", "arrays", "check_policy", "one", "standing", "kept", "draw",
)  # fmt: skip
DAY = [
    f"{floor}/{file.name}"
    for floor in ("casework", "office")
    for file in sorted((SRC / floor).glob("*.py"))
    if not file.stem.startswith(LEAVE)
]
MOST_WITHOUT = 0.03  # of the day's sentences: they are said in English under a French title
KINDS = {kind.__name__ for kind in (*REFUSALS, *HERE)}
NAME = re.compile(r"\{(\w+)\}")


def texts(node: ast.AST | None, names: dict[str, list[ast.expr]], deep: int = 4) -> list[str]:
    """Every sentence that an expression may be, with X1 for what is filled in; none if it is handed in."""
    if node is None or not deep:
        return []
    if isinstance(node, ast.Constant):
        return [node.value or "X1"] if isinstance(node.value, str) else []
    if isinstance(node, ast.IfExp):
        return texts(node.body, names, deep) + texts(node.orelse, names, deep)
    if isinstance(node, ast.BinOp):
        pairs = itertools.product(texts(node.left, names, deep), texts(node.right, names, deep))
        return ["".join(pair) for pair in pairs]
    if isinstance(node, ast.Name):
        return [t for value in names.get(node.id, ()) for t in texts(value, names, deep - 1)]
    if isinstance(node, ast.JoinedStr):
        parts = [
            [str(part.value)] if isinstance(part, ast.Constant)
            else texts(part.value, names, deep) or ["X1"]
            for part in node.values
        ]  # fmt: skip
        return ["".join(one) for one in itertools.product(*parts)]
    return []


def sentences(file: str, calls: set[str]) -> list[str]:
    """Every sentence that stands in such a call of a file."""
    tree = ast.parse((SRC / file).read_text("utf-8"))
    module = {
        target.id: [node.value]
        for node in tree.body if isinstance(node, ast.Assign)
        for target in node.targets if isinstance(target, ast.Name)
    }  # fmt: skip
    found = []
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        names = {name: list(values) for name, values in module.items()}
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                names.setdefault(node.targets[0].id, []).append(node.value)
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in calls:
                    args = (
                        node.args[1:3]
                        if name in ("Finding", "fault", "_warning")
                        else node.args[:2]
                    )
                    found += [t for arg in args for t in texts(arg, names)]
            elif (
                isinstance(node, ast.Yield)
                and isinstance(node.value, ast.Tuple)
                and "Finding" in calls
            ):
                found += [t for arg in node.value.elts[:2] for t in texts(arg, names)]
    return [text for text in found if re.sub("X1|[^a-z]", "", text) and " " in text]


@pytest.mark.parametrize("file", WHOLE)
def test_every_finding_and_refusal_of_taking_in_and_of_the_survey_has_its_french(file):
    said = sentences(file, {"Finding", "fault", "_warning", *KINDS})
    assert [text for text in said if not french.knows(text)] == []


def test_what_verify_finds_has_its_french():
    files = sorted(f"casework/{file.name}" for file in (SRC / "casework").glob("verify*.py"))
    calls = {"Finding", "fault", "_fault", "_say"}
    said = [text for file in files for text in sentences(file, calls)]
    assert len(said) > 40
    blurred = (
        "takes places at X1 leaves",
        "the X1 of",
    )  # two sentences in one name; a name in a row
    assert [t for t in said if not (french.knows(t) or t.startswith(blurred))] == []
    chain = (
        "ledger/chain.py", "store/shape.py", "store/seals.py", "casework/verify_matters.py",
    )  # fmt: skip
    strings = {text for file in chain for text in returned(file)}
    assert len(strings) > 20
    assert [text for text in sorted(strings) if not french.knows(text)] == []


KINDS_OF_TEXT = (ast.Tuple, ast.JoinedStr, ast.Constant, ast.IfExp)


def returned(file: str) -> list[str]:
    """Sentences that functions of a file give back, or append to what they give back."""
    tree = ast.parse((SRC / file).read_text("utf-8"))
    values = [
        node.value.elts[-1] if isinstance(node.value, ast.Tuple) else node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Return) and isinstance(node.value, KINDS_OF_TEXT)
    ] + [
        node.args[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "append"
    ]  # fmt: skip
    found = [text for value in values for text in texts(value, {})]
    return [text for text in found if " " in text]


def test_the_sentences_are_looked_for_where_they_are():
    assert len(sentences("intake/arrivals.py", {"Finding", "fault"})) > 20
    assert len(sentences("casework/watch.py", {"Finding"})) > 40


def test_nearly_every_sentence_of_the_day_has_its_french():
    said = {(file, t) for file in DAY for t in sentences(file, {"Finding", *KINDS})}
    assert len(said) > 300
    missing = sorted(pair for pair in said if not french.knows(pair[1]))
    assert len(missing) < MOST_WITHOUT * len(said), missing


def test_no_sentence_stands_twice_or_loses_or_invents_what_is_filled_in():
    rows = french.rows()
    assert len({english for english, _ in rows}) == len(rows)
    for english, said in rows:
        assert set(NAME.findall(said)) == set(NAME.findall(english)), english
        assert "'" not in french.french(said), english
        assert not re.search(r" [:;?!»]|« ", french.french(said)), english


def test_every_kind_of_refusal_has_a_title_and_an_advice_of_its_own_in_french():
    for name in ("title_fr", "do_fr"):
        assert len({getattr(kind, name) for kind in (Refusal, *REFUSALS)}) == len(REFUSALS) + 1
    what, do = french.refusal_in_french(NotPermitted("The moon is not yours.", "Ask the sun."))
    assert (
        what
        == "Cela ne vous appartient pas. (En anglais\u00a0: «\u00a0The moon is not yours.\u00a0»)"
    )
    assert do.startswith("Demandez à une personne dont c’est le rôle. (En anglais")


def test_what_stands_in_a_sentence_is_said_in_french_too():
    with pytest.raises(Refusal) as refused:
        step("answer:accept", "waiting")
    what, _ = french.refusal_in_french(refused.value)
    assert STATES["waiting"][1].replace("'", "’") in what
    faults = "row 2, column reference is empty; row 3, column mode is not a known code."
    said, do = french.refusal_in_french(
        InputRefused(f"No row of the file could be registered: {faults}", "Correct the rows.")
    )
    assert said.endswith(
        "ligne 2, colonne reference est vide\u00a0; ligne 3, colonne mode n’est pas un code connu."
    )
    assert do == "Corrigez les lignes."
    one = Finding("hosted@ca-on/x/y", "somebody counted 3 persons, the book says 4", "", "fault")
    assert french.finding_text(one) == (
        "à faire maintenant\u00a0: ca-on/x/y\u00a0: quelqu’un a compté 3 personne(s), le registre dit 4"
    )


VERBS = sorted(
    f"faces/cli/{file.name}"
    for file in (SRC / "faces" / "cli").glob("*_verbs.py")
    if file.stem not in ("solve_verbs", "simulate_verbs", "forecast_verbs", "law_verbs")
)


def confirmations(file: str) -> set[str]:
    """Every line that a verb may say after an act: what is given to ``text``."""
    found: list[str] = []
    for function in ast.walk(ast.parse((SRC / file).read_text("utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        names: dict[str, list[ast.expr]] = {}
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                names.setdefault(node.targets[0].id, []).append(node.value)
        said = [
            node.value
            for node in ast.walk(function)
            if isinstance(node, ast.keyword) and node.arg == "text"
        ]
        said += [
            node.value for node in ast.walk(function)
            if isinstance(node, ast.AugAssign) and getattr(node.target, "id", "") == "text"
        ]  # fmt: skip
        found += [text for value in said for text in texts(value, names)]
    said = {one.strip() for text in found for one in re.split(r"\n|(?<=\.) (?=[A-Z0-9])", text)}
    # a part that may be nothing, or is a clause of its own, is glued to what stands before it
    return {one for one in said if re.search("[a-z]{3}", one) and not re.search(r"[\w)]X1", one)}


def test_what_is_said_after_an_act_has_its_french():
    lines = {line for file in VERBS for line in confirmations(file)}
    assert len(lines) > 60
    missing = sorted(line for line in lines if french.confirmation_in_french(line) == line)
    assert missing == []


def test_two_sentences_and_a_table_after_an_act_are_said_each_as_it_is():
    text = "Registered 3 household(s), 9 person(s). 2 row(s) NOT registered: correct them and send them again."
    assert french.confirmation_in_french(f"{text}\n  row 2: H-1\nname  CA-ON") == (
        "Inscrits\u00a0: 3 ménage(s), 9 personne(s). 2 ligne(s) NON inscrite(s)\u00a0: corrigez-les et "
        "renvoyez-les.\n  ligne 2\u00a0: H-1\nname  CA-ON"
    )


def test_a_table_is_said_in_french_cell_by_cell_and_numbers_stay():
    table = Table(
        "agreement of CA-ON: agreed",
        ("first day", "persons", "terms"),
        (("2023-02-01", 1200, "at most 50 persons there; condition: a nurse; nobody new 05-15..09-30"),),
        ("takes nobody new from 2023-03-01 to 2023-03-02 (staff)", "no row has this"),
    )  # fmt: skip
    said = french.table_in_french(table)
    assert (said.title, said.columns) == (
        "entente de CA-ON\u00a0: convenue", ("premier jour", "personnes", "conditions"),
    )  # fmt: skip
    assert said.rows == ((
        "2023-02-01", 1200,
        "au plus 50 personnes\u00a0; condition\u00a0: a nurse\u00a0; personne de nouveau du 05-15 au 09-30",
    ),)  # fmt: skip
    assert said.notes[1] == "no row has this"
    assert "1\u00a0200" in str(said)


def test_why_nobody_is_placed_is_said_cause_by_cause():
    said = french.label_in_french("no agreement: St. John's; excluded by a rule: Montreal")
    assert said == ("pas d’entente\u00a0: St. John's\u00a0; exclu par une règle\u00a0: Montreal")
    assert french.label_in_french("[1] A round number; none") == "[1] A round number; none"


def test_every_table_of_a_plan_has_its_french_headings_titles_and_notes():
    """Read from the source: what a plan's tables are made of, but what a pack or a policy says."""
    found = set()
    for file in ("plan", "replanned", "audit"):
        tree = ast.parse((SRC / f"report/{file}.py").read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Table":
                parts = {
                    id(c)
                    for f in ast.walk(node)
                    if isinstance(f, ast.JoinedStr)
                    for c in ast.walk(f)
                }
                found |= {
                    c.value for c in ast.walk(node)
                    if isinstance(c, ast.Constant) and id(c) not in parts
                }  # fmt: skip
    words = {one for one in found if isinstance(one, str) and re.search("[a-z]{3}", one)}
    words -= {"together"}  # of the weekend's table, which is for a demonstration
    assert len(words) > 25
    missing = {one for one in words if french.label_in_french(one) == one}
    assert {one for one in missing if french.label_in_french(f"x: {one}") == f"x: {one}"} <= SAME


SAME = {"service", "plan"}  # the same word in both languages


def test_every_heading_of_a_table_of_the_command_line_has_its_french():
    known = {english for english, _ in french.rows(french.TABLED)}
    headings = set()
    for file in (
        *sorted((SRC / "faces/cli").glob("*.py")),
        SRC / "faces/pages/show.py",
        SRC / "faces/pages/show_manifest.py",
        SRC / "faces/pages/brief.py",
    ):
        if file.stem.startswith(("demo", "simulating", "settling", "show_asks")):
            continue  # have their words in both languages, or are for one reader
        tree = ast.parse(file.read_text("utf-8"))
        tuples = {
            t.id: node.value
            for node in ast.walk(tree) if isinstance(node, ast.Assign)
            for t in node.targets if isinstance(t, ast.Name) and t.id == "names"
        }  # fmt: skip
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Table":
                title, columns = node.args[:2]
                if isinstance(title, ast.Constant):
                    headings.add(title.value)
                columns = tuples.get(getattr(columns, "id", ""), columns)
                if isinstance(columns, ast.Tuple):
                    headings |= {c.value for c in columns.elts if isinstance(c, ast.Constant)}
    assert len(headings) > 40
    assert headings - known - {"", "session", "sessions"} == set()
