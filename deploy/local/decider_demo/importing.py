"""Dossiers and their messages, sent through the public API: what was taken, what was refused and why."""

from collections.abc import Iterable, Iterator

from decider_demo.api import Api, Refused
from decider_demo.inhabitants import together
from decider_demo.source import Import, Refusal, Report

AT_ONCE = 4
MESSAGES_AT_ONCE = 500
"""The most that one request may hold."""


def take_over(api: Api, title: str, found: Iterable[Import | Refusal]) -> Report:
    """Send each import; what is refused, here or there, is kept with its place and reason, and the rest goes on."""
    rows = list(found)
    report = Report(title)
    for part in together(lambda row: sent(api, row), rows, threads=AT_ONCE, title=title):
        report.add(part)
    return report


def sent(api: Api, row: Import | Refusal) -> Report:
    """What became of one row."""
    if isinstance(row, Refusal):
        return Report(refused=[row])
    try:
        made = api.post("/imports/ideas", row.body)
    except Refused as reason:
        return Report(refused=[Refusal(row.spot, str(reason))])
    report = Report(added=int(made["added"]), already=int(not made["added"]), refused=[*row.refused])
    for part in discuss(api, row, made["idea_id"]):
        report.add(part)
    return report


def discuss(api: Api, row: Import, idea_id: str) -> Iterator[Report]:
    """Send the messages of a dossier, in requests of a bearable size."""
    for start in range(0, len(row.messages), MESSAGES_AT_ONCE):
        together = row.messages[start : start + MESSAGES_AT_ONCE]
        try:
            made = api.post(f"/imports/ideas/{idea_id}/comments", {"comments": together})
            yield Report(messages=made["added"] + made["already"])
        except Refused as reason:
            yield Report(refused=[Refusal(row.spot, f"{len(together)} messages: {reason}")])
