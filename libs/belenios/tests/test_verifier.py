"""decider-verify: what it says, in which form, and its exit code."""

import json
import os
import pty
import re
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest
from belenios.archive.events import Kind
from belenios.ballots import tracker
from belenios.refusal import Check
from belenios.testing.mutants import reseal, steps_of
from belenios.testing.trial import DATE, Trial
from belenios.verifier.cli import main
from belenios.verifier.meanings import MEANINGS
from belenios.verifier.texts import TEXTS
from belenios.verifier.verify import Request, verify

Save = Callable[[bytes], Path]


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    code = main([str(argument) for argument in arguments])
    return code, capsys.readouterr().out


def test_a_good_archive_is_told_in_both_languages(
    archive: bytes, save: Save, capsys: pytest.CaptureFixture[str], trial: Trial
) -> None:
    path = save(archive)
    code, english = run(capsys, path, "--lang", "en")
    assert code == 0
    assert "EVERYTHING HOLDS." in english
    assert "4 ballots cast, 3 counted (total weight 4), 3 voters on the list" in english
    assert trial.election.fingerprint in english
    assert re.search(r"Faut-il planter \?\n +0  Oui\n +3  Non\n  Où \?\n +0  blank vote\n +3  Ici\n +1  Là", english)
    code, french = run(capsys, path, "--lang", "fr")
    assert code == 0
    assert "TOUT EST EXACT." in french


def test_the_languages_say_the_same_things() -> None:
    assert TEXTS["fr"].keys() == TEXTS["en"].keys()
    for name, text in TEXTS["fr"].items():
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", TEXTS["en"][name]))


def test_the_machine_readable_report(archive: bytes, save: Save, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, save(archive), "--json")
    report = json.loads(out)
    assert code == 0
    assert report["accepted"] is True
    assert report["result"][0]["answers"] == [{"answer": "Oui", "count": 0}, {"answer": "Non", "count": 3}]
    assert report["checks"]["ballots"] == 4
    assert report["checks"]["ballot proofs"] == 4 * (1 + 3 + 5)
    assert report["checks"]["partial decryptions"] == 3


def test_a_refusal_says_what_failed_and_where(
    archive: bytes, save: Save, capsys: pytest.CaptureFixture[str], trial: Trial
) -> None:
    steps = steps_of(archive)
    event, (ballot,) = steps[2]
    steps[2] = (event, [ballot.replace(b'"challenge":"', b'"challenge":"1', 1)])
    code, out = run(capsys, save(reseal(steps, DATE)), "--json")
    refusal = json.loads(out)["refusal"]
    assert code == 1
    assert refusal["record"].startswith("ballot ")
    assert refusal["check"] in {check.value for check in Check}
    assert refusal["reason"]


def test_one_ballot_is_explained(archive: bytes, save: Save, trial: Trial) -> None:
    path, ballots = save(archive), [ballot for _, ballot in trial.ballots]
    kept = verify(path, Request(ballot=tracker(ballots[1]))).ballot
    assert kept
    assert (kept.number, kept.counted, kept.weight, kept.replaced_by) == (2, True, 2, None)
    replaced = verify(path, Request(ballot=tracker(ballots[0]))).ballot
    assert replaced
    assert (replaced.number, replaced.counted, replaced.replaced_by) == (1, False, tracker(ballots[3]))
    assert replaced.credential == trial.group.text(next(iter(trial.roll)))
    unknown = verify(path, Request(ballot="x" * 43))
    assert unknown.refusal
    assert unknown.refusal.check is Check.TRACKER


