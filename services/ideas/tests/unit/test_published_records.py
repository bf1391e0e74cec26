"""Whoever has the published files finds what was done to the records, however well it was hidden in the database."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from chassis.database import Database
from chassis.testing.databases import TestDatabases
from contracts import ideas as c
from ideas import verify
from ideas.domain.record import Link, Step, canonical, digest
from ideas.repository.records import Records
from ideas.signing import Signer
from ideas.use_cases import moderating, publishing, writing

from services.ideas.tests.conftest import SECRET, City, Clock, citizen

SIGNER = Signer(SECRET)


class Night:
    """A city whose records were published, and somebody with the database in his hands."""

    def __init__(self, city: City, clock: Clock, folder: Path) -> None:
        self.city, self.clock, self.folder = city, clock, folder
        self.one = city.opened()
        self.author = citizen()
        self.two = city.opened(self.author, title="Des bancs sur le chemin des marchés")
        self.sleep()
        note = c.AddAddendum(idea_id=self.two.id, addendum_id=self.two.id, text="Un relevé est joint à ce dossier.")
        writing.add_addendum(city.uow, self.author, note)
        self.sleep()
        self.published = self.export()
        with city.uow() as tx:
            tx.connection.execute(sa.text("ALTER TABLE steps DISABLE TRIGGER steps_only_grow"))

    def sleep(self) -> None:
        """Until after the next midnight; the night does its work."""
        self.clock.forward(days=1)
        publishing.publish_due(self.city.uow, SIGNER)

    def make_files(self) -> None:
        self.clock.forward(minutes=1)
        publishing.make_files(self.city.uow)

    def file(self, name: str) -> str:
        listed = {one.name: one for one in publishing.list_data_files(self.city.uow).items}[name]
        parts = range(1, listed.parts + 1)
        read = (c.ReadDataPart(version=listed.version, part=part) for part in parts)
        return "".join(publishing.read_data_part(self.city.uow, one).text for one in read)

    def export(self) -> dict[str, str]:
        return {name: self.file(name) for name in ("records.jsonl", "heads.jsonl")}

    def verify(self, capsys: pytest.CaptureFixture[str], key: str = SIGNER.public_key, **files: str) -> tuple[int, str]:
        """What the checker says of the records as they are now, against the heads that somebody kept."""
        self.make_files()
        contents = self.export() | {"heads.jsonl": self.published["heads.jsonl"]} | files
        for name, text in contents.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        heads = str(self.folder / "heads.jsonl")
        code = verify.main([str(self.folder / "records.jsonl"), "--heads", heads, "--key", key])
        return code, capsys.readouterr().out

    def execute(self, statement: str, **values: Any) -> None:
        with self.city.uow() as tx:
            tx.connection.execute(sa.text(statement), values)

    def rewrite(self, number: str, change: Callable[[list[Link]], list[Link]]) -> None:
        """Change a record and recompute every hash after it, as somebody would who knows how it is made."""
        with self.city.uow() as tx:
            records = Records(tx.connection)
            idea_id = tx.connection.scalar(sa.text("SELECT id FROM dossiers WHERE number = :n"), {"n": number})
            assert idea_id is not None
            changed, head = [], "0" * 64
            for position, link in enumerate(change(list(records.read(idea_id))), start=1):
                hashed = digest(head, canonical(number, position, link.at, link.step))
                changed.append(Link(position, link.at, link.step, head, hashed))
                head = hashed
            tx.connection.execute(sa.text("DELETE FROM steps WHERE idea_id = :id"), {"id": idea_id})
            records.append(idea_id, changed)
            tx.connection.execute(
                sa.text("UPDATE dossiers SET head = :head, steps = :steps WHERE id = :id"),
                {"head": head, "steps": len(changed), "id": idea_id},
            )


@pytest.fixture(scope="module")
def database(fresh_database: TestDatabases) -> Iterator[Database]:
    """One of its own: the files hold every dossier there is."""
    opened = Database(fresh_database("ideas"), size=4)
    yield opened
    opened.close()


@pytest.fixture
def night(city: City, clock: Clock, tmp_path: Path) -> Night:
    return Night(city, clock, tmp_path)


def test_what_is_published_holds(night: Night, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = night.verify(capsys)
    assert (code, said) == (0, "2 records, 2 heads recomputed: no findings\n")


def test_each_day_has_one_head_also_when_nothing_happened_and_after_days_without_a_night(
    night: Night, capsys: pytest.CaptureFixture[str]
) -> None:
    publishing.publish_due(night.city.uow, SIGNER)
    night.clock.forward(days=3)
    assert publishing.seal_days(night.city.uow, SIGNER) == 3
    page = publishing.list_heads(night.city.uow, SIGNER, c.ListHeads(limit=3))
    assert [one.day.isoformat() for one in page.items] == ["2026-09-05", "2026-09-04", "2026-09-03"]
    assert [one.records for one in page.items] == [0, 0, 0]
    rest = publishing.list_heads(night.city.uow, SIGNER, c.ListHeads(limit=3, after=page.next))
    assert [(one.day.isoformat(), one.records) for one in rest.items] == [("2026-09-02", 1), ("2026-09-01", 2)]
    night.make_files()
    assert night.verify(capsys, **{"heads.jsonl": night.file("heads.jsonl")})[0] == 0


def test_a_day_is_sealed_only_when_all_that_is_dated_in_it_can_be_read(city: City, clock: Clock) -> None:
    city.opened()
    clock.forward(hours=12)  # midnight in Paris, 22:00 UTC
    assert publishing.seal_days(city.uow, SIGNER) == 1, "the day before the first"
    clock.forward(minutes=9)
    assert publishing.seal_days(city.uow, SIGNER) == 0
    clock.forward(minutes=2)
    assert publishing.seal_days(city.uow, SIGNER) == 1


def test_files_are_made_once_a_night_and_old_parts_go(night: Night) -> None:
    def versions() -> set[str]:
        return {str(one.version) for one in publishing.list_data_files(night.city.uow).items}

    def kept() -> set[str]:
        with night.city.uow() as tx:
            return {str(row) for row in tx.connection.scalars(sa.text("SELECT DISTINCT version FROM data_parts"))}

    first = versions()
    publishing.publish_due(night.city.uow, SIGNER)
    assert versions() == first
    night.sleep()
    second = versions()
    assert not first & second
    assert first <= kept(), "a download that began goes on"
    night.sleep()
    assert not first & kept()


CHANGES: dict[str, tuple[str, str]] = {
    "a word is changed": (
        "UPDATE steps SET text = 'Autre chose.' WHERE idea_id = :two AND position = 3",
        "PAR-2026-000002: step 3: its content does not give its hash",
    ),
    "a step is removed": (
        "DELETE FROM steps WHERE idea_id = :two AND position = 2",
        "PAR-2026-000002: step 3: step 2 was expected here",
    ),
    "the last step is removed": (
        "DELETE FROM steps WHERE idea_id = :two AND position = 3",
        "PAR-2026-000002: steps are gone; there were 3 on 2026-09-02, now 2",
    ),
    "a whole record is removed": (
        "WITH gone AS (DELETE FROM steps WHERE idea_id = :two) UPDATE dossiers SET steps = 1 WHERE id = :two",
        "PAR-2026-000002: the record is gone; it had 2 steps on 2026-09-01",
    ),
    "two steps change places": (
        "UPDATE steps SET position = 30 WHERE idea_id = :two AND position = 2;"
        "UPDATE steps SET position = 2 WHERE idea_id = :two AND position = 3;"
        "UPDATE steps SET position = 3 WHERE idea_id = :two AND position = 30",
        "PAR-2026-000002: step 2: does not follow the step before",
    ),
    "a step is dated back": (
        "UPDATE steps SET at = at - interval '1 day' WHERE idea_id = :two AND position = 3",
        "PAR-2026-000002: step 3: dated 2026-09-01T10:00:00+00:00, but unknown to the head of 2026-09-01",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_in_the_database_is_found_and_named(
    night: Night, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    statement, finding = CHANGES[change]
    for part in statement.split(";"):
        night.execute(part, two=night.two.id)
    code, said = night.verify(capsys)
    assert code == 1
    assert finding in said.splitlines()
    assert "PAR-2026-000001" not in said


def _other_words(links: list[Link]) -> list[Link]:
    return [*links[:2], Link(3, links[2].at, Step("addendum", "author", text="Autre chose."), "", "")]


def _swapped(links: list[Link]) -> list[Link]:
    return [links[1], links[0], *links[2:]]


def _added(links: list[Link]) -> list[Link]:
    late = Link(4, links[0].at + timedelta(minutes=1), Step("approved", "moderation"), "", "")
    return [*links, late]


REWRITINGS = {
    "words": (_other_words, "PAR-2026-000002: step 3: is not what it was on 2026-09-02"),
    "order": (_swapped, "PAR-2026-000002: one of steps 1 to 2: is not what it was on 2026-09-01"),
    "removal": (lambda links: links[:2], "PAR-2026-000002: steps are gone; there were 3 on 2026-09-02, now 2"),
    "an addition dated back": (
        _added,
        "PAR-2026-000002: step 4: dated 2026-09-01T10:01:00+00:00, but unknown to the head of 2026-09-02",
    ),
}


@pytest.mark.parametrize("rewriting", REWRITINGS)
def test_a_record_that_was_rewritten_with_all_its_hashes_is_found_by_the_heads(
    night: Night, capsys: pytest.CaptureFixture[str], rewriting: str
) -> None:
    change, finding = REWRITINGS[rewriting]
    night.rewrite(night.two.number, change)
    code, said = night.verify(capsys)
    assert code == 1
    assert finding in said.splitlines()


def test_heads_that_were_made_anew_are_not_signed_or_not_the_ones_that_were_kept(
    night: Night, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = night.published["heads.jsonl"].replace('"2026-09-02"', '"2026-09-03"')
    code, said = night.verify(capsys, **{"heads.jsonl": forged})
    assert code == 1
    assert "head of 2026-09-03: its content does not give its hash" in said
    assert "head of 2026-09-03: the head of 2026-09-02 was expected here" in said
    stranger = Signer("bm90IHRoZSBrZXkgb2YgdGhlIGNpdHksIG5vdCBhdGE=")
    code, said = night.verify(capsys, key=stranger.public_key)
    assert code == 1
    assert "head of 2026-09-01: is not signed with a key that you trust" in said


def test_words_that_moderation_hides_are_withheld_and_the_record_still_holds(
    night: Night, capsys: pytest.CaptureFixture[str]
) -> None:
    hide = c.HideIdea(idea_id=night.two.id, reason="targets-a-person", text="Une personne est nommée dans ce texte.")
    moderating.hide_idea(night.city.uow, night.city.moderator, hide)
    waiting = night.city.submitted(night.author, title="Une idée qui attend d’être lue")
    note = c.AddAddendum(idea_id=waiting.id, addendum_id=waiting.id, text="Personne n’a encore lu cette note.")
    writing.add_addendum(night.city.uow, night.author, note)
    assert night.verify(capsys)[0] == 0
    lines = {one["number"]: one["steps"] for one in map(json.loads, night.file("records.jsonl").splitlines())}
    assert [step["text"] for step in lines[night.two.number]][-2:] == ["", "Une personne est nommée dans ce texte."]
    assert [step["kind"] for step in lines[waiting.number]] == ["deposited", "addendum"]
    everything = "".join(night.export().values())
    assert "Un relevé est joint" not in everything
    assert "encore lu" not in everything
    assert str(night.author.account) not in everything


def test_the_checker_needs_the_files_and_nothing_of_the_suite(night: Night, tmp_path: Path) -> None:
    for name, text in night.published.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    alone = (
        "import sys; from ideas import verify; code = verify.main(sys.argv[1:]);"
        "print(sorted({'chassis', 'contracts', 'pydantic', 'sqlalchemy', 'nameko'} & set(sys.modules))); sys.exit(code)"
    )
    arguments = [str(tmp_path / "records.jsonl"), "--heads", str(tmp_path / "heads.jsonl"), "--key", SIGNER.public_key]
    command = [sys.executable, "-c", alone, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONPATH": ":".join(sys.path)})
    assert done.stdout == "2 records, 2 heads recomputed: no findings\n[]\n", done.stderr


@pytest.mark.parametrize("content", ["", "no json", "[]", '{"number": "PAR-2026-000001"}', '{"number": 1, "steps": 2}'])
def test_what_cannot_be_read_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str) -> None:
    file = tmp_path / "records.jsonl"
    file.write_text(content, encoding="utf-8")
    assert verify.main([str(file)]) == (0 if not content else 2)
    assert ("cannot be read" in capsys.readouterr().err) == bool(content)
