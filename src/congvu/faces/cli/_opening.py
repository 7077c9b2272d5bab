"""Why a file named on the command line cannot be opened, in the reader's language."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from django.utils.translation import gettext as _


def unopened(path: Path, error: OSError | ValueError) -> str:
    """One sentence with the name and the reason; the system's own words only for what is rare."""
    return _("Không mở được tệp “%(path)s”: %(reason)s.") % {"path": path, "reason": _reason(error)}


def _reason(error: OSError | ValueError) -> str:
    if not isinstance(error, OSError) or error.errno is None:
        return _("tên tệp không hợp lệ")
    told = {
        errno.ENOENT: _("không có tệp này"), errno.EISDIR: _("đây là một thư mục"),
        errno.EACCES: _("không có quyền đọc"), errno.ENAMETOOLONG: _("tên tệp quá dài"),
    }  # fmt: skip
    return told.get(error.errno) or os.strerror(error.errno)
