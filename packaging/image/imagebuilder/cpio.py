"""An initramfs, written so that the same files give the same bytes: sorted, owned by root, without times."""

import os
import stat


class Cpio:
    """The "newc" format of cpio (Documentation/driver-api/early-userspace/buffer-format.rst of Linux)."""

    def __init__(self):
        self.entries = {}

    def folder(self, name, mode=0o755):
        self.entries[name] = (stat.S_IFDIR | mode, b"")

    def file(self, name, content, mode=0o644):
        self.parents(name)
        self.entries[name] = (stat.S_IFREG | mode, content)

    def link(self, name, target):
        self.parents(name)
        self.entries[name] = (stat.S_IFLNK | 0o777, target.encode())

    def parents(self, name):
        folder = os.path.dirname(name)
        if folder and folder not in self.entries:
            self.parents(folder)
            self.folder(folder)

    def bytes(self):
        parts = []
        for inode, name in enumerate(sorted(self.entries), 1):
            parts.append(entry(inode, name, *self.entries[name]))
        parts.append(entry(0, "TRAILER!!!", 0, b""))
        return b"".join(parts)


def entry(inode, name, mode, content):
    path = name.encode() + b"\0"
    links = 2 if stat.S_ISDIR(mode) else 1
    fields = (inode, mode, 0, 0, links, 0, len(content), 0, 0, 0, 0, len(path), 0)
    head = b"070701" + b"".join(b"%08X" % field for field in fields) + path
    return padded(head) + padded(content)


def padded(data):
    return data + b"\0" * (-len(data) % 4)
