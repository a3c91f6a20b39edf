"""What goes wrong under a running server, asked by a programme and at a page: a clear answer, and work after."""

from __future__ import annotations

import os
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx2
import psutil
import pytest

import postgres
from api.serving import Server, give, sign_in
from offices import AT, arrivals, opened
from partage.compose import open_office

ANNA = "anna:intake"
MB = 1_000_000
FILE = arrivals(*(f"r{n},1" for n in range(400)))


@dataclass
class Office:
    """A served office, and anna at it twice: by a programme in French, and at the pages."""

    url: str
    server: Server
    secret: str
    cookie: str

    def api(self, method: str, path: str, content: object = None, key: str = "") -> httpx2.Response:
        headers = {"authorization": f"Bearer {self.secret}", "accept-language": "fr"}
        if key:
            headers |= {"idempotency-key": key, "content-type": "text/csv"}
        where = f"{self.server.address}/v1{path}"
        return httpx2.request(method, where, content=content, headers=headers, timeout=120)

    def page(self, path: str, method: str = "GET", **sent: object) -> httpx2.Response:
        headers = {"cookie": f"partage={self.cookie}"}
        where = self.server.address + path
        return httpx2.request(method, where, headers=headers, timeout=120, **sent)

    def whole(self) -> bool:
        office = open_office(self.url, "rita:auditor", at=AT.replace(day=28))
        try:
            return office.verify().clean
        finally:
            office.journal.close()


def served(url: str, ends: ExitStack) -> Office:
    opened(url).journal.close()
    secret, cookie = give(url, ANNA)[ANNA], sign_in(url, ANNA)
    key = os.environ.get("PARTAGE_KEY_FILE", "")
    server = Server("--db", url, more={"PARTAGE_KEY_FILE": key} if key else {})
    ends.callback(lambda: server.process.poll() is None and server.stop())
    return Office(url, server, secret, cookie)


@pytest.fixture
def ends() -> Iterator[ExitStack]:
    with ExitStack() as all_:
        yield all_


def small(folder: Path, megabytes: int, ends: ExitStack) -> Path:
    """A disk of that size."""
    folder.mkdir(parents=True)
    made = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(folder)]
    if subprocess.run(made, capture_output=True, check=False).returncode:
        pytest.skip("only who may mount can make a small disk")
    ends.callback(subprocess.run, ["umount", "-l", str(folder)], check=True)
    return folder


def own_server(ends: ExitStack, name: str) -> str:
    """The URL of a database on a server that may be harmed."""
    listens = postgres.socket_folder(name)
    ends.callback(postgres.server(name).cleanup)
    return f"postgresql://postgres@/postgres?host={quote(listens, safe='')}"


def refused(answer: httpx2.Response, status: int, says: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert says in said["detail"], said
    assert said["do"]
    assert "En anglais" not in answer.text


def test_a_database_killed_under_the_office_is_503_everywhere_and_it_goes_on_by_itself(
    ends, tmp_path, monkeypatch
):
    monkeypatch.setenv("PARTAGE_KEY_FILE", str(tmp_path / "own.key"))
    name = f"data-{uuid.uuid4().hex[:8]}"
    office = served(own_server(ends, name), ends)
    assert office.api("POST", "/register", arrivals("a,1"), "one").status_code == 200
    assert office.page("/en/today").status_code == 200
    master = int(Path(postgres.socket_folder(name), "postmaster.pid").read_text().split()[0])
    processes = [psutil.Process(master), *psutil.Process(master).children()]
    for process in processes:
        process.kill()
    psutil.wait_procs(processes[1:])
    for _ in range(2):  # the connection that was lost, and the one that is not made
        refused(office.api("POST", "/register", arrivals("b,1"), "two"), 503, "hors d’atteinte")
        english, french = office.page("/en/today"), office.page("/fr/today")
        assert (english.status_code, french.status_code) == (503, 503)
        assert "<h1>The office is not within reach now</h1>" in english.text
        assert "<h1>Le bureau est hors d’atteinte en ce moment</h1>" in french.text
        assert postgres.socket_folder(name) not in english.text
    assert httpx2.get(f"{office.server.address}/health").status_code == 503
    assert httpx2.get(f"{office.server.address}/").status_code == 200
    postgres.server(name).ensure_postgres_running()
    assert office.api("POST", "/register", arrivals("b,1"), "two").json()["data"]["households"] == 1
    assert office.page("/fr/today").status_code == 200
    assert office.whole()
    code, log = office.server.stop()
    assert code == 0
    assert "Traceback" not in log


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_a_full_disk_is_503_with_a_sentence_and_the_same_request_does_it_when_there_is_room(
    store, ends, tmp_path, monkeypatch
):
    if store == "sqlite":
        disk = small(tmp_path / "disk", 8, ends)
        url = f"sqlite:///{disk / 'office.db'}"
    else:
        monkeypatch.setenv("PARTAGE_KEY_FILE", str(tmp_path / "own.key"))
        name = f"disk-{uuid.uuid4().hex[:8]}"
        disk = small(postgres.folder() / name, 220, ends)
        url = own_server(ends, f"{name}/data")
    office = served(url, ends)
    before = office.api("GET", "/survey").json()["data"]["states"]
    filler = disk / "filler"
    with filler.open("wb") as full:
        free = os.statvfs(disk)
        full.write(b"\0" * max(0, free.f_bavail * free.f_frsize - 64_000))
    refused(office.api("POST", "/register", FILE, "k"), 503, "ne peut servir maintenant")
    assert office.page("/en/today").status_code == 200, "it is still read"
    assert office.api("GET", "/survey").json()["data"]["states"] == before
    filler.unlink()
    assert office.api("POST", "/register", FILE, "k").json()["data"]["households"] == 400
    assert office.whole()


def test_200_mb_are_refused_at_once_and_stand_in_no_memory(ends, tmp_path):
    office = served(f"sqlite:///{tmp_path / 'office.db'}", ends)
    for path in ("/v1/survey/queues", "/en/today"):  # whatever is loaded once is loaded
        office.page(path)
    office.api("POST", "/register", arrivals("a,1"), "k0")
    process = psutil.Process(office.server.process.pid)
    before, at_work = process.memory_info().rss, sum(process.cpu_times()[:2])
    sent = [0]

    def parts() -> Iterator[bytes]:
        for _ in range(200):
            sent[0] += 1
            yield b"x" * MB

    refused(office.api("POST", "/register", parts(), "k1"), 413, "L’envoi dépasse 50 Mo")
    refused(office.api("POST", "/propose", parts(), "k2"), 413, "L’envoi dépasse 1 Mo")
    whole = {"file": ("a.csv", b"x" * 200 * MB)}
    for lang, says in (("en", "That is too large"), ("fr", "C’est trop volumineux")):
        answer = office.page(f"/{lang}/arrivals/file", "POST", files=whole)
        assert answer.status_code == 413
        assert f"<h1>{says}</h1>" in answer.text
    assert sum(process.cpu_times()[:2]) - at_work < 2
    peak = int(Path(f"/proc/{process.pid}/status").read_text().split("VmHWM:")[1].split()[0])
    assert peak * 1024 - before < 75 * MB, "the 50 that may be read, and no more"
    assert office.page("/en/today").status_code == 200
