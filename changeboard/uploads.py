"""Files that come with a form, and the end of one that is too large."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import (
    FileUploadHandler,
    MemoryFileUploadHandler,
    SkipFile,
    TemporaryFileUploadHandler,
)
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponseBase]


class UpTo(FileUploadHandler):
    """Stops keeping a file that grows beyond the limit; the rest is read past, so that the page can answer.

    Stands first, before the handlers that keep. The request then says `too_large`.
    """

    most = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.kept += len(raw_data)
        if self.kept > self.most:
            request: Any = self.request
            request.too_large = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def up_to(most: int) -> Callable[[View], View]:
    """Let a view take files of `most` bytes, whatever other forms take.

    The check against forgery reads the form, and what reads it first decides: so it comes after ours.
    """

    def wide(view: View) -> View:
        checked = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponseBase:
            first = UpTo(request)
            first.most = most
            request.upload_handlers = [
                first, MemoryFileUploadHandler(request), TemporaryFileUploadHandler(request),
            ]  # fmt: skip
            return checked(request, *args, **parts)

        return door

    return wide
