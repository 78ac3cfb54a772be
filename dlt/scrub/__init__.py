"""Would the operators let this message through? Nine stages; the first fault refuses, the report has all.

``records`` reads what messages rest on, ``gather`` makes facts of it, ``stages`` judge them one by one,
``run`` leads through them, ``report`` is the answer.
"""

from dlt.scrub.gather import gather_many
from dlt.scrub.outcome import Finding, Verdict, not_applicable
from dlt.scrub.records import Asked
from dlt.scrub.report import ScrubReport, line
from dlt.scrub.run import STAGES, first_fault, scrub

__all__ = [
    "STAGES",
    "Asked",
    "Finding",
    "ScrubReport",
    "Verdict",
    "first_fault",
    "gather_many",
    "line",
    "not_applicable",
    "scrub",
]
