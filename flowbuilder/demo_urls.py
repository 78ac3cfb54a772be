"""The demo's own stand-in for a customer's server, which two of its flows ask."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt


def appointments(request: HttpRequest) -> HttpResponse:
    """Answer as a booking system would: the next free slot."""
    if not getattr(settings, "DEMO", False):
        raise Http404
    day = timezone.localtime() + timedelta(days=1)
    return JsonResponse({"slot": f"{day:%d %b} at 11:30", "desk": "Counter 2"})


@csrf_exempt
def survey(request: HttpRequest) -> HttpResponse:
    """Take an answer of the survey."""
    if not getattr(settings, "DEMO", False):
        raise Http404
    # What was pressed last: who is unhappy shall be called.
    pressed = request.POST.get("digits", "").strip('"')
    return JsonResponse({"saved": True, "select": "call" if pressed in {"1", "2"} else "thank"})


urlpatterns = [
    path("appointments", appointments, name="demo-appointments"),
    path("survey", survey, name="demo-survey"),
]
