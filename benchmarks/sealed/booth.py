"""How long a voter's device takes to seal a ballot: Chromium, as it is and slowed down five times.

Chromium slows the main thread of a page only, so the booth's own code is run there and not in its worker.

    .venv/bin/python -m benchmarks.sealed.booth
"""

import json
import statistics
import subprocess
from pathlib import Path

from belenios.credentials import new_credential
from belenios.election import Question
from belenios.testing.trial import make_trial
from belenios.trustees import write_trustees
from playwright.sync_api import Page, sync_playwright

FRONTEND = Path(__file__).parents[2] / "gateway" / "frontend"
CHROMIUM = "/usr/bin/chromium"
ROUNDS = 5
GRADES = ("Très bien", "Bien", "Assez bien", "Passable", "À rejeter")
BALLOTS = {
    "40 answers, at most 5": ([Question("?", tuple(map(str, range(40))), 0, 5)], [[1, 1, 1, 1, 1] + [0] * 35]),
    "20 × 5 grades": ([Question(str(n), GRADES, 1, 1) for n in range(20)], [[0, 1, 0, 0, 0]] * 20),
}
SEAL = """([vote, credential, choices]) => {
  const begun = performance.now();
  booth.sealBallot(vote, credential, choices);
  return performance.now() - begun;
}"""
LOCK = "vote => booth.checkLock(vote)"


def bundle() -> str:
    """The booth's computing, as one script."""
    command = ["node_modules/.bin/esbuild", "booth/voting.js", "--bundle", "--minify", "--global-name=booth"]
    return subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True, check=True).stdout


def measured(page: Page, kind: str, group: str) -> list[float]:
    """Seconds of each round, after the lock was checked, as the booth does while the voter reads."""
    questions, choices = BALLOTS[kind]
    trial = make_trial(group, questions, [(2, 3), (1, 1)], [1])
    vote = {
        "uuid": trial.election.uuid,
        "election_json": trial.election.data.decode(),
        "fingerprint": trial.election.fingerprint,
        "trustees_json": write_trustees(trial.group, trial.trustees).decode(),
    }
    questions_shown = [{"answers": [*question.answers]} for question in questions]
    page.evaluate(LOCK, vote | {"questions": questions_shown})
    given = [vote, new_credential().reveal(), choices]
    return [page.evaluate(SEAL, given) / 1000 for _ in range(ROUNDS)]


def main() -> None:
    """Print a line for each kind of ballot, group and speed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for slower in (1, 5):
            for group in ("Ed25519", "BELENIOS-2048"):
                page = browser.new_page()
                page.add_script_tag(content=bundle())
                page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
                for kind in BALLOTS:
                    rounds = measured(page, kind, group)
                    seconds = {"first": round(rounds[0], 2), "median": round(statistics.median(rounds), 2)}
                    print(json.dumps({"slower": slower, "group": group, "ballot": kind, **seconds}))
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
