"""A mark of the end of a page is read back as it was made; one that somebody made up is refused, whatever it holds."""

import base64
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from chassis.cursors import bigint, cursor, sort_key
from contracts.errors import Fault


def mark(document: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(document).encode()).decode()


def test_a_mark_is_read_back() -> None:
    moment, id_ = datetime.now(UTC), uuid4()
    assert sort_key(cursor(moment.isoformat(), id_, 7), datetime.fromisoformat, UUID, bigint) == (moment, id_, 7)


@pytest.mark.parametrize(
    "text", ["", "x", "é", mark(None), mark([]), mark([[]]), mark({}), mark(["1", "2"]), mark(["\0"])]
)
def test_a_made_up_mark_is_refused(text: str) -> None:
    with pytest.raises(Fault) as refused:
        sort_key(text, bigint)
    assert [error.pointer for error in refused.value.errors] == ["/after"]


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**30])
def test_a_number_that_no_column_holds_is_refused(number: int) -> None:
    assert sort_key(mark([str(2**63 - 1)]), bigint) == (2**63 - 1,)
    with pytest.raises(Fault):
        sort_key(mark([str(number)]), bigint)
