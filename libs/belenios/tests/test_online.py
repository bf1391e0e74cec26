"""Trustees take part through the site of a vote; the site here is a small one, which checks nothing itself."""

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from belenios.archive.writer import ArchiveWriter
from belenios.ceremony import assemble
from belenios.checking import check_ballot
from belenios.credentials import derive, new_credential, public_credential, write_roll
from belenios.decryption import check_decryption
from belenios.election import Election, Question, read_election
from belenios.groups import group_named
from belenios.sealing import seal
from belenios.tally import EncryptedTally, of_answers, product, write_tally
from belenios.trustee.cli import main
from belenios.trustees import check_trustees, decryption_keys, write_trustees

TRUSTEES, THRESHOLD, DATE = 3, 2, 1_795_442_199
STEPS = ("certificate", "shares", "key")
CODE = "a-code-of-24-characters-"


class SmallSite(ThreadingHTTPServer):
    """Keeps what trustees send, and an archive once there is one."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Pages)
        self.trustees: list[dict[str, Any]] = [dict.fromkeys(STEPS) for _ in range(TRUSTEES)]
        self.decryptions: dict[int, str] = {}
        self.archive = b""
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/votes/rue-scolaire"

    def view(self) -> dict[str, Any]:
        due = next((step for step in STEPS if any(one[step] is None for one in self.trustees)), None)
        missing = [{"step": due, "places": []}] if due else []
        common = {"id": "an-id", "group": "Ed25519", "threshold": THRESHOLD, "phase": "ceremony"}
        return common | {"trustees": self.trustees, "missing": missing}

    def sent(self, step: str) -> list[bytes]:
        return [one[step].encode() for one in self.trustees]


class Pages(BaseHTTPRequestHandler):
    server: SmallSite

    def log_message(self, *_arguments: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        if self.path.startswith("/api/v1/elections/rue-scolaire/archive"):
            half = len(self.server.archive) // 2
            part = int(self.path.rpartition("=")[2])
            data = self.server.archive[:half] if part == 0 else self.server.archive[half:]
            self._answer({"data": urlsafe_b64encode(data).decode().rstrip("="), "next": 1 if part == 0 else None})
        elif self.path == "/api/v1/elections/rue-scolaire/sealed":
            self._answer(self.server.view())
        else:
            self._answer({"detail": "There is no such vote."}, 404)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        place = int(self.path.split("/")[-2])
        if body["code"] != CODE:
            self._answer({"detail": "This is not the code of this trustee."}, 403)
            return
        if body["step"] == "decryption":
            self.server.decryptions[place] = body["message"]
        else:
            self.server.trustees[place - 1][body["step"]] = body["message"]
        self._answer(self.server.view())

    def _answer(self, value: object, status: int = 200) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture
def site() -> Iterator[SmallSite]:
    made = SmallSite()
    yield made
    made.shutdown()
    made.server_close()


def run(site: SmallSite, folder: Path, command: str, place: int, *more: str) -> int:
    code = folder / "code"
    code.write_text(f"{CODE}\n")
    own = [str(folder / f"{place}.seed"), "--place", str(place), "--code-file", str(code)]
    return main([command, site.address, *own, *more])


def carry_out(site: SmallSite, folder: Path) -> None:
    for _ in STEPS:
        for place in range(1, TRUSTEES + 1):
            assert run(site, folder, "join", place) == 0


def closed(site: SmallSite) -> tuple[Election, EncryptedTally]:
    """An archive of one ballot that ends with its sealed sum, under the key that the trustees made."""
    group = group_named("Ed25519")
    holders = (assemble(group, *(site.sent(step) for step in STEPS)),)
    question = Question("Laquelle ?", ("a", "b"), 0, 1)
    rules = Election("Essai", "", group.name, check_trustees(group, holders), (question,), "WsGyeEw8jLpX7a")
    election = read_election(rules.data)
    voter = derive(group, election.uuid, new_credential())
    ballot = seal(election, voter, [[1, 0]])
    tally = product(election, [of_answers(check_ballot(election, ballot).answers)])
    kept: list[bytes] = []

    class Sink:
        def write(self, data: bytes, /) -> None:
            kept.append(data)

    writer = ArchiveWriter(Sink(), DATE)
    roll = write_roll(group, {public_credential(group, voter): 1})
    writer.setup(election.data, write_trustees(group, holders), roll)
    writer.ballot(ballot)
    writer.end_ballots()
    writer.encrypted_tally(write_tally(group, tally), 1, 1)
    site.archive = b"".join(kept)
    return election, tally


def test_each_trustee_sends_what_is_due_when_it_is_due(site: SmallSite, tmp_path: Path) -> None:
    assert run(site, tmp_path, "join", 1) == 0
    assert run(site, tmp_path, "join", 1) == 0
    assert [site.trustees[0][step] is not None for step in STEPS] == [True, False, False], "it waits for the others"
    carry_out(site, tmp_path)
    parameters = assemble(group_named("Ed25519"), *(site.sent(step) for step in STEPS))
    assert parameters.threshold == THRESHOLD
    assert (tmp_path / "1.seed").stat().st_mode & 0o777 == 0o600


def test_a_trustee_verifies_the_archive_and_sends_its_part(site: SmallSite, tmp_path: Path) -> None:
    carry_out(site, tmp_path)
    election, tally = closed(site)
    kept = tmp_path / "kept.bel"
    assert run(site, tmp_path, "open", 2, "--archive", str(kept)) == 0
    assert kept.read_bytes() == site.archive
    keys = decryption_keys((assemble(election.group, *(site.sent(step) for step in STEPS)),))
    assert check_decryption(election, tally, keys[1], site.decryptions[2].encode())


def test_nothing_is_sent_for_an_archive_that_does_not_hold(
    site: SmallSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    carry_out(site, tmp_path)
    closed(site)
    site.archive = site.archive.replace(b'"num_tallied":1', b'"num_tallied":2')
    assert run(site, tmp_path, "open", 1, "--archive", str(tmp_path / "kept.bel")) == 1
    assert site.decryptions == {}
    assert capsys.readouterr().err


def test_what_the_site_refuses_is_said_in_its_words(
    site: SmallSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other").write_text("x" * 24)
    own = [str(tmp_path / "1.seed"), "--place", "1", "--code-file", str(tmp_path / "other")]
    assert main(["join", site.address, *own]) == 1
    assert "This is not the code of this trustee." in capsys.readouterr().err
    assert main(["join", site.address.replace("rue-scolaire", "ailleurs"), *own]) == 1
    assert main(["join", "ftp://example.org/votes/x", *own]) == 1
