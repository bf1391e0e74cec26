"""Hooks of schemathesis: speak from the address that has no rate limit, so that every operation is really tried."""

from functools import partialmethod

from urllib3.connection import HTTPConnection

from tests.whole.conftest import UNLIMITED

HTTPConnection.__init__ = partialmethod(  # type: ignore[method-assign, assignment]
    HTTPConnection.__init__, source_address=(UNLIMITED, 0)
)
