"""Files through the running service: looked at in their own process while the others work, kept before it is said."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from contracts import ideas as c
from contracts.errors import Fault

from services.ideas.tests.integration.test_service import Suite, suite
from services.ideas.tests.samples_of_files import archive, document, photo

__all__ = ["suite"]


def attach(suite: Suite, account: UUID, idea_id: UUID, content: bytes) -> c.AttachmentView:
    """As the gateway does it: the parts, then the call."""
    attachment_id, who = uuid4(), suite.token(account)
    for part, start in enumerate(range(0, len(content), c.PART_BYTES), start=1):
        data = c.encoded(content[start : start + c.PART_BYTES])
        request = c.UploadPart(attachment_id=attachment_id, part=part, data=data)
        suite.client.call(c.UPLOAD_PART, request, context=who, deadline=20)
    wanted = {"attachment_id": attachment_id, "idea_id": idea_id, "description": "La rue en août"}
    return suite.client.call(c.ATTACH_FILE, c.AttachFile.model_validate(wanted), context=who, deadline=30)


@pytest.mark.timeout(180)
def test_several_files_at_once_are_kept_and_the_service_goes_on_answering(suite: Suite) -> None:
    account, idea_id = uuid4(), uuid4()
    draft = c.SaveDraft(idea_id=c.IdeaId(idea_id), title="Une rue-jardin")
    suite.client.call(c.SAVE_DRAFT, draft, context=suite.token(account), deadline=20)
    contents = [photo(1600, 1200), photo(900, 900), document()]
    with ThreadPoolExecutor(4) as people:
        coming = [people.submit(attach, suite, account, idea_id, content) for content in contents]
        while not all(one.done() for one in coming):
            suite.client.call(c.COUNT_IDEAS, c.CountIdeas(), deadline=3)
        attached = [one.result() for one in coming]
    folder = Path(suite.environment["FILES_DIR"])
    for one in attached:
        kept = (folder / one.digest[:2] / one.digest).read_bytes()
        assert len(kept) == one.size
    with pytest.raises(Fault) as refused:
        attach(suite, account, idea_id, document() + archive())
    assert [one.code for one in refused.value.errors] == ["mixed-file"]
    read = c.ReadAttachment(attachment_id=attached[0].id)
    part = suite.client.call(c.READ_ATTACHMENT, read, context=suite.token(account), deadline=20)
    assert part.data.startswith(b"\xff\xd8\xff")
