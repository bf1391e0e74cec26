"""How the participatory budget is voted, unless a campaign manager decides otherwise before the rules are frozen."""

from typing import Literal

from contracts.territory.parts import Part, Positive


class BudgetVote(Part):
    """What the elections that are made of the commission's lists begin with."""

    method: Literal["majority_judgment", "approval"] = "majority_judgment"
    max_choices: Positive = 4
    """By approval: how many projects one may choose."""
    blanks: Literal["worst", "ignored"] = "worst"
    """By majority judgment: what a project left without a grade means."""
    tie_break: Literal["lower_cost", "ballot_order", "lot"] = "lower_cost"
    fill: Literal["skip", "stop"] = "skip"
    eligibility: str = "vote_budget"
    """The action that a voter must be allowed."""
