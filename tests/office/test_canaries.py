"""A name typed in any field of any verb: never in entries, views, answers, findings, refusals, files, output."""

from __future__ import annotations

import inspect
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import HealthCheck, Phase, given, settings

from canaries import IN_WORDS, NAMES, everything_in, running
from everyverb import CASE, METHODS, RUN
from partage.core.errors import Refusal
from partage.office.desk import Done
from partage.office.office import Office


def actors(office: Office, verb: str, fields: str, ids: dict[str, str]) -> Office:
    from partage.office.permits import PERMITS

    rows = [r for r in PERMITS if r.verb == verb and fields in r.fields]
    row = next((r for r in rows if r.role != "household"), None)
    if row is None:  # what is a household's alone
        return office.acting(f"zoe:household@{ids[CASE]}")
    scope = {"own-region": "CA-ON", "own-city": "ca-on/cornwall", "own-run": ids[RUN]}.get(
        row.scope, "ca-on/cornwall/dev-centre"
    )
    return office.acting(f"zoe:{row.role}@{scope}")


def real(value: object, ids: dict[str, str]) -> object:
    if isinstance(value, str):
        return ids.get(value, value)
    if isinstance(value, dict):
        return {ids.get(k, k): v for k, v in value.items()}
    return value


def filled(value: object, annotation: str, name: str) -> object | None:
    """A parameter with the name typed into it; None where no words can be."""
    if (
        "Mapping[str, int]" in annotation
        or "Mapping[tuple" in annotation
        or annotation.startswith(("bytes", "Sequence[Vehicle"))
    ):
        return None
    if "Mapping[str, str]" in annotation:
        return [{name: "1"}, {"age_0_4": name}]
    if "tuple[str" in annotation or "Sequence[str]" in annotation:
        return [(name,)]
    return [name] if annotation.startswith("str") else None


@given(name=NAMES)
@settings(
    max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],  # one name says as much as a shorter one
)  # fmt: skip
def test_a_name_in_any_parameter_of_any_method_goes_nowhere(name, tmp_path, capfd):
    folder = Path(mkdtemp(dir=tmp_path))
    office, ids = running(folder)
    leaks = []
    for method, (verb, fields, args, more) in METHODS.items():
        act = getattr(actors(office, verb, fields, ids), method)
        signature = inspect.signature(act)
        bound = signature.bind(*args, **more)
        for parameter in signature.parameters.values():
            wrong = filled(None, str(parameter.annotation), name)
            if wrong is None or (method, parameter.name) in IN_WORDS:
                continue
            for value in wrong:
                given_ = {k: real(v, ids) for k, v in bound.arguments.items()}
                said = attempt(act, given_ | {parameter.name: value})
                if any(word in said for word in name.split()):
                    leaks.append((method, parameter.name, said[:160]))
    assert not leaks
    chain = str(list(office.journal.read()))
    held = everything_in(folder)
    out, err = capfd.readouterr()
    for word in name.split():
        assert word not in chain
        assert word.encode() not in held
        assert word not in out + err
    assert office.acting("rita:auditor").verify().clean
    office.journal.close()


def attempt(act, given_: dict) -> str:  # type: ignore[no-untyped-def,type-arg]
    try:
        done = act(**given_)
    except Refusal as refusal:
        return f"{refusal.what} {refusal.do}"
    if isinstance(done, tuple):
        done = done[-1]
    return f"{done.data} {done.findings} {done.entries}" if isinstance(done, Done) else ""
