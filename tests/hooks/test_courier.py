"""What an address is told, in which order, how often it is tried, and what is kept of it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from offices import AT, arrivals, opened
from partage.casework.hook import EVENTS
from partage.core.errors import InputRefused, NotFound, WrongState
from partage.office.courier import WAITS, Courier
from partage.office.office import Office
from partage.office.ports import StatedClock
from partage.office.wire import signature

TO = "https://example.org/partage?key=of-the-address"


class Told:
    """A wire that answers what it is told to, and keeps what it was given."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.came: list[tuple[str, str, str, dict]] = []  # type: ignore[type-arg]

    def __call__(self, address: str, secret: str, id_: str, body: bytes) -> tuple[int, str]:
        self.came.append((address, secret, id_, json.loads(body)))
        return (self.answers.pop(0), "") if self.answers else (204, "")

    def numbers(self) -> list[int]:
        return [body["data"]["no"] for *_, body in self.came]


@pytest.fixture
def adam() -> Office:
    office = opened("memory:").acting("adam:admin")
    office.clock = StatedClock(AT)
    return office


def start(adam: Office, *events: str) -> tuple[str, Told, Courier]:
    done, secret = adam.add_hook(TO, events or ("register",))
    assert secret.startswith("whsec_")
    told = Told()
    return done.data["hook"], told, Courier(adam.journal, adam.clock, told)


def take_in(adam: Office, *rows: str) -> None:
    adam.acting("anna:intake").register(arrivals(*rows))


def later(adam: Office, seconds: float) -> None:
    adam.clock.move_to(adam.clock.now() + timedelta(seconds=seconds))  # type: ignore[attr-defined]


def numbers(adam: Office, *verbs: str) -> list[int]:
    return [e.no for e in adam.journal.read() if e.verb in verbs]


def test_what_happened_before_is_not_told_and_the_rest_once_in_order(adam):
    take_in(adam, "before,1")
    hook, told, courier = start(adam)
    assert courier.round() == 0
    take_in(adam, "a,1", "b,2")
    adam.acting("lea:site@ca-on/windsor/ircc-hotels").update("ca-on/windsor/ircc-hotels")
    assert courier.round() == 2
    assert courier.round() == 0
    assert told.numbers() == numbers(adam, "register")[1:]
    [row] = adam.hooks()
    assert (row["hook"], row["state"], row["told_to"]) == (hook, "on", told.numbers()[-1])


def test_a_message_has_codes_and_numbers_and_nothing_about_people(adam):
    _, told, courier = start(adam, *EVENTS)
    adam.grant_token("nora:intake", AT.date())
    take_in(adam, "reference-7,1,2")
    courier.round()
    [(address, _, id_, body)] = told.came
    assert address == TO
    entry = list(adam.journal.read())[-1]
    assert body == {
        "type": "register", "timestamp": entry.at,
        "data": {"no": entry.no, "day": entry.day, "seal": entry.seal, "subject": entry.subject,
                 "version": 1, "step": "register"},
    }  # fmt: skip
    assert id_.endswith(f"-{entry.no}")
    assert not {"anna", "intake", "reference-7"} & set(str(body).replace("'", " ").split())


def test_it_is_signed_as_standard_webhooks_says():
    # the example of the specification's own libraries
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    said = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert said == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_miss_is_tried_again_later_and_nothing_overtakes_it(adam):
    hook, told, courier = start(adam)
    told.answers = [500, 503]
    take_in(adam, "a,1", "b,1")
    assert courier.round() == 1
    assert courier.round() == 0, "it waits"
    assert adam.hooks()[0]["why"] == "answered 500"
    later(adam, WAITS[0] + 1)
    assert courier.round() == 1
    later(adam, WAITS[0] + 1)
    assert courier.round() == 0, "it waits longer after the second"
    later(adam, WAITS[1])
    assert courier.round() == 2
    first, second = numbers(adam, "register")
    assert told.numbers() == [first, first, first, second]
    assert len({id_ for *_, id_, _ in told.came}) == 2, "a try again has the same id"
    assert adam.hooks()[0]["misses"] == 0
    log = adam.deliveries(hook)
    assert [(one["no"], one["status"], one["attempt"]) for one in log[::-1]] == [
        (first, 500, 1), (first, 503, 2), (first, 204, 3), (second, 204, 1),
    ]  # fmt: skip
    assert adam.deliveries(hook, "2023-02-19") == []


def test_after_many_misses_it_stops_and_goes_on_from_there_when_told_to(adam):
    hook, told, courier = start(adam)
    take_in(adam, "a,1")
    for wait in (*WAITS, 0):
        told.answers = [500]
        assert courier.round() == 1
        later(adam, wait + 1)
    take_in(adam, "b,1")
    assert courier.round() == 0
    assert adam.hooks()[0]["state"] == "stopped"
    with pytest.raises(WrongState):
        adam.deliver_again(hook, told.numbers()[0])
    adam.resume_hook(hook)
    assert courier.round() + courier.round() == 2
    assert told.numbers()[-2:] == numbers(adam, "register")


def test_gone_stops_at_once(adam):
    _, told, courier = start(adam)
    told.answers = [410]
    take_in(adam, "a,1")
    courier.round()
    assert (adam.hooks()[0]["state"], adam.hooks()[0]["why"]) == ("stopped", "answered 410")


