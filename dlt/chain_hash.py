"""The hash that the last telemarketer of a chain sends along.

Lower-case hex SHA-256 of the ids joined by commas without blanks, the entity first and the telemarketer that
submits last. https://www.scribd.com/document/808554246/PE-TM-Mapping-Chain-Hash-Logic
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256


def chain_hash(pe_id: str, tm_ids: Sequence[str]) -> str:
    """Return the hash of a chain; ``tm_ids`` in the order in which messages pass them."""
    return sha256(",".join([pe_id, *tm_ids]).encode("ascii")).hexdigest()
