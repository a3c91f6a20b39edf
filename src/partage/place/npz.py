"""Plain arrays in and out of ``.npz`` files: equal arrays give equal bytes, and no file is trusted."""

from __future__ import annotations

import io
import math
import zipfile
import zlib
from collections.abc import Mapping
from typing import IO, Any, BinaryIO

import numpy as np
import numpy.typing as npt

from partage.core.errors import InputRefused

Ints = npt.NDArray[Any]

MOST_BYTES = (
    4_000_000_000  # of all arrays of a file, once unpacked: 500,000 households at 1,000 sites fit
)
MOST_ARRAYS = 100
_END = ".npy"
_UNREADABLE = (
    ValueError, OSError, zipfile.BadZipFile, EOFError, KeyError, zlib.error, RuntimeError,
    NotImplementedError, OverflowError, SyntaxError, TypeError,
)  # fmt: skip
_DO = "Write it with numpy.savez_compressed."


def arrays_to_bytes(arrays: Mapping[str, Ints]) -> bytes:
    """Arrays as an ``.npz`` file with a fixed date: equal arrays, equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(arrays):
            entry = io.BytesIO()
            np.lib.format.write_array(
                entry, np.asarray(arrays[name], order="C"), allow_pickle=False
            )
            info = zipfile.ZipInfo(f"{name}{_END}", date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, entry.getvalue())
    return out.getvalue()


def arrays_from_bytes(data: bytes) -> dict[str, Ints]:
    """The arrays in an ``.npz`` file; see ``arrays_from_stream``."""
    return arrays_from_stream(io.BytesIO(data))


def arrays_from_stream(stream: BinaryIO) -> dict[str, Ints]:
    """The arrays in an open ``.npz`` file.

    Refused before anything is unpacked: what is not an ``.npz``, more than ``MOST_BYTES`` of arrays, an
    array that says it is larger than its part of the file. Pickled objects are never opened.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            _check_members(members)
            return {m.filename.removesuffix(_END): _array(archive, m) for m in members}
    except MemoryError:
        raise InputRefused(
            "The arrays of the file do not fit into the memory of this machine.",
            "Group equal households in one row (count), or use a larger machine.",
        ) from None
    except _UNREADABLE as error:
        raise InputRefused(
            f"The file is not a readable .npz of plain arrays ({type(error).__name__}).", _DO
        ) from None


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    names = [m.filename for m in members]
    other = [name for name in names if not name.endswith(_END)]
    if other:
        raise InputRefused(f"The file holds '{other[0][:60]}', which is not an array.", _DO)
    twice = sorted({name for name in names if names.count(name) > 1}) if len(names) < 1000 else []
    if twice:
        raise InputRefused(f"The file holds '{twice[0][:60]}' twice.", "Write each array once.")
    if len(names) > MOST_ARRAYS:
        raise InputRefused(f"The file holds more than {MOST_ARRAYS} arrays.", _DO)
    if sum(m.file_size for m in members) > MOST_BYTES:
        raise InputRefused(
            f"The arrays of the file are larger than {MOST_BYTES // 10**9} GB unpacked.",
            "Group equal households in one row (count), or solve it in parts.",
        )


def _array(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Ints:
    name = member.filename.removesuffix(_END)
    with archive.open(member) as entry:
        size, kind = _declared(entry)
        if kind not in "iufb":
            raise InputRefused(
                f"'{name}' does not hold plain numbers; it was not opened.", "Use whole numbers."
            )
        if size != member.file_size - entry.tell():  # before memory is set aside for it
            raise InputRefused(f"'{name}' is not as large as it says it is.", _DO)
    with archive.open(member) as entry:
        array: Ints = np.lib.format.read_array(entry, allow_pickle=False)
        if entry.read(1):
            raise InputRefused(f"'{name}' is not as large as it says it is.", _DO)
    return array


def _declared(entry: IO[bytes]) -> tuple[int, str]:
    """Bytes and kind of number that an array says it has; nothing else of it is read."""
    version = np.lib.format.read_magic(entry)
    read = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }
    shape, _, dtype = read[version](entry)
    if any(axis < 0 for axis in shape):
        raise ValueError("an axis is negative")
    return math.prod(shape) * dtype.itemsize, dtype.kind if dtype.names is None else "V"
