"""Why the vote chose a project or did not, in words, from what the step of its record says."""

from collections.abc import Mapping

from gateway.i18n import N_
from gateway.site.visit import Visit

VERDICTS = {
    "won": N_("It comes at place %(rank)s and fits into the envelope."),
    "adopted": N_("It comes at place %(rank)s; the majority that the rules ask for is for it."),
    "completed": N_("It comes at place %(rank)s; the money that the equal shares left pays for it."),
    "too_expensive": N_("It comes at place %(rank)s; only %(available)s were left when its turn came."),
    "after_stop": N_("It comes at place %(rank)s; the envelope was closed at a project before it."),
    "below_minimum": N_("It comes at place %(rank)s, below the minimum that the rules ask for."),
    "too_few_good": N_("It comes at place %(rank)s; too few ballots gave it a good opinion."),
    "rejected": N_("It comes at place %(rank)s; too small a share of the votes is for it."),
    "excluded": N_("It comes at place %(rank)s; a project that excludes it was chosen before: %(other)s."),
    "not_shared": N_("It comes at place %(rank)s; those who chose it could not pay for it together."),
}
DECISIONS = {
    "awarded": N_("It is carried out although it did not win: a decision taken after the count."),
    "withdrawn": N_("It is not carried out although it won: a decision taken after the count."),
    "entered": N_("The vote was held elsewhere; its result was entered by the administration."),
}


def explained(visit: Visit, facts: Mapping[str, str | int]) -> str:
    """The sentence; empty for a step that is about no vote."""
    decided = DECISIONS.get(str(facts.get("decided")))
    if decided:
        return visit.text(decided)
    said = VERDICTS.get(str(facts.get("verdict")))
    if said is None:
        return ""
    left = visit.words.money(int(facts.get("available", 0)), visit.territory.currency)
    rank = visit.words.number(int(facts.get("rank", 0)))
    return visit.text(said, rank=rank, available=left, other=facts.get("excluded_by", ""))
