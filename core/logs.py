"""Log lines that carry an event and ids: one line each, whatever a caller put into a value."""

from __future__ import annotations

import json
import logging
from typing import Final

_STANDARD: Final = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "request"}


class EventFormatter(logging.Formatter):
    """``2026-11-21T10:42:08 INFO sms.submitted {"message": 12}``; line breaks and escapes are encoded."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = None

    def format(self, record: logging.LogRecord) -> str:
        extra = {k: v for k, v in record.__dict__.items() if k not in _STANDARD}
        line = f"{self.formatTime(record)} {record.levelname} {record.getMessage()}"
        line = line.encode("unicode_escape").decode("ascii")
        if extra:
            line += " " + json.dumps(extra, default=str, sort_keys=True)
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return line
