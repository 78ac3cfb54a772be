"""Recordings as telephones and browsers fetch them: whoever has the address may listen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from csp.utils import build_policy
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from flows.audio.models import Audio

_RANGE: Final = re.compile(r"bytes=(\d{0,12})-(\d{0,12})", re.ASCII)


@require_safe
def recording(request: HttpRequest, token: str) -> HttpResponse:
    """Send a converted recording, or the part of it that a player asks for (RFC 9110, section 14)."""
    audio = Audio.objects.filter(token=token, state=Audio.State.READY).first()
    if audio is None:
        raise Http404
    try:
        sound = Path(audio.converted.path).read_bytes()  # 2 MB at most
    except FileNotFoundError as error:
        raise Http404 from error
    answer = _part(sound, request.headers.get("Range", ""))
    answer["Accept-Ranges"] = "bytes"
    answer["Cache-Control"] = "private, max-age=3600"
    answer["Content-Disposition"] = f'inline; filename="{audio.sid}.wav"'
    # Beside what the middleware forbids everywhere: opened as a page, it is one without rights.
    answer["Content-Security-Policy"] = f"{build_policy()}; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _part(sound: bytes, wanted: str) -> HttpResponse:
    asked = _RANGE.fullmatch(wanted)
    if asked is None or not any(asked.groups()):
        return HttpResponse(sound, content_type="audio/wav")
    first, last = _bounds(asked[1], asked[2], len(sound))
    if first > last:
        refused = HttpResponse(status=416, content_type="audio/wav")
        refused["Content-Range"] = f"bytes */{len(sound)}"
        return refused
    answer = HttpResponse(sound[first : last + 1], status=206, content_type="audio/wav")
    answer["Content-Range"] = f"bytes {first}-{last}/{len(sound)}"
    return answer


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:  # the last so many bytes
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1
