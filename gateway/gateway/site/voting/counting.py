"""How a vote is counted, said in sentences."""

from collections.abc import Iterator

from contracts.voting import (
    ApprovalRule,
    ElectionView,
    ForAgainstRule,
    JudgmentRule,
    KnapsackRule,
    Method,
    PointsRule,
    RankingRule,
    ResultView,
)

from gateway.site.visit import Visit
from gateway.site.voting.labels import BLANKS, FILLS, TIES, Labels


def counting(labels: Labels, one: ElectionView | ResultView) -> list[str]:
    """How it is counted and who wins, a sentence each."""
    visit = labels.visit
    said = list(_count(labels, one, one.method))
    by_shares = one.equal_shares is not None and one.equal_shares.use == "rule"
    if by_shares:
        said += _shares(visit, one)
    elif one.envelope is not None:
        said.append(visit.text(FILLS[one.fill]))
    if one.exclusions:
        said.append(visit.text("Of incompatible projects, one at most is chosen: the first of them."))
    return [*said, visit.text(TIES[one.tie_break])]


def _count(labels: Labels, one: ElectionView | ResultView, method: Method) -> Iterator[str]:
    if isinstance(method, ApprovalRule | KnapsackRule):
        return _votes(labels.visit, method)
    if method.kind == "ranking":
        return _ranks(labels.visit, method)
    if method.kind == "points":
        return _points(labels.visit, method)
    if method.kind == "for_against":
        return _opinions(labels.visit, one, method)
    return _grades(labels, one, method)


def _votes(visit: Visit, method: ApprovalRule | KnapsackRule) -> Iterator[str]:
    yield visit.text("The project chosen by most people comes first.")
    if method.minimum_votes > 1:
        yield visit.count(
            "With fewer than %(n)s vote a project cannot be chosen.",
            "With fewer than %(n)s votes a project cannot be chosen.",
            method.minimum_votes,
        )
    if method.minimum_percent:
        share = visit.words.percent(method.minimum_percent / 100)
        yield visit.text("Nor can one that less than %(share)s of the ballots name.", share=share)


def _points(visit: Visit, method: PointsRule) -> Iterator[str]:
    yield visit.text("The project with most points comes first.")
    if method.minimum_points > 1:
        yield visit.count(
            "With fewer than %(n)s point a project cannot be chosen.",
            "With fewer than %(n)s points a project cannot be chosen.",
            method.minimum_points,
        )


def _ranks(visit: Visit, method: RankingRule) -> Iterator[str]:
    yield visit.count(
        "The first of a ballot gets %(n)s point.",
        "The first of a ballot gets %(n)s points, the second one less, and so on.",
        method.max_ranks,
    )
    yield visit.text("The project with most points comes first.")
    if method.minimum_votes > 1:
        yield visit.count(
            "A project that fewer than %(n)s ballot ranks cannot be chosen.",
            "A project that fewer than %(n)s ballots rank cannot be chosen.",
            method.minimum_votes,
        )


def _opinions(visit: Visit, one: ElectionView | ResultView, method: ForAgainstRule) -> Iterator[str]:
    share = visit.words.percent(method.majority_percent / 100)
    yield visit.text(
        "A proposal passes if more than %(share)s of the votes for and against it are for it.", share=share
    )
    if method.minimum_votes > 1:
        yield visit.count(
            "It needs %(n)s vote for it at least.", "It needs %(n)s votes for it at least.", method.minimum_votes
        )
    if one.envelope is None:
        yield visit.text("Each one is adopted or rejected by itself.")
    yield visit.text("They are in the order of the votes for them less the votes against them.")


def _grades(labels: Labels, one: ElectionView | ResultView, method: JudgmentRule) -> Iterator[str]:
    visit, grade = labels.visit, labels.grade
    yield visit.text("A project gets the grade that at least half of the ballots give it or exceed.")
    yield visit.text(BLANKS[method.blanks])
    if method.minimum_grade:
        lowest = grade(one.grades, method.minimum_grade)
        yield visit.text("Below the grade “%(grade)s” a project cannot be chosen.", grade=lowest)
    if good := method.good_opinions:
        yield visit.text(
            "At least %(share)s must give it “%(grade)s” or better.",
            share=visit.words.percent(good.percent / 100),
            grade=grade(one.grades, good.lowest_grade),
        )


def _shares(visit: Visit, one: ElectionView | ResultView) -> Iterator[str]:
    yield visit.text(
        "Each ballot has the same part of the envelope, and pays with the others for the projects that it names:"
        " the project that asks least of each comes first."
    )
    if one.equal_shares and one.equal_shares.completion in {"add_one", "add_one_most_votes"}:
        yield visit.text("The parts grow by one unit of money as long as the chosen projects fit into the envelope.")
    if one.equal_shares and one.equal_shares.completion in {"most_votes", "add_one_most_votes"}:
        yield visit.text("What is left goes to the most chosen projects that still fit.")
