"""Files of arrays that a stranger hands in: a sentence for whatever is wrong, before memory is used."""

from __future__ import annotations

import io
import pickle
import struct
import zipfile
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrayworlds import small_arrays
from partage.core.errors import InputRefused
from partage.place import npz
from partage.place.instance import instance_from, load_instance, read_instance
from partage.place.npz import arrays_from_bytes, arrays_to_bytes

GOOD = small_arrays(2)


def member(array: np.ndarray, *, pickled: bool = False) -> bytes:
    out = io.BytesIO()
    np.lib.format.write_array(out, array, allow_pickle=pickled)
    return out.getvalue()


def packed(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def header(shape: str, kind: str = "<i4") -> bytes:
    text = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}".encode()
    text += b" " * (118 - len(text) - 1) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text


class Boom:
    """A pickle that would say so if anybody opened it."""

    opened = False

    def __reduce__(self):
        return (setattr, (Boom, "opened", True))


BOOM = member(np.array([Boom()], object), pickled=True)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a readable"),
        (b"value,need\n1,2\n", "not a readable"),
        (member(np.zeros(3)), "not a readable"),
        (pickle.dumps([1]), "not a readable"),
        (packed(("value.npy", BOOM)), "plain numbers"),
        (packed(("value.npy", member(np.array(["a"])))), "plain numbers"),
        (packed(("value.npy", member(np.zeros(2, [("a", int)])))), "plain numbers"),
        (packed(("value.npy", member(np.zeros(2, complex)))), "plain numbers"),
        (packed(("note.txt", b"hello")), "not an array"),
        (packed(("value.npy", b"hello")), "not a readable"),
        (packed(("value.npy", header("(10**9,)"))), "not a readable"),
        (packed(("value.npy", header("(1000000000, 1000)"))), "as large as"),
        (packed(("value.npy", header("(-1, 4)"))), "not a readable"),
        (packed(("value.npy", header("(2,)") + b"\0" * 12)), "as large as"),
        (packed(*[(f"a{n}.npy", member(np.zeros(1))) for n in range(101)]), "more than 100"),
    ],
)
def test_what_is_not_plain_arrays_is_refused(data, says):
    with pytest.raises(InputRefused, match=says) as refused:
        arrays_from_bytes(data)
    assert refused.value.do
    assert not Boom.opened


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_array_that_stands_twice_is_refused():
    one = member(np.zeros(3))
    with pytest.raises(InputRefused, match="twice"):
        arrays_from_bytes(packed(("value.npy", one), ("value.npy", one)))


def test_a_small_file_that_would_fill_the_memory_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(npz, "MOST_BYTES", 1_000_000)
    data = packed(("value.npy", member(np.zeros(2_000_000, np.int8))))
    assert len(data) < 10_000
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("it was unpacked"))
    with pytest.raises(InputRefused, match="unpacked"):
        arrays_from_bytes(data)


def test_a_file_that_lies_about_its_size_gives_no_more_than_it_says():
    data = bytearray(packed(("value.npy", member(np.zeros(100_000, np.int32)))))
    at = data.rindex(b"PK\x01\x02") + 24  # its size, once unpacked, in the table of contents
    data[at : at + 4] = struct.pack("<I", 1000)
    with pytest.raises(InputRefused):
        arrays_from_bytes(bytes(data))


def test_a_flipped_bit_is_noticed():
    data = bytearray(packed(("value.npy", member(np.arange(50)))))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        info = archive.infolist()[0]
    info.CRC ^= 1
    at = data.rindex(b"PK\x01\x02") + 16
    data[at : at + 4] = struct.pack("<I", info.CRC)
    with pytest.raises(InputRefused, match="BadZipFile"):
        arrays_from_bytes(bytes(data))
    assert zlib.crc32(member(np.arange(50))) ^ 1 == info.CRC


@given(st.data())
def test_a_file_that_was_cut_off_or_changed_is_refused_or_the_same(data):
    whole = arrays_to_bytes({name: np.asarray(array) for name, array in GOOD.items()})
    if data.draw(st.booleans()):
        broken = whole[: data.draw(st.integers(0, len(whole) - 1))]
    else:
        at = data.draw(st.integers(0, len(whole) - 1))
        broken = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    try:
        instance, _ = load_instance(broken)
    except InputRefused as refusal:
        assert refusal.what
        assert refusal.do
    else:
        assert instance.to_bytes() == load_instance(whole)[0].to_bytes()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"value": GOOD["value"][:, :-1]}, "'capacity' has the shape"),
        ({"value": GOOD["value"] * np.nan}, r"'value' is not in whole numbers, first at \[0, 0\]"),
        ({"value": GOOD["value"] * 1.0 + np.inf}, "'value' is not in whole"),
        ({"value": np.where(GOOD["need"][:, :1] > 2, 2**31, GOOD["value"])}, r"int32, first at \["),
        ({"capacity": -GOOD["capacity"]}, r"'capacity' has a negative number, first at \[0, 0\]"),
        ({"region_ceiling": [5, -1]}, r"'region_ceiling' has a negative number, first at \[1\]"),
        ({"region_floor": [-5, 1]}, "'region_floor' has a negative number"),
        ({"keep_floor_penalty": [-1], "keep_value": GOOD["value"][None] * 0, "keep_least": [0],
          "keep_region_penalty": [0]}, "'keep_floor_penalty' has a negative"),
        ({"need": GOOD["need"] + 2**15}, "'need' has a number beyond int16"),
        ({"floor_penalty": 2**31}, "'floor_penalty' has a number beyond int32"),
        ({"keep_value": GOOD["value"][None], "keep_least": [2**62 + 1], "keep_floor_penalty": [0],
          "keep_region_penalty": [0]}, "'keep_least' has a number beyond"),
        ({"value": np.full((40, 6), 2**31 - 1), "count": np.full(40, 2**31 - 1)}, "beyond 64 bits"),
        ({"unplaced": np.full(40, -(2**31)), "count": np.full(40, 2**31 - 1)}, "beyond 64 bits"),
        ({"floor": np.full(6, 2**31 - 1), "floor_penalty": 2**31 - 1}, "'value' times"),
        ({"keep_value": np.full((1, 40, 6), 2**31 - 1), "count": np.full(40, 2**31 - 1),
          "keep_least": [0], "keep_floor_penalty": [0], "keep_region_penalty": [0]}, "'keep_value'"),
        ({"value": np.zeros((40, 0)), "capacity": np.zeros((0, 3)), "floor": [], "region": []},
         "no site"),
    ],
)  # fmt: skip
def test_arrays_that_could_not_be_summed_or_do_not_fit_are_refused_with_their_place(changes, says):
    with pytest.raises(InputRefused, match=says) as refused:
        instance_from(GOOD | {name: np.asarray(array) for name, array in changes.items()})
    assert refused.value.do


def test_an_instance_is_read_as_it_was_written_whatever_the_form_of_its_numbers():
    whole = instance_from(GOOD)[0].to_bytes()
    file = io.BytesIO()
    np.savez(file, **{n: np.array(a, ">i8", order="F") for n, a in GOOD.items()})
    again = read_instance(file)[0]
    assert again.to_bytes() == whole
    assert again.value.flags.c_contiguous
    floats = {n: np.asarray(a, float) for n, a in GOOD.items()}
    assert read_instance(io.BytesIO(arrays_to_bytes(floats)))[0].to_bytes() == whole


def test_a_library_user_s_arrays_stay_their_own():
    mine = {name: np.array(array, np.int32) for name, array in GOOD.items()}
    instance, _ = instance_from(mine)
    mine["value"][:] = 0
    assert instance.value.any()
