"""The desk's form for ideas that are not admitted to the participatory budget."""

from gateway.forms.desk import SAID, DeskForm
from gateway.forms.kit import Field
from gateway.i18n import N_


class NotAdmitForm(DeskForm):
    """Why, as a code and in words. The same for every idea that is ticked."""

    purpose = "not_admit"
    reason = Field(N_("Reason"), kind="select")
    text = Field(SAID, kind="prose", rows=3, hint=N_("Say what would make it acceptable."))
