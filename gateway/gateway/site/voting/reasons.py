"""Why a project was chosen or not, in a sentence."""

from collections.abc import Mapping

from contracts.voting import CHOSEN, ApprovalRule, KnapsackRule, RankedProject, ResultView

from gateway.i18n import N_
from gateway.site.voting.labels import Labels

PLAIN = {
    "after_stop": N_("It comes after the first project that did not fit: the rules stop there."),
    "ranked": "",
}


def why(labels: Labels, result: ResultView, project: RankedProject) -> str:
    """Why it was chosen or not, by the rules of this vote."""
    if project.verdict in PLAIN:
        return labels.visit.text(PLAIN[project.verdict]) if PLAIN[project.verdict] else ""
    if project.verdict == "rejected":
        return _rejected(labels, result, project)
    if project.verdict in CHOSEN:
        return _chosen(labels, project)
    if project.verdict == "below_minimum":
        return _below(labels, result)
    if project.verdict == "too_few_good":
        return _too_few(labels, result)
    return _not_chosen(labels, result, project)


def _chosen(labels: Labels, project: RankedProject) -> str:
    visit, money = labels.visit, labels.money
    if project.verdict == "adopted":
        return visit.text(
            "%(share)s of the votes for and against it are for it.", share=visit.words.percent(in_favour(project) or 0)
        )
    if project.price is not None:
        return visit.text(
            "It takes %(price)s at most from the part of each of its supporters.", price=money(project.price)
        )
    left = money((project.available or 0) - (project.cost or 0))
    if project.verdict == "completed":
        return visit.text("Chosen with the money that the shares left: %(amount)s remain.", amount=left)
    return visit.text("%(amount)s left in the envelope.", amount=left)


def in_favour(project: RankedProject) -> float | None:
    """The share of the votes for and against it that are for it; ``None`` where there are none."""
    given = project.opinions
    decided = given.in_favour + given.against if given else 0
    return given.in_favour / decided if given and decided else None


def _rejected(labels: Labels, result: ResultView, project: RankedProject) -> str:
    visit, share = labels.visit, in_favour(project)
    if share is None or result.method.kind != "for_against":
        return visit.text("Nobody is for it.")
    return visit.text(
        "%(share)s of the votes for and against it are for it: more than %(needed)s were needed.",
        share=visit.words.percent(share),
        needed=visit.words.percent(result.method.majority_percent / 100),
    )


def _too_few(labels: Labels, result: ResultView) -> str:
    visit, method = labels.visit, result.method
    percent = visit.words.percent
    if isinstance(method, ApprovalRule | KnapsackRule):
        return visit.text("Less than %(share)s of the ballots chose it.", share=percent(method.minimum_percent / 100))
    if method.kind != "majority_judgment" or method.good_opinions is None:
        return ""
    needed = percent(method.good_opinions.percent / 100)
    lowest = labels.grade(result.grades, method.good_opinions.lowest_grade)
    return visit.text("Less than %(share)s give it “%(grade)s” or better.", share=needed, grade=lowest)


def _below(labels: Labels, result: ResultView) -> str:
    visit, method = labels.visit, result.method
    if method.kind == "ranking":
        return visit.count(
            "%(n)s ballot had to rank it for it to be chosen.",
            "%(n)s ballots had to rank it for it to be chosen.",
            method.minimum_votes,
        )
    if method.kind == "points":
        return visit.count(
            "It needed %(n)s point to be chosen.", "It needed %(n)s points to be chosen.", method.minimum_points
        )
    if method.kind != "majority_judgment":
        return visit.count(
            "It needed %(n)s vote to be chosen.", "It needed %(n)s votes to be chosen.", method.minimum_votes
        )
    if method.minimum_grade is None:
        return visit.text("Nobody gave it a grade.")
    return visit.text(
        "It needed the grade “%(grade)s” at least to be chosen.",
        grade=labels.grade(result.grades, method.minimum_grade),
    )


def _not_chosen(labels: Labels, result: ResultView, project: RankedProject) -> str:
    visit, money = labels.visit, labels.money
    if project.verdict == "excluded":
        return visit.text("Incompatible with “%(other)s”, chosen before it.", other=_title(labels, result, project))
    if project.verdict == "not_shared":
        return visit.text(
            "It costs %(cost)s; its supporters had %(left)s left together.",
            cost=money(project.cost),
            left=money(project.together or 0),
        )
    return visit.text(
        "Costs %(cost)s; %(left)s were left when its turn came.",
        cost=money(project.cost),
        left=money(project.available or 0),
    )


def _title(labels: Labels, result: ResultView, project: RankedProject) -> str:
    titles: Mapping[str, Mapping[str, str]] = {one.candidate_id: one.title for one in result.ranking}
    return labels.of(titles.get(project.excluded_by or ""))
