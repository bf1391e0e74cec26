"""Keeps Python's garbage collector from walking what a process loaded when it started.

Code, models and templates are hundreds of thousands of objects that live as long as the process. A full collection
visits them all and holds up whatever is being answered for a tenth of a second.
"""

import gc

OBJECTS_BETWEEN_LOOKS = 10_000
"""Newly made containers before the youngest are looked at. Python's 700 is less than one page makes."""


def spare_what_is_loaded() -> None:
    """Once everything is loaded and before work begins: collect, then leave alone what is left."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS, 10, 10)
