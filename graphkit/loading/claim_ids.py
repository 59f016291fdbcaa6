"""Which claims are known: sets of claim ids that stay small where there are millions of them."""

from __future__ import annotations

from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from graphkit.values import Value

__all__ = ["ClaimIds"]

FEW = 50_000
"""So many ids are kept as texts; the others are packed into the ten bytes that they write out."""

WIDTH = 10


class ClaimIds:
    """A set of ids of claims: the newest as texts, the others in sorted arrays, each twice as long as the next."""

    def __init__(self) -> None:
        self._few: set[Value] = set()
        self._many: list[_Packed] = []

    def add(self, ids: Sequence[Value]) -> None:
        """Put ids into the set."""
        self._few.update(ids)
        if len(self._few) > FEW:
            self._many.append(_Packed.of(list(self._few)))
            self._few.clear()
        while len(self._many) > 1 and len(self._many[-2]) < 2 * len(self._many[-1]):
            self._many[-2:] = [self._many[-2].with_all(self._many[-1])]

    def known(self, ids: Sequence[Value]) -> Sequence[bool]:
        """For each id, whether it is in the set."""
        few = [claim in self._few for claim in ids] if self._few else [False] * len(ids)
        if not self._many or not ids:
            return few
        packed = _Packed.of(ids, sort=False)
        found = self._many[0].holds(packed)
        for part in self._many[1:]:
            found |= part.holds(packed)
        return [one or other for one, other in zip(few, found.tolist(), strict=True)]


class _Packed:
    """Ids as numbers: their first eight bytes, by which they are sorted, and the other two."""

    def __init__(self, first: NDArray[np.uint64], rest: NDArray[np.uint16]) -> None:
        self._first, self._rest = first, rest

    @classmethod
    def of(cls, ids: Sequence[Value], *, sort: bool = True) -> _Packed:
        import numpy as np

        pairs = np.frombuffer(_bytes(list(map(str, ids))), [("first", ">u8"), ("rest", ">u2")])
        packed = cls(pairs["first"].astype(np.uint64), pairs["rest"].astype(np.uint16))
        return packed.in_order() if sort else packed

    def __len__(self) -> int:
        return len(self._first)

    def in_order(self) -> _Packed:
        """The same ids, sorted."""
        import numpy as np

        order = np.argsort(self._first, kind="stable")
        return _Packed(self._first[order], self._rest[order])

    def with_all(self, other: _Packed) -> _Packed:
        """Both together."""
        import numpy as np

        return _Packed(np.append(self._first, other._first), np.append(self._rest, other._rest)).in_order()

    def holds(self, other: _Packed) -> NDArray[np.bool_]:
        """For each of the others, whether it is here: those that agree in eight bytes stand side by side."""
        import numpy as np

        at = np.searchsorted(self._first, other._first)
        found = np.zeros(len(other), dtype=bool)
        for step in range(self._longest_run()):
            here = np.minimum(at + step, len(self) - 1)
            found |= (self._first[here] == other._first) & (self._rest[here] == other._rest)
        return found

    def _longest_run(self) -> int:
        """How many ids in a row agree in their first eight bytes: one, unless somebody made them so."""
        import numpy as np

        starts = np.flatnonzero(np.diff(self._first, prepend=self._first[:1] + 1, append=self._first[-1:] + 1))
        return int(np.diff(starts).max())


def _bytes(ids: Sequence[str]) -> bytes:
    """The bytes that ids write out; of an id that graphkit did not make, a hash."""
    if set(map(len, ids)) == {2 * WIDTH}:
        with suppress(ValueError):
            packed = bytes.fromhex("".join(ids))
            if len(packed) == WIDTH * len(ids):  # blanks write out nothing
                return packed
    return b"".join(map(_bytes_of, ids))


def _bytes_of(claim: str) -> bytes:
    try:
        packed = bytes.fromhex(claim)
    except ValueError:
        packed = b""
    return packed if len(packed) == WIDTH else blake2b(claim.encode(), digest_size=WIDTH).digest()
