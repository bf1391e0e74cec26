"""The strict verifier (§13): reads an archive, recomputes everything that can be recomputed, and reports.

Two layers, which share no code that could fool both: `belenios.archive` rebuilds every byte it reads, and this
package recomputes every proof, product and sum from what was read.
"""

from belenios.verifier.report import Report
from belenios.verifier.verify import Request, verify

__all__ = ["Report", "Request", "verify"]
