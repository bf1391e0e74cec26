"""What a person reads at the end: what was taken, what was refused and why, and the count beside the published one."""

from collections.abc import Sequence

from decider_local.console import say

from decider_demo.source import Report
from decider_demo.toulouse import Poll

MOST_LINES = 20


def print_reports(reports: Sequence[Report]) -> None:
    """A line a job, then the rows that were refused."""
    say()
    say(f"  {'import':28} {'new':>7} {'before':>7} {'messages':>9} {'refused':>8}")
    for report in reports:
        counts = f"{report.added:7,} {report.already:7,} {report.messages:9,} {len(report.refused):8,}"
        say(f"  {report.title:28} {counts}")
    for report in reports:
        for refusal in report.refused:
            say(f"    {refusal}")


def print_poll(poll: Poll) -> None:
    """The vote: counts beside those published, then rate and latencies of this run."""
    differing = {id_: (wanted, poll.counted.get(id_)) for id_, wanted in poll.expected.items()}
    differing = {id_: pair for id_, pair in differing.items() if pair[0] != pair[1]}
    say()
    say(f"  {'Toulouse 2024':28} {'expected':>10} {'counted':>10}  equal")
    say(f"  {'ballots':28} {poll.ballots:10,} {poll.in_box:10,}  {_yes(poll.ballots == poll.in_box)}")
    expected, counted = sum(poll.expected.values()), sum(poll.counted.values())
    say(f"  {'votes for projects':28} {expected:10,} {counted:10,}  {_yes(expected == counted)}")
    same = len(poll.expected) - len(differing)
    say(f"  {'projects counted alike':28} {len(poll.expected):10,} {same:10,}  {_yes(not differing)}")
    for id_, (wanted, found) in list(differing.items())[:MOST_LINES]:
        say(f"    project {id_}: {wanted} published, {found} counted")
    for line in poll.problems[:MOST_LINES]:
        say(f"    {line}")
    say(_speed(poll))


def _speed(poll: Poll) -> str:
    if not poll.latencies:
        return "  The ballots were cast in an earlier run."
    outcomes = ", ".join(f"{count:,} {name}" for name, count in sorted(poll.outcomes.items()))
    times = f"p50 {poll.percentile(0.5):.0f} ms, p99 {poll.percentile(0.99):.0f} ms"
    return f"  {poll.rate:.0f} votes/s, {times} ({outcomes})"


def _yes(equal: bool) -> str:  # noqa: FBT001 -- it is the value that is said
    return "yes" if equal else "NO"
