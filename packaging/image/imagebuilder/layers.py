"""Layers: the parts that images share. A layer is named by a hash of all that it is made from, built once, and then
kept for as long as an image that stands uses it."""

import hashlib
import json
import os
import shutil
import tempfile
import time
from pathlib import Path

from . import say


class Layer:
    """What goes into one layer, and how it is built. `describe` is what the user reads while it is."""

    def __init__(self, name, describe, build):
        self.name = name
        self.describe = describe
        self.build = build  # called with the folder to put the files into and one for scratch; may return facts
        self.hashed = hashlib.sha256()
        self.add("builder", builder())

    def add(self, label, content):
        self.hashed.update(f"{label}\0{len(content)}\0".encode() + content)

    def add_packages(self, packages):
        for package in packages:
            self.add(f"package {package.name}", f"{package.version} {package.checksum}".encode())

    @property
    def digest(self):
        return self.hashed.hexdigest()

    @property
    def folder_name(self):
        return f"{self.name}-{self.digest[:16]}"


class Store:
    """The layers in a folder. Each is a folder of files and `layer.json`, which describes them."""

    def __init__(self, folder: Path):
        self.folder = folder

    def have(self, layer):
        """Builds it if it is not there. Returns its folder."""
        folder = self.folder / layer.folder_name
        if (folder / "layer.json").exists():
            return folder
        self.folder.mkdir(exist_ok=True)
        say(f"==> {layer.describe}")
        began = time.monotonic()
        with tempfile.TemporaryDirectory(dir=self.folder, prefix=".building-") as place:
            built, scratch = Path(place) / "layer", Path(place) / "scratch"
            built.mkdir()
            scratch.mkdir()
            facts = layer.build(built, scratch) or {}
            files = {path.name: described(path) for path in sorted(built.iterdir())}
            (built / "layer.json").write_text(json.dumps({"files": files, **facts}, indent=2) + "\n")
            os.chmod(built, 0o755)
            shutil.rmtree(folder, ignore_errors=True)  # half a layer, where a disk was full
            built.rename(folder)
        size = sum(file["bytes"] for file in files.values())
        say(f"    {layer.name}: {size / 1e6:.1f} MB in {time.monotonic() - began:.0f} s")
        return folder

    def prune(self, used):
        for folder in self.folder.glob("*"):
            if folder.name not in used:
                shutil.rmtree(folder, ignore_errors=True)


def facts_of(folder: Path):
    return json.loads((folder / "layer.json").read_text())


def described(path: Path):
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"sha256": digest, "bytes": path.stat().st_size}


def builder():
    """The builder itself: another one may make other layers of the same things."""
    hashed = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        hashed.update(f"{path.name}\0".encode() + path.read_bytes())
    return hashed.digest()
