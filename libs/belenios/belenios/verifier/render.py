"""The report for people. What comes from the archive is shown without control characters: it is not to be trusted."""

from collections.abc import Iterator

from belenios.verifier.meanings import MEANINGS, place
from belenios.verifier.report import Report
from belenios.verifier.texts import TEXTS

_KEPT = 200


def plain(text: str) -> str:
    """Make a text from an archive safe to show on a terminal."""
    shown = "".join(character if character.isprintable() else "\ufffd" for character in text)
    return shown if len(shown) <= _KEPT else shown[:_KEPT] + "…"


def render(report: Report, language: str) -> str:
    """Write the report in the language."""
    say = TEXTS[language]
    return "\n".join([*_head(report, say), *_middle(report, say), "", *_verdict(report, language), ""])


def _head(report: Report, say: dict[str, str]) -> Iterator[str]:
    yield say["archive"].format(file=plain(report.file), size=report.size)
    if report.election:
        election = report.election
        yield say["election"].format(name=plain(election.name), uuid=election.uuid, group=election.group_name)
    if report.fingerprints:
        yield "\n" + say["fingerprints"]
        for name, value in report.fingerprints.items():
            yield f"  {value}  {say['fingerprint.' + name]}"
        for number, value in enumerate(report.trustee_fingerprints, 1):
            yield f"  {value}  {say['fingerprint.trustee'].format(number=number)}"


def _middle(report: Report, say: dict[str, str]) -> Iterator[str]:
    if report.checks:
        yield "\n" + say["checked"]
        for name, count in report.checks.items():
            yield f"  {count:>9}  {say['check.' + name]}"
    if report.accepted:
        yield "\n" + say["count"].format(
            ballots=report.ballots, counted=report.counted, weight=report.total_weight, voters=report.voters
        )
        yield from _result(report, say)
    if report.ballot:
        yield from _ballot(report, say)
    if report.previous is not None:
        yield "\n" + say["previous kept"].format(count=report.previous)


def _result(report: Report, say: dict[str, str]) -> Iterator[str]:
    yield "\n" + say["result" if report.finished else "no result"]
    for text, answers in report.results():
        yield "  " + plain(text)
        for label, count in answers:
            yield f"  {count:>9}  {say['blank'] if label is None else plain(label)}"


def _ballot(report: Report, say: dict[str, str]) -> Iterator[str]:
    ballot = report.ballot
    if ballot:
        yield "\n" + say["ballot found"].format(
            tracker=ballot.tracker, number=ballot.number, credential=ballot.credential, weight=ballot.weight
        )
        state = "ballot counted" if ballot.counted else "ballot replaced"
        yield say[state].format(replaced_by=ballot.replaced_by)


def _verdict(report: Report, language: str) -> Iterator[str]:
    say, refusal = TEXTS[language], report.refusal
    if refusal is None:
        yield say["accepted"]
        return
    yield say.get(f"refused.{refusal.check}", say["refused"])
    parts = {
        "meaning": MEANINGS[language][refusal.check],
        "record": place(refusal.record, language),
        "check": refusal.check.value,
        "reason": refusal.reason,
    }
    for name, value in parts.items():
        if value:
            yield f"  {say['refusal.' + name]}: {plain(value)}"
