"""Asking again for what one's own dossier asked for in vain: both records say so, once the new one is published."""

from ideas.domain.dossier import Dossier, State
from ideas.domain.problems import Invalid, Problem
from ideas.domain.record import Step

ENDED = frozenset({State.EXPIRED, State.REFUSED})
"""States after which the same can be asked for again."""


def check(old: Dossier | None, new: Dossier) -> Dossier:
    """The dossier that is taken up. Raises *invalid* if it is another's, or has not ended."""
    if old is None or old.author is None or old.author != new.author:
        raise Invalid(Problem("/again", "not-your-dossier", "Only one's own dossier can be taken up."))
    if old.state not in ENDED:
        raise Invalid(Problem("/again", "not-ended", "It has not come to its end."))
    return old


def step(other: Dossier) -> Step:
    """What each of the two says of the other."""
    return Step("asked_again", "author", facts={"number": other.number})