def test_one_is_delivered_again_when_asked_also_while_others_wait(adam):
    hook, told, courier = start(adam)
    take_in(adam, "a,1")
    courier.round()
    told.answers = [500]
    take_in(adam, "b,1")
    courier.round()
    first, _ = numbers(adam, "register")
    adam.deliver_again(hook, first)
    assert courier.round() == 1
    assert told.numbers()[-1] == first
    assert adam.deliveries(hook)[0]["again"]
    assert adam.hooks()[0]["misses"] == 1, "it is no try of the one that waits"
    assert courier.round() == 0
    for wrong in (0, 10**9, numbers(adam, "agree")[0]):
        with pytest.raises(NotFound):
            adam.deliver_again(hook, wrong)


def test_who_is_killed_before_it_is_written_tells_it_once_more(adam, monkeypatch):
    _, told, courier = start(adam)
    take_in(adam, "a,1", "b,1")

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Courier, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            courier.round()
    other = Courier(adam.journal, adam.clock, told)
    assert other.round() == 0, "the claim of the first still stands"
    later(adam, 61)
    assert other.round() == 2
    assert told.numbers() == 2 * numbers(adam, "register")


def test_two_couriers_do_not_tell_the_same(adam):
    _, told, courier = start(adam)
    other = Courier(adam.journal, adam.clock, told)
    take_in(adam, "a,1")

    class Meanwhile(Told):
        def __call__(self, *given: object) -> tuple[int, str]:  # type: ignore[override]
            assert other.round() == 0
            return told(*given)  # type: ignore[arg-type]

    courier.post = Meanwhile()
    assert courier.round() == 1
    assert other.round() == 0
    assert told.numbers() == numbers(adam, "register")


def test_what_is_not_asked_for_is_passed_over_and_a_batch_has_an_end(adam, monkeypatch):
    monkeypatch.setattr("partage.office.courier.AHEAD", 2)
    monkeypatch.setattr("partage.office.courier.PASSED_OVER", 3)
    monkeypatch.setattr("partage.office.courier.AT_ONCE", 2)
    _, _, courier = start(adam, "close")
    take_in(adam, *(f"r{n},1" for n in range(9)))
    assert courier.round() == 0
    assert adam.hooks()[0]["told_to"] > 3, "it is not read from the start for ever"
    _, _, courier = start(adam)
    take_in(adam, *(f"s{n},1" for n in range(5)))
    assert [courier.round() for _ in range(4)] == [2, 2, 1, 0]


def test_the_secret_and_the_address_are_sealed_and_go_with_the_end(tmp_path):
    office = opened(f"sqlite:///{tmp_path / 'o.db'}").acting("adam:admin")
    done, secret = office.add_hook(TO, ["register"], idem="k")
    again, none = office.add_hook(TO, ["register"], idem="k")
    assert (none, again.data["hook"]) == ("", done.data["hook"])
    kept = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    for word in (secret.removeprefix("whsec_"), "of-the-address"):
        assert word.encode() not in kept
    assert office.hooks()[0]["origin"] == "https://example.org"
    office.end_hook(done.data["hook"])
    assert [row["state"] for row in office.hooks()] == ["ended"]
    assert office.journal.asides("hook") == {}
    with pytest.raises(WrongState):
        office.end_hook(done.data["hook"])
    assert office.acting("rita:auditor").verify().clean
    office.journal.close()


def test_the_log_goes_after_thirty_days(adam):
    hook, _, courier = start(adam)
    take_in(adam, "a,1")
    courier.round()
    day = AT.date().isoformat()
    for days, kept in ((29, 1), (2, 0)):
        later(adam, days * 86_400)
        adam.journal.sweep_aside(adam._at())
        assert len(adam.deliveries(hook, day)) == kept


@pytest.mark.parametrize("events", [[], ["read"], ["user"], ["register", "token"]])
def test_who_looks_and_who_signs_in_is_told_to_nobody(adam, events):
    with pytest.raises(InputRefused):
        adam.add_hook(TO, events)


def test_a_message_to_try_it_says_nothing_and_holds_nothing_back(adam):
    hook, told, courier = start(adam)
    take_in(adam, "a,1")
    adam.test_hook(hook)
    told.answers = [500]
    assert courier.round() == 2  # the try is not taken, and what happened is told all the same
    (_, secret, id_, body), (_, _, _, after) = told.came
    assert secret.startswith("whsec_")
    assert (body["type"], body["data"]) == ("test", {})
    assert id_.startswith(f"{hook}-test-")
    assert after["data"]["no"] == numbers(adam, "register")[0]
    [row] = adam.hooks()
    assert (row["state"], row["misses"], row["told_to"]) == ("on", 0, after["data"]["no"])
    assert [(one["event"], one["status"]) for one in adam.deliveries(hook)[::-1]] == [
        ("test", 500), ("register", 204),
    ]  # fmt: skip
    assert courier.round() == 0, "once"


def test_a_try_is_made_while_others_wait_and_not_where_nothing_is_told(adam):
    hook, told, courier = start(adam)
    told.answers = [500]
    take_in(adam, "a,1")
    courier.round()
    adam.test_hook(hook)
    assert courier.round() == 1
    assert told.came[-1][3]["type"] == "test"
    assert adam.hooks()[0]["misses"] == 1, "the entry waits on"
    with pytest.raises(NotFound):
        adam.test_hook("W-0000000000")
    adam.end_hook(hook)
    with pytest.raises(WrongState):
        adam.test_hook(hook)
