"""``make petition DATA=<folder>``: replays the worst hour of a petition and writes docs/performance-petition.md.

``territory``: writes a territory in which the petition has stages that the hour crosses, and goes on after them.
``replay DATA``: signs, reads and checks on the suite that runs with it. The load generator shares the processors.
"""

import os
import platform
import shutil
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from decider_local import demo, keys, suite
from decider_local.layout import ROOT
from decider_local.state import State
from identity.keys import ISSUER
from identity.security.access_tokens import TokenMint
from uuid_utils.compat import uuid7

from benchmarks import pages
from benchmarks.petition import crowd, curve, verdict
from benchmarks.petition.crowd import Reading, Signature
from benchmarks.stage import Stage

PAGE = ROOT / "docs" / "performance-petition.md"
HEAD = """# The worst hour of a petition

Made by `make petition` on {machine}, {day}. The load generator shares these cores, and so did whatever else ran on the
machine: its load average was {load:.1f} before the run, which the programs measured here met with a priority (`nice`)
of {priority}.

On 20 July 2025 the petition against the law Duplomb gathered {signatures:,} signatures in one hour on the platform of
the Assemblée nationale, 639 in its worst minute, behind FranceConnect. The hour is replayed twenty times as fast
through the public API: {signatures:,} people, each with a token of their own, sign within {seconds:.0f} s
({rate:.0f} a second), while the page of the dossier is read {anybody:.0f} times a second by anybody and
{signed_in:.0f} times by somebody signed in. A client whose answer is "later" sends again. The last answer came
{last:.1f} s after the last signature was due.

| | | wanted |
|---|---:|---|
{table}

*Behind*: since when the first signature that the number does not show yet had been confirmed to its author.

| stage | stamped | count before → after the transaction | at the right signature |
|---:|---:|---:|---|
{stages}

Supports are counted in batches: a stage is stamped by the transaction that holds the deciding signature, with the
count that this transaction leads to. The page is kept for two seconds in each of the two gateway processes and then
made anew beside its readers, who get the last one meanwhile. Somebody who is signed in gets a page of their own each
time.
"""
SPEED = 20.0
STAGES = {"signed-1000": 1_000, "signed-10000": 10_000, "signed-30000": 30_000, "council": 100_000}
"""The last one is out of the hour's reach: a dossier gathers no more supports once it is examined."""
ANONYMOUS, SIGNED_IN, WATCHING = 40.0, 5.0, 2.0
"""How often a second the page is read by anybody, by somebody signed in, and its number looked at."""
LEVEL = 200


@dataclass(frozen=True, slots=True)
class Replay:
    """Everything that was seen."""

    signatures: list[Signature]
    anybody: list[Reading]
    signed_in: list[Reading]
    api: list[Reading]
    stamps: list[verdict.Stamp]
    counted: int
    again: int
    """Signatures sent a second time that were counted a second time."""


def write_territory() -> None:
    """Paris with other stages for petitions, in the folder of ``TERRITORY_DIR``."""
    shutil.rmtree(suite.TERRITORY, ignore_errors=True)
    shutil.copytree(ROOT / "territories" / "paris", suite.TERRITORY)
    file = suite.TERRITORY / "territory.toml"
    before, found, after = file.read_text(encoding="utf-8").partition('code = "petition"')
    rules, _, rest = after.partition("[[kinds]]")
    head = rules.partition("[[kinds.stages]]")[0]
    owed = '{ fr = "La Ville le lit", en = "The city reads it" }'
    stages = "".join(
        f'[[kinds.stages]]\ncode = "{code}"\nsupports = {number}\nowed = {owed}\ndays = 90\nby = "city"\n\n'
        for code, number in STAGES.items()
    )
    file.write_text(f"{before}{found}{head}{stages}[[kinds]]{rest}", encoding="utf-8")


def open_petition(stage: Stage) -> tuple[str, str]:
    """A petition that gathers supports; its identifier and number."""
    body = {key: pages.dossier(0)[key] for key in ("text", "theme", "place")}
    idea_id = str(uuid4())
    petition = {"idea_id": idea_id, "kind": "petition", "title": "Une pétition que tout le pays signe", **body}
    made = stage.desk.api.post("/ideas", petition, token=tokens(1)[0])
    stage.desk.api.post(f"/desk/ideas/{idea_id}/approval", {})
    return idea_id, str(made["number"])


def tokens(number: int) -> list[str]:
    """Access tokens of so many people, as identity signs them: no account is opened for them."""
    mint = TokenMint(keys.SIGNING_KEYS, ISSUER, timedelta(hours=1))
    now = datetime.now(UTC)
    return [mint.sign(uuid7(), "", LEVEL, [], now)[0] for _ in range(number)]


