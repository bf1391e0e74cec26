"""The result of a vote: ranking, profiles, envelope, explanations, and all that is needed to count again."""

from dataclasses import dataclass

from contracts.voting import (
    CHOSEN,
    GET_BALLOTS_FILE,
    GET_RESULT,
    BallotsFormat,
    Decision,
    ElectionRef,
    ElectionView,
    GetBallotsFile,
    RankedProject,
    ResultView,
    Tie,
)
from contracts.voting.sealed_paper import GET_PAPER_COUNTS

from gateway.site.answers import Answer, Document, Redirect, page
from gateway.site.visit import Visit
from gateway.site.voting.counting import counting
from gateway.site.voting.labels import Labels, tone
from gateway.site.voting.reading import read, siblings
from gateway.site.voting.reasons import in_favour, why

FILE_SECONDS = 15.0
MANY, FIRST = 40, 25
"""A ranking of many projects shows the first ones and folds the others."""
LABELLED = 6.0
"""Percent of the envelope: the parts that are wide enough for their rank, on a phone too."""
MOST_TIES = 3
LONGEST_TIE = 11
"""Of ties that decided nothing, this many are told, and only if they name no more projects than that."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a bar: its colour, where it begins and how wide it is, in percent."""

    colour: int
    start: float
    width: float
    text: str = ""

    @property
    def middle(self) -> float:
        """Where its text stands."""
        return self.start + self.width / 2


def show(visit: Visit) -> Answer:
    """The result page."""
    one = read(visit)
    if one.state != "published":
        return Redirect(f"/votes/{one.slug}")
    result = visit.call(GET_RESULT, ElectionRef(election=one.slug))
    labels = Labels(visit)
    paper = visit.call(GET_PAPER_COUNTS, ElectionRef(election=one.slug)) if result.sealed else None
    return page(
        "voting/results.html",
        cache=60,
        one=one,
        result=result,
        paper=paper,
        won=[project for project in result.ranking if project.verdict in CHOSEN],
        envelope=envelope_bars(result),
        bars={project.candidate_id: bars(project, result) for project in result.ranking},
        favourable={project.candidate_id: favourable(project) for project in result.ranking},
        turning=turning_point(result),
        middle=middle(result),
        shown=len(result.ranking) if len(result.ranking) < MANY else FIRST,
        ties=told_ties(result),
        siblings=siblings(visit, one.campaign),
        counting=counting(labels, result),
        decided=decided(result),
        carried_out=carried_out(result),
        beside=beside(result),
        why={project.candidate_id: why(labels, result, project) for project in result.ranking},
        titles={project.candidate_id: project.title for project in result.ranking},
        labels=labels,
    )


def bars(project: RankedProject, result: ResultView) -> list[Bar]:
    """The profile of a project, or its votes or points beside those of the first."""
    if project.opinions is not None:
        share = 100 * (in_favour(project) or 0)
        return [Bar(1, 0, share)]
    if project.judgment is None:
        most = max(map(tally, result.ranking), default=0)
        return [Bar(2, 0, 100 * tally(project) / most if most else 0)]
    total = sum(count.count for count in project.judgment.profile)
    found, start = [], 0.0
    for position, count in enumerate(project.judgment.profile):
        width = 100 * count.count / total if total else 0
        found.append(Bar(tone(position, len(project.judgment.profile)), start, width))
        start += width
    return found


def middle(result: ResultView) -> int | None:
    """Where a bar must reach, in percent, for half of the ballots or for the majority that the rules ask for."""
    if result.method.kind == "for_against":
        return result.method.majority_percent
    return 50 if result.method.kind == "majority_judgment" else None


def tally(project: RankedProject) -> int:
    """What orders the projects where nobody gives grades."""
    return (project.votes if project.points is None else project.points) or 0


def favourable(project: RankedProject) -> float | None:
    """The share of ballots with a grade in the better half of the scale."""
    if project.judgment is None:
        return None
    counts = [count.count for count in project.judgment.profile]
    total = sum(counts)
    return sum(counts[: len(counts) // 2]) / total if total else None


def envelope_bars(result: ResultView) -> list[Bar]:
    """The chosen projects in the envelope, each as wide as its cost."""
    if not result.envelope:
        return []
    found, start = [], 0.0
    for project in result.ranking:
        if project.verdict in CHOSEN:
            width = 100 * (project.cost or 0) / result.envelope
            found.append(Bar(1, start, max(0.0, width - 0.35), str(project.rank) if width > LABELLED else ""))
            start += width
    return found


def turning_point(result: ResultView) -> tuple[RankedProject, RankedProject] | None:
    """The first project that did not fit and the next one that did: what people ask about most.

    Equal shares do not choose in the order of the list: there it would say nothing true.
    """
    if result.equal_shares is not None and result.equal_shares.use == "rule":
        return None
    for place, project in enumerate(result.ranking):
        if project.verdict == "too_expensive":
            later = next((one for one in result.ranking[place + 1 :] if one.verdict == "won"), None)
            return (project, later) if later else None
    return None


def carried_out(result: ResultView) -> list[RankedProject]:
    """The projects that are carried out: those that were chosen, as changed by the decisions in their order."""
    ids = {one.candidate_id for one in result.ranking if one.verdict in CHOSEN}
    for decision in result.decisions:
        (ids.add if decision.kind == "awarded" else ids.discard)(decision.candidate_id)
    return [one for one in result.ranking if one.candidate_id in ids]


def decided(result: ResultView) -> dict[str, Decision]:
    """The last decision about each project."""
    return {one.candidate_id: one for one in result.decisions}


def beside(result: ResultView) -> tuple[list[RankedProject], list[RankedProject]] | None:
    """What equal shares would choose and the rule does not, and the other way round; ``None`` if not computed."""
    if result.equal_shares is None or result.equal_shares.use != "information":
        return None
    more = [one for one in result.ranking if one.by_shares in CHOSEN and one.verdict not in CHOSEN]
    less = [one for one in result.ranking if one.by_shares not in CHOSEN and one.verdict in CHOSEN]
    return more, less


def told_ties(result: ResultView) -> list[Tie]:
    """The ties that decided who is chosen, then a few of the others if they are short."""
    decisive = [tie for tie in result.ties if tie.decisive]
    others = [tie for tie in result.ties if not tie.decisive and len(tie.candidate_ids) <= LONGEST_TIE]
    return [*decisive, *others[:MOST_TIES]]


def as_csv(visit: Visit) -> Answer:
    """The published ballots; the SHA-256 of the file is on the page."""
    return _file(visit, BallotsFormat.CSV, "text/csv; charset=utf-8")


def as_json(visit: Visit) -> Answer:
    """Rules, result and ballots in one file, for the recount program."""
    return _file(visit, BallotsFormat.JSON, "application/json; charset=utf-8")


def _file(visit: Visit, kind: BallotsFormat, content_type: str) -> Document:
    one: ElectionView = read(visit)
    texts, part = [], 0
    while True:
        request = GetBallotsFile(election=one.slug, format=kind, part=part)
        found = visit.call(GET_BALLOTS_FILE, request, deadline=FILE_SECONDS)
        texts.append(found.text)
        if found.next is None:
            break
        part = found.next
    return Document("".join(texts).encode(), content_type, f"{one.slug}-bulletins.{kind.value}")
