"""Pure comparison of a message with its registered content template ("scrubbing").

India's operators compare every business SMS with the template registered on the DLT platform
(TRAI's TCCCPR 2018) and drop it when they differ. This package answers the same question before
anything is sent, and says what to change. No clock, no database, no network.
"""

from dlt.matcher.limits import Limits, Tag
from dlt.matcher.normalise import normalise
from dlt.matcher.problem import Code, Kind, NoteCode, Problem
from dlt.matcher.result import Match, Mismatch
from dlt.matcher.template import Placeholder, Template, compile_template, placeholders, render
from dlt.matcher.values import VariableValue
from dlt.matcher.verdict import check, matches

__all__ = [
    "Code",
    "Kind",
    "Limits",
    "Match",
    "Mismatch",
    "NoteCode",
    "Placeholder",
    "Problem",
    "Tag",
    "Template",
    "VariableValue",
    "check",
    "compile_template",
    "matches",
    "normalise",
    "placeholders",
    "render",
]
