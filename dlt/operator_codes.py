"""What a code of an operator's delivery report means, and what it suggests to do with a record."""

from __future__ import annotations

from typing import Final

from dlt.faults import FAULT_OF, FAULTS, Fault

# An operator's code may stand for several of our names; the plainest counts.
_PLAINEST: Final = {
    "dlt.entity_not_active": (602, *range(412, 418), *range(7001, 7006)),
    "dlt.entity_bad_format": (604,),
    "dlt.chain_missing": (615,),
    "dlt.chain_not_approved": (616, 617, 618, *range(458, 463), *range(5601, 5607)),
    "dlt.header_unknown": (620,),
    "dlt.header_inactive": (621, *range(421, 425), *range(5201, 5215)),
    "dlt.header_suspended": (624, 446),
    "dlt.template_unknown": (630,),
    "dlt.template_inactive": (631, *range(426, 429), *range(5301, 5307)),
    "dlt.template_bad_format": (637,),
    "dlt.url_not_whitelisted": (701, 497, 5901),
    "dlt.consent_missing": (660, 440, *range(5501, 5511)),
}
_BY_OPERATOR: Final[dict[str, Fault]] = {
    number: fault
    for fault in reversed(FAULTS)
    for known in fault.operators
    for number in known.numbers
} | {str(number): FAULT_OF[code] for code, numbers in _PLAINEST.items() for number in numbers}


def fault_behind(operator_code: str) -> Fault | None:
    """Return what an operator's code means in our words, or None when no table has it."""
    return _BY_OPERATOR.get(operator_code)


def name_of(operator_code: str) -> str:
    """Return an operator's own name of its code, or nothing."""
    fault = fault_behind(operator_code)
    known = fault.operators if fault else ()
    return next((row.name for row in known if operator_code in row.numbers), "")


# What a report says about a record of the registry: of which kind, and which change it suggests.
PROPOSES: Final = {
    "602": ("entity", "deactivate"),
    "603": ("entity", "blacklist"),
    "611": ("telemarketer", "deactivate"),
    "612": ("telemarketer", "blacklist"),
    "616": ("chain", "deactivate"),
    "617": ("chain", "blacklist"),
    "618": ("chain", "suspend"),
    "621": ("header", "deactivate"),
    "622": ("header", "blacklist"),
    "624": ("header", "suspend_validity"),
    "625": ("header", "suspend_usage"),
    "631": ("template", "deactivate"),
    "632": ("template", "blacklist"),
    "446": ("header", "suspend_validity"),
    "447": ("header", "suspend_usage"),
    "448": ("header", "suspend"),
    "449": ("template", "suspend_validity"),
    "450": ("template", "suspend_usage"),
    "451": ("template", "suspend"),
    "5215": ("header", "suspend"),
    "5313": ("template", "suspend_usage"),
    "5314": ("template", "suspend_validity"),
    "5315": ("template", "suspend"),
}
