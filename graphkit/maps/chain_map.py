"""A chain map as an object: it knows its page, saves itself, and shows itself in a notebook."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.errors import GraphkitError
from graphkit.maps.page import page

if TYPE_CHECKING:
    from pyvis.network import Network

    from graphkit.maps.document import MapDoc

__all__ = ["ChainMap"]


@dataclass(frozen=True)
class ChainMap:
    """A map of a supply chain.

    Attributes:
        document: What is drawn, and who says so.
    """

    document: MapDoc

    @cached_property
    def html(self) -> str:
        """One page that holds everything, and reaches for nothing outside it."""
        return page(self.document)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page as UTF-8 in one step: a failure leaves what was there before.

        Raises:
            GraphkitError: the file cannot be written.
        """
        target = Path(path)
        data = self.html.encode("utf-8")
        try:
            _replace(target, data)
        except OSError as error:
            raise GraphkitError(f"cannot write {target}: {error.strerror or error}") from error
        return target

    def to_pyvis(self) -> Network:
        """A plain pyvis network with the same nodes, links and places, to tinker with."""
        from graphkit.maps.tinker import to_pyvis

        return to_pyvis(self.document)

    def _repr_html_(self) -> str:
        """The page in a frame that can run its scripts and save pictures, and nothing else."""
        return (
            f'<iframe srcdoc="{escape(self.html)}" title="{escape(self.document.title)}" '
            'sandbox="allow-scripts allow-downloads" style="width:100%;height:720px;border:0"></iframe>'
        )


def _replace(target: Path, data: bytes) -> None:
    target = Path(os.path.realpath(target))  # a link stays one
    if target.exists() and not target.is_file():  # nor does a file take the place of a device or a pipe
        target.write_bytes(data)
        return
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
