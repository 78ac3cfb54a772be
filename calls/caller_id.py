"""Which number a called person may be shown: nobody rings under a stranger's number."""

from __future__ import annotations

import logging
from dataclasses import replace

from applets.instructions import Dial, Instruction
from calls.models import Call, PhoneNumber

logger = logging.getLogger(__name__)


def with_own_caller_id(call: Call, instruction: Instruction) -> Instruction:
    """Return the instruction; a Dial under a number that is neither the call's nor the account's shows
    the number that was called instead."""
    if not isinstance(instruction, Dial):
        return instruction
    if instruction.caller_id in {call.from_number, call.to_number}:
        return instruction
    own = PhoneNumber.objects.for_account(call.account).filter(e164=instruction.caller_id)
    if own.exists():
        return instruction
    logger.warning("calls.caller_id_replaced", extra={"call": call.sid})
    return replace(instruction, caller_id=call.to_number)
