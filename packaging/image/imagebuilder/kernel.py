"""The kernel that QEMU starts directly: an ELF with a PVH entry, which Debian's bzImage holds compressed; and its
modules."""

import bz2
import gzip
import lzma
import struct
import tempfile
from pathlib import Path

from . import Failure, run


def with_tool(*command):
    """Decompression by a program that reads the file IN and writes the file OUT."""

    def decompress(data):
        with tempfile.TemporaryDirectory() as scratch:
            compressed, plain = Path(scratch) / "in", Path(scratch) / "out"
            compressed.write_bytes(data)
            paths = {"IN": compressed, "OUT": plain}
            run(*(paths.get(word, word) for word in command), why="the kernel cannot be decompressed")
            return plain.read_bytes()

    return decompress


MAGICS = {
    b"\x02\x21\x4c\x18": with_tool("lz4", "-d", "-q", "-f", "IN", "OUT"),
    b"\x28\xb5\x2f\xfd": with_tool("zstd", "-d", "-q", "-f", "IN", "-o", "OUT"),
    b"\xfd7zXZ\0": lzma.decompress,
    b"\x5d\0\0": lambda data: lzma.LZMADecompressor(lzma.FORMAT_ALONE).decompress(data),
    b"\x1f\x8b": gzip.decompress,
    b"BZh": bz2.decompress,
}
PHYS32_ENTRY = 18  # XEN_ELFNOTE_PHYS32_ENTRY, which QEMU looks for


def build_kernel(cache, package, modules, network_modules, built, scratch):
    """vmlinux, and the modules as NN-NAME.ko in the order given; those of the network as network-NN-NAME.ko."""
    cache.extract(package, scratch)
    (boot,) = (scratch / "boot").glob("vmlinuz-*")
    (built / "vmlinux").write_bytes(extract_vmlinux(boot.read_bytes()))
    for prefix, names in (("", modules), ("network-", network_modules)):
        for position, name in enumerate(names):
            (built / f"{prefix}{position:02}-{name}.ko").write_bytes(module(scratch, name))
    return {"version": boot.name.removeprefix("vmlinuz-")}


def module(system, name):
    """The content of a kernel module; file names have '-' where module names may have '_'."""
    for path in (system / "lib/modules").rglob("*.ko"):
        if path.stem.replace("-", "_") == name:
            return path.read_bytes()
    raise Failure(f"the kernel package holds no module {name}")


def extract_vmlinux(bzimage: bytes) -> bytes:
    if bzimage[0x202:0x206] != b"HdrS":
        raise Failure("the kernel package holds no bzImage where one was expected")
    (sectors,) = struct.unpack_from("<B", bzimage, 0x1F1)
    offset, length = struct.unpack_from("<II", bzimage, 0x248)
    start = ((sectors or 4) + 1) * 512 + offset
    payload = bzimage[start : start + length - 4]  # the last four bytes are the size when unpacked
    for magic, decompress in MAGICS.items():
        if payload.startswith(magic):
            vmlinux = decompress(payload)
            if not has_pvh_entry(vmlinux):
                raise Failure("this kernel has no PVH entry, so QEMU cannot start it directly")
            return vmlinux
    raise Failure("the kernel is compressed in a way that is not known here (lz4, zstd, xz, lzma, gzip, bzip2 are)")


def has_pvh_entry(elf: bytes) -> bool:
    if elf[:5] != b"\x7fELF\x02":
        return False
    (headers,) = struct.unpack_from("<Q", elf, 32)
    size, count = struct.unpack_from("<HH", elf, 54)
    for i in range(count):
        kind, _, offset, _, _, length = struct.unpack_from("<IIQQQQ", elf, headers + i * size)
        if kind == 4 and PHYS32_ENTRY in note_types(elf[offset : offset + length]):
            return True
    return False


def note_types(notes: bytes):
    at = 0
    while at + 12 <= len(notes):
        name, description, kind = struct.unpack_from("<III", notes, at)
        if notes[at + 12 : at + 12 + name] == b"Xen\0":
            yield kind
        at += 12 + (name + 3) // 4 * 4 + (description + 3) // 4 * 4