def replay(stage: Stage, data: Path) -> Replay:
    """Sign and read at the same time, then look at what is there."""
    idea_id, number = open_petition(stage)
    due = curve.arrivals(data, SPEED)
    people = tokens(len(due))
    over, begun = threading.Event(), time.monotonic() + 2
    address, mine = f"/dossiers/{number}", {"Cookie": f"access={people[0]}"}
    plain = {"Accept-Encoding": "identity"}

    def reading(path: str, headers: dict[str, str], rate: float) -> list[Reading]:
        return crowd.read(stage.site, path, plain | headers, rate=rate, seconds=lambda: not over.is_set(), begun=begun)

    with ThreadPoolExecutor(3) as pool:
        anybody = pool.submit(reading, address, {}, ANONYMOUS)
        signed_in = pool.submit(reading, address, mine, SIGNED_IN)
        api = pool.submit(reading, f"/api/v1/ideas/{number}", {}, WATCHING)
        signatures = crowd.sign(stage.site, idea_id, people, due, begun)
        over.set()
    counted = stage.desk.api.get(f"/ideas/{number}")["supports"]
    crowd.sign(stage.site, idea_id, people[:500], [0.0] * 500, time.monotonic())
    again = stage.desk.api.get(f"/ideas/{number}")["supports"] - counted
    found = verdict.stamps(stage.database("decider_ideas"), number, STAGES)
    return Replay(signatures, anybody.result(), signed_in.result(), api.result(), found, counted, again)


def written(seen: Replay, load: float) -> str:
    """The page."""
    machine = f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}"
    spread = max(one.due for one in seen.signatures)
    last = max(one.done for one in seen.signatures)
    lost = len(seen.signatures) - seen.counted
    refused = [one for one in seen.signatures if one.outcome != "recorded"]
    retried = sum(one.tries > 1 for one in seen.signatures)
    took = [one.took * 1000 for one in seen.signatures]
    late = [one.done - one.due for one in seen.signatures]
    page_lag, api_lag = (verdict.behind(seen.signatures, part) for part in (seen.anybody, seen.api))
    rows = [
        ("signatures sent, answered", f"{len(seen.signatures):,}, {len(seen.signatures) - len(refused):,}", ""),
        ("lost: answered and not counted", f"{lost}", _met(lost == 0)),
        ("counted twice, of 500 sent again", f"{seen.again}", _met(seen.again == 0)),
        ("answered only after being sent again", f"{retried}", ""),
        ("signature p50, p99 (ms)", f"{verdict.percentile(took, 50):.0f}, {verdict.percentile(took, 99):.0f}", ""),
        ("answered after it was due, p99 (s)", f"{verdict.percentile(late, 99):.1f}", ""),
        ("number on the page behind, p99, most (s)", _two(page_lag), _met(max(page_lag) <= 5)),
        ("number in the API behind, p99, most (s)", _two(api_lag), _met(max(api_lag) <= 5)),
        *_readers("page read by anybody", seen.anybody),
        *_readers("page read by somebody signed in", seen.signed_in),
    ]
    table = [f"| {what} | {found} | {met} |" for what, found, met in rows]
    stages = [
        f"| {one.threshold:,} | {one.times} | {one.before:,} → {one.after:,} | {_met(one.right)} |"
        for one in seen.stamps
    ]
    return HEAD.format(
        machine=machine,
        day=f"{datetime.now(UTC):%Y-%m-%d}",
        load=load,
        priority=os.getpriority(os.PRIO_PROCESS, 0),
        signatures=curve.SIGNATURES,
        seconds=spread,
        rate=curve.SIGNATURES / spread,
        last=last - spread,
        table="\n".join(table),
        stages="\n".join(stages),
        anybody=ANONYMOUS,
        signed_in=SIGNED_IN,
    )


def _readers(what: str, readings: Sequence[Reading]) -> list[tuple[str, str, str]]:
    took = [one.took * 1000 for one in readings if one.status == 200]
    p99 = verdict.percentile(took, 99)
    failed = sum(one.status != 200 for one in readings)
    return [(f"{what}: p50, p99 (ms)", f"{verdict.percentile(took, 50):.0f}, {p99:.0f}", _met(p99 < 200)),
            (f"{what}: readings, failed", f"{len(readings):,}, {failed}", _met(failed == 0))]  # fmt: skip


def _two(values: Sequence[float]) -> str:
    return f"{verdict.percentile(values, 99):.1f}, {max(values):.1f}"


def _met(holds: bool) -> str:  # noqa: FBT001 -- it is the value that is said
    return "met" if holds else "**not met**"


def main() -> int:
    """Write the territory, or replay and write the page."""
    if sys.argv[1:2] == ["territory"]:
        write_territory()
        return 0
    if len(sys.argv) != 3 or not (Path(sys.argv[-1]) / curve.FILE).is_file():
        sys.stderr.write(f"usage: make petition DATA=<folder with {curve.FILE}>\n")
        return 2
    state = State.load()
    load = os.getloadavg()[0]
    text = written(replay(Stage(state, demo.counter(state), ()), Path(sys.argv[2])), load)
    PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
