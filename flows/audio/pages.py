"""The page of the account's recordings: listen, upload, rename, delete."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.caller import AccountRequest
from accounts.models import Role
from accounts.pages import page
from core.errors import DomainError
from flows.audio.library import audio_named, delete_audio, rename_audio, upload_audio
from flows.audio.models import Audio

ROWS_PER_PAGE = 50


@never_cache
@require_http_methods(["GET", "POST"])
@page()
def recordings(request: AccountRequest) -> HttpResponse:
    """List the recordings, newest first; an editor uploads here."""
    if request.method == "POST":
        return _upload(request)
    rows = Audio.objects.for_account(request.caller.account).newest_first()
    found = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    converting = any(row.state == Audio.State.CONVERTING for row in found)
    context = {"tab": "recordings", "found": found, "converting": converting}
    return render(request, "settings/recordings.html", context)


def _upload(request: AccountRequest) -> HttpResponse:
    if not request.caller.may(Role.EDITOR):
        raise PermissionDenied
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, "Choose a file.")
        return redirect("recordings")
    try:
        audio = upload_audio(
            caller=request.caller,
            upload=file,
            name=request.POST.get("name", "").strip(),
            now=timezone.now(),
        )
        messages.success(request, f"“{audio.name}” was uploaded.")
    except DomainError as error:
        _refused(request, error)
    return redirect("recordings")


@require_POST
@page(Role.EDITOR)
def recording_rename(request: AccountRequest, sid: str) -> HttpResponse:
    try:
        audio = audio_named(request.caller.account, sid)
        name = request.POST.get("name", "")
        rename_audio(caller=request.caller, audio=audio, name=name, now=timezone.now())
        messages.success(request, f"The recording is now called “{audio.name}”.")
    except DomainError as error:
        _refused(request, error)
    return redirect("recordings")


@require_POST
@page(Role.EDITOR)
def recording_delete(request: AccountRequest, sid: str) -> HttpResponse:
    try:
        audio = audio_named(request.caller.account, sid)
        delete_audio(caller=request.caller, audio=audio, now=timezone.now())
        messages.success(request, f"“{audio.name}” was deleted.")
    except DomainError as error:
        _refused(request, error)
    return redirect("recordings")


def _refused(request: AccountRequest, error: DomainError) -> None:
    if error.status == 404:
        raise Http404
    messages.error(request, str(error))
