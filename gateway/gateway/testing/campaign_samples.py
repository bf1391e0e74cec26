"""Campaigns for tests of the gateway: one that takes ideas, one of last year, whose calendar was changed in public."""

from typing import Any

from contracts import ideas

YEAR = 2027
_DAYS = (
    ("deposit", "2026-08-15", "2026-09-30", "during", 19),
    ("review", "2026-10-01", "2027-03-31", "before", None),
    ("ballot", "2027-04-01", "2027-05-31", "before", None),
    ("vote", "2027-09-03", "2027-09-26", "before", None),
    ("results", "2027-10-06", "2027-12-31", "before", None),
    ("delivery", "2028-01-01", "2029-12-31", "before", None),
)
_MONEY = (
    (None, 20_000_000),
    ("paris-centre", 2_700_000),
    ("75011", 2_900_000),
    ("75012", 3_800_000),
    ("75018", 5_800_000),
)


def _card(year: int) -> dict[str, Any]:
    names = ("code", "starts_on", "ends_on", "when", "days_left")
    return {
        "year": year,
        "slug": f"budget-{year}",
        "public": True,
        "version": 3,
        "phases": [dict(zip(names, row, strict=True)) for row in _DAYS],
        "now": "deposit",
        "total": sum(amount for _, amount in _MONEY),
    }


def campaign(**changes: Any) -> ideas.CampaignView:
    """A public campaign that takes ideas."""
    reason = "L’étude des idées demande un mois de plus."
    change = {"at": "2026-09-01T10:00:00Z", "reason": reason, "moved": ["review", "ballot"], "envelopes": False}
    money = [{"place": place, "amount": amount} for place, amount in _MONEY]
    return ideas.CampaignView.model_validate(_card(YEAR) | {"envelopes": money, "changes": [change]} | changes)


def campaigns() -> ideas.CampaignList:
    """This year's and last year's."""
    return ideas.CampaignList.model_validate({"items": [_card(YEAR), _card(YEAR - 1)]})
