"""Recordings over HTTP: upload, list, rename, delete, and the file as it was uploaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import AccountAPIView
from core.times import rfc3339
from flows.audio import library
from flows.audio.models import Audio
from flows.audio.uses import uses_of

PAGE: Final = 100
Answer = dict[str, Any]


class AudioInput(serializers.Serializer[Any]):
    file = serializers.FileField(
        allow_empty_file=True,
        help_text="MP3, WAV, FLAC or Ogg Vorbis: 5 MB and 120 seconds at most.",
    )
    name = serializers.CharField(
        max_length=200, default="", allow_blank=True, help_text="Empty: the file's own name."
    )


class AudioNameInput(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200, allow_blank=True)


class ListInput(serializers.Serializer[Any]):
    cursor = serializers.IntegerField(min_value=1, max_value=2**62, required=False)


def given(serializer: type[serializers.Serializer[Any]], data: Any) -> dict[str, Any]:
    """Check the shape of a request and return its values."""
    checked = serializer(data=data)
    checked.is_valid(raise_exception=True)
    values: dict[str, Any] = checked.validated_data
    return values


def audio_shape(audio: Audio) -> Answer:
    ready = audio.state == Audio.State.READY
    return {
        "sid": audio.sid,
        "name": audio.name,
        "state": audio.state,
        "problem": audio.problem or None,
        "seconds": audio.seconds if ready else None,
        "url": f"{settings.PUBLIC_URL}{audio.path}" if ready else None,
        "path": audio.path if ready else None,
        "filename": audio.filename,
        "bytes": audio.size,
        "created": rfc3339(audio.created),
        "created_by": audio.actor,
    }


class AudioList(AccountAPIView):
    def get_parsers(self) -> list[Any]:
        return [MultiPartParser()]

    @extend_schema(parameters=[ListInput], responses=Answer, operation_id="audio_list")
    def get(self, request: Request) -> Response:
        """List the account's recordings, newest first, in pages of 100."""
        cursor = given(ListInput, request.query_params).get("cursor")
        rows = Audio.objects.for_account(self.account).newest_first()
        page = list((rows.filter(pk__lt=cursor) if cursor else rows)[: PAGE + 1])
        following = str(page[PAGE - 1].pk) if len(page) > PAGE else None
        return Response({"audio": [audio_shape(row) for row in page[:PAGE]], "next": following})

    @extend_schema(
        request={"multipart/form-data": AudioInput},
        responses={201: Answer},
        operation_id="audio_upload",
    )
    def post(self, request: Request) -> Response:
        """Upload a recording. It can be played once a worker has converted it, a moment later."""
        data = given(AudioInput, request.data)
        audio = library.upload_audio(
            caller=self.caller, upload=data["file"], name=data["name"], now=timezone.now()
        )
        return Response(audio_shape(audio), status.HTTP_201_CREATED)


class AudioDetail(AccountAPIView):
    @extend_schema(responses=Answer, operation_id="audio_read")
    def get(self, request: Request, sid: str) -> Response:
        """Show a recording and the flows that play it."""
        audio = library.audio_named(self.account, sid)
        used = [
            {"flow": use.flow.sid, "name": use.flow.name, "live": use.live}
            for use in uses_of(self.account, audio.sid)
        ]
        return Response({**audio_shape(audio), "uses": used})

    @extend_schema(request=AudioNameInput, responses=Answer, operation_id="audio_rename")
    def patch(self, request: Request, sid: str) -> Response:
        """Give a recording another name."""
        audio = library.audio_named(self.account, sid)
        name = given(AudioNameInput, request.data)["name"]
        library.rename_audio(caller=self.caller, audio=audio, name=name, now=timezone.now())
        return Response(audio_shape(audio))

    @extend_schema(responses={204: None}, operation_id="audio_delete")
    def delete(self, request: Request, sid: str) -> Response:
        """Delete a recording. Refused while a draft or a live version plays it."""
        audio = library.audio_named(self.account, sid)
        library.delete_audio(caller=self.caller, audio=audio, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class AudioOriginal(AccountAPIView):
    @extend_schema(
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
        operation_id="audio_original",
    )
    def get(self, request: Request, sid: str) -> FileResponse:
        """Download a recording as it was uploaded."""
        audio = library.audio_named(self.account, sid)
        return FileResponse(
            Path(audio.original.path).open("rb"),
            as_attachment=True,
            filename=audio.filename,
            content_type="application/octet-stream",
        )