def test_a_tracker_that_is_not_there_does_not_accuse_the_archive(
    archive: bytes, save: Save, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = run(capsys, save(archive), "--ballot", "x" * 43, "--lang", "fr")
    assert code == 1
    assert "BULLETIN INTROUVABLE. L'archive elle-même tient." in out
    assert "preuves de déchiffrement" in out
    broken = steps_of(archive)
    event, (result,) = broken[-1]
    broken[-1] = (event, [result.replace(b"[[0,", b"[[1,")])
    code, out = run(capsys, save(reseal(broken, DATE)), "--ballot", "x" * 43, "--lang", "fr")
    assert code == 1
    assert "REFUSÉ : cette archive ne tient pas." in out


def test_a_refusal_is_explained_in_both_languages(
    archive: bytes, save: Save, capsys: pytest.CaptureFixture[str], trial: Trial
) -> None:
    steps = steps_of(archive)
    event, (ballot,) = steps[1]
    steps[1] = (event, [ballot.replace(b'"challenge":"', b'"challenge":"99999', 1)])
    path, name = save(reseal(steps, DATE)), tracker(steps[1][1][0])
    _, french = run(capsys, path, "--lang", "fr")
    _, english = run(capsys, path, "--lang", "en")
    assert f"où: bulletin {name}, réponse 1\n" in french
    assert f"where: ballot {name}, answer 1\n" in english
    for language, text in (("fr", french), ("en", english)):
        assert any(meaning in text for meaning in MEANINGS[language].values())
        assert set(MEANINGS[language]) == set(Check)


def test_the_explanation_is_readable(
    archive: bytes, save: Save, capsys: pytest.CaptureFixture[str], trial: Trial
) -> None:
    code, out = run(capsys, save(archive), "--ballot", tracker(trial.ballots[0][1]), "--lang=en")
    assert code == 0
    assert f"replaced it: {tracker(trial.ballots[3][1])}" in out


def test_nothing_withdrawn_since_an_earlier_copy(archive: bytes, save: Save, tmp_path: Path) -> None:
    earlier = tmp_path / "old.bel"
    steps = steps_of(archive)
    for count in (1, 3, len(steps)):
        earlier.write_bytes(reseal(steps[:count], DATE))
        report = verify(save(archive), Request(previous=earlier))
        assert report.accepted
        assert report.previous == 1 + sum(len(contents) + 1 for _, contents in steps[:count])


@pytest.mark.parametrize("content", [b"", b"not an archive"])
def test_an_earlier_copy_that_is_no_archive_is_named(
    archive: bytes, save: Save, tmp_path: Path, content: bytes
) -> None:
    earlier = tmp_path / "old.bel"
    earlier.write_bytes(content)
    refusal = verify(save(archive), Request(previous=earlier)).refusal
    assert refusal
    assert refusal.record == "earlier copy"


def test_a_withdrawn_ballot_shows_against_an_earlier_copy(archive: bytes, save: Save, tmp_path: Path) -> None:
    earlier = tmp_path / "old.bel"
    earlier.write_bytes(archive)
    steps = steps_of(archive)
    without_replaced = reseal(steps[:1] + steps[2:], DATE)
    path = save(without_replaced)
    assert verify(path).accepted, "the ballot that was replaced can be left out unseen …"
    report = verify(path, Request(previous=earlier))
    assert report.refusal, "… unless somebody kept a copy"
    assert report.refusal.check is Check.CONTINUITY
    shorter = verify(save(reseal(steps[:3], DATE)), Request(previous=earlier, unfinished=True))
    assert shorter.refusal
    assert "withdrawn" in shorter.refusal.reason


def test_an_unfinished_election_is_accepted_on_demand_only(archive: bytes, save: Save) -> None:
    steps = steps_of(archive)
    for count in range(1, len(steps)):
        path = save(reseal(steps[:count], DATE))
        refused = verify(path)
        assert refused.refusal
        assert refused.refusal.check is Check.UNFINISHED
        admitted = verify(path, Request(unfinished=True))
        assert admitted.accepted
        assert not admitted.finished


def test_several_processes_find_the_same(archive: bytes, save: Save, trial: Trial) -> None:
    alone, together = verify(save(archive)), verify(save(archive), Request(jobs=2))
    assert together.accepted
    assert together.as_json() == alone.as_json()


def test_several_processes_name_the_first_bad_ballot(archive: bytes, save: Save) -> None:
    steps = steps_of(archive)
    for position in (1, 3):
        event, (ballot,) = steps[position]
        assert event.kind is Kind.BALLOT
        steps[position] = (event, [ballot.replace(b'"response":"', b'"response":"1', 1)])
    path = save(reseal(steps, DATE)[:-512])
    alone, together = verify(path).refusal, verify(path, Request(jobs=2)).refusal
    assert alone
    assert together
    assert str(alone) == str(together)


def test_progress_reaches_the_end(archive: bytes, save: Save) -> None:
    seen: list[int] = []
    verify(save(archive), Request(progress=seen.append))
    assert seen == sorted(seen)
    assert seen[-1] == len(archive)


def test_a_bar_on_the_terminal_and_nowhere_else(archive: bytes, save: Save) -> None:
    command = [sys.executable, "-m", "belenios.verifier.cli", str(save(archive)), "--lang", "en"]
    silent = subprocess.run(command, capture_output=True, check=True)
    assert silent.stderr == b""
    terminal, inside = pty.openpty()
    termios.tcsetwinsize(inside, (24, 80))
    os.set_blocking(terminal, False)
    told = subprocess.run(command, stdout=subprocess.PIPE, stderr=inside, check=True)
    assert told.stdout == silent.stdout
    assert b"verifying: " in os.read(terminal, 10_000)
    os.close(inside)
    os.close(terminal)


def test_misuse_has_its_own_exit_code(tmp_path: Path, archive: bytes, save: Save) -> None:
    assert main([str(tmp_path / "absent.bel")]) == 2
    assert main([str(tmp_path)]) == 2
    assert main([str(save(archive)), "--previous", str(tmp_path / "absent.bel")]) == 2
    for arguments in (["--jobs", "0"], ["--unknown"], []):
        with pytest.raises(SystemExit) as leaving:
            main([str(tmp_path / "x.bel"), *arguments] if arguments else [])
        assert leaving.value.code == 2


def test_a_hostile_name_cannot_drive_the_terminal(
    archive: bytes, save: Save, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = steps_of(archive)
    event, contents = steps[0]
    steps[0] = (event, [contents[0].replace(b"Essai", b"\\u001b[2J"), *contents[1:]])
    code, out = run(capsys, save(reseal(steps, DATE)))
    assert code == 1
    assert "\x1b" not in out
