"""The forms of merges: which dossiers, why; and undoing one."""

from collections.abc import Iterable

from contracts.ideas import DossierCard, MergedDossier

from gateway.forms import messages
from gateway.forms.desk import SAID, DeskForm
from gateway.forms.kit import Field
from gateway.i18n import N_

messages.add(
    {
        "not-open": N_("One of them does not gather supports."),
        "closes-too-soon": N_("It closes before its new supporters could be counted: join it to another one instead."),
        "itself": N_("A dossier cannot be joined to itself."),
        "another-kind": N_("Only dossiers of the same kind, and of the same campaign, can be joined."),
        "has-joined": N_("Others are joined to one of them: undo that first."),
        "merge-settled": N_("This was undone or decided meanwhile: there is nothing left to choose."),
        "no-such-merge": N_("You support none of these dossiers."),
    }
)


class MergeForm(DeskForm):
    """Join similar dossiers to this one."""

    purpose = "merge"
    source_ids = Field(N_("Similar dossiers that are open"), kind="choices")
    other = Field(
        N_("Others, by their numbers"), optional=True, at="-", hint=N_("For example PAR-2026-004217, PAR-2026-004310.")
    )
    reason = Field(N_("Reason"), kind="select")
    text = Field(SAID, kind="prose", rows=3, hint=N_("It stands in the record of every dossier."))
    merge_id = Field("", kind="hidden")

    def offer_dossiers(self, found: Iterable[DossierCard | MergedDossier]) -> None:
        """The dossiers to choose from, each once."""
        self.offer()
        words = {str(one.id): f"{one.title or one.number} ({one.number})" for one in found}
        self.options["source_ids"] = tuple(words.items())


class UndoMergeForm(DeskForm):
    """Undo a merge."""

    text = Field(SAID, kind="prose", rows=3)
