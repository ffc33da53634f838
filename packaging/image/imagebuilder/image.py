"""One guest image: the layers it is made of, and the manifest that names them."""

import hashlib
import json
import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import Failure, run, say
from .contents import (BASE_PACKAGES, COMMAND_LINE, KERNEL_PACKAGE, MODULES, NETWORK_MODULES, PORT, PROTOCOL, RUNTIMES,
                       has_disk, packages_of)
from .disk import build_disk
from .initramfs import build_initramfs
from .kernel import build_kernel
from .layers import Layer, Store, facts_of
from .packages import Group, PackageCache

KEPT = 3  # images, the current one included: a running pool may still use the one before


class Image:
    def __init__(self, agent, resources, cache, output, runtimes):
        if not agent.exists():
            raise Failure(f"there is no agent at {agent}; build it with make build, or name it with --agent")
        self.agent_path = agent
        self.resources = resources
        self.cache = PackageCache(cache)
        self.output = output
        self.runtimes = runtimes
        self.disks = [name for name in runtimes if has_disk(name)]

    def build(self) -> Path:
        groups = {"kernel": Group((KERNEL_PACKAGE,)), "base": Group(tuple(BASE_PACKAGES))}
        for name in self.disks:
            groups[f"runtime {name}"] = Group(tuple(packages_of(name)), RUNTIMES[name].get("follow", False))
        self.packages = self.cache.resolve(groups)
        layers = [self.kernel_layer(), *map(self.disk_layer, self.disks)]
        initramfs = self.initramfs_layer(layers[0])
        digest = hashlib.sha256("".join(layer.digest for layer in [*layers, initramfs]).encode()).hexdigest()
        folder = self.output / digest[:16]
        if not (folder / "manifest.json").exists():
            say(f"==> Building the guest image {folder.name} ({', '.join(self.runtimes)})")
            store = Store(self.output / "layers")
            self.assemble(folder, digest, self.built(store, layers), initramfs, store)
        self.make_current(folder)
        return folder

    @staticmethod
    def built(store, layers):
        with ThreadPoolExecutor(max(2, (os.cpu_count() or 2))) as pool:
            return list(pool.map(store.have, layers))

    def assemble(self, folder, digest, folders, initramfs, store):
        """The image is links to the files of its layers, and a manifest."""
        kernel, *disks = folders
        self.kernel_folder = kernel
        parts = [(kernel, "vmlinux"), (store.have(initramfs), "initramfs.cpio")]
        parts += [(disk, f"{name}.erofs") for name, disk in zip(self.disks, disks)]
        with tempfile.TemporaryDirectory(dir=self.output, prefix=".building-") as scratch:
            built = Path(scratch) / "image"
            built.mkdir()
            described = {}
            for layer, name in parts:
                link(layer / name, built / name)
                described[name] = {"file": name, **facts_of(layer)["files"][name]}
            manifest = self.manifest(digest, described, facts_of(kernel)["version"], [layer.name for layer, _ in parts])
            (built / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
            os.chmod(built, 0o755)
            shutil.rmtree(folder, ignore_errors=True)
            built.rename(folder)

    def kernel_layer(self):
        (package,) = self.packages["kernel"]
        layer = Layer("kernel", f"Kernel {package.version}",
                      lambda built, scratch: build_kernel(self.cache, package, MODULES, NETWORK_MODULES, built, scratch))
        layer.add_packages([package])
        return layer

    def disk_layer(self, name):
        packages = self.packages[f"runtime {name}"]
        programs = {program: self.program(program) for program in RUNTIMES[name].get("programs", [])}
        files = self.runtime_files(name)
        what = f"Disk of {name} ({len(packages)} packages)" if packages else f"Disk of {name}"
        layer = Layer(name, what, lambda built, scratch: build_disk(
            self.cache, packages, RUNTIMES[name], self.resources / name, programs, scratch, built / f"{name}.erofs"))
        layer.add_packages(packages)
        for program, content in programs.items():
            layer.add(f"program {program}", content)
        for path in files:
            layer.add(f"file {path.relative_to(self.resources)}", path.read_bytes())
        return layer

    def initramfs_layer(self, kernel):
        agent = stripped(self.agent_path)
        if b"/lib64/ld-linux" in agent[:4096]:
            raise Failure(f"{self.agent_path} is not static, so it cannot be init; build it with the release preset")
        (busybox,) = self.packages["base"]
        files = {path.relative_to(self.resources): path.read_bytes()
                 for name in self.runtimes if name not in self.disks for path in self.runtime_files(name)}
        layer = Layer("initramfs", "Initramfs with the agent", lambda built, scratch: build_initramfs(
            self.cache, busybox, agent, self.kernel_folder, files, built / "initramfs.cpio", scratch))
        layer.add("kernel", kernel.digest.encode())
        layer.add_packages([busybox])
        layer.add("agent", agent)
        for path, content in files.items():
            layer.add(f"file {path}", content)
        return layer

    def program(self, name):
        path = self.agent_path.parent / name
        if not path.exists():
            raise Failure(f"there is no {name} beside the agent in {path.parent}; build it with make build")
        return stripped(path)

    def runtime_files(self, name):
        folder = self.resources / name
        if not (folder / "runtime.conf").exists():
            raise Failure(f"there are no files of the runtime {name} in {self.resources}")
        return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)

    def manifest(self, digest, described, release, layers):
        return {
            "format": 1,
            "hash": digest,
            "protocol": PROTOCOL,
            "kernel": {**described["vmlinux"], "version": release},
            "initramfs": described["initramfs.cpio"],
            "disks": {name: described[f"{name}.erofs"] for name in self.disks},
            "runtimes": {
                name: {"disks": [name] if name in self.disks else [], "resident": RUNTIMES[name]["resident"]}
                for name in self.runtimes
            },
            "command_line": COMMAND_LINE,
            "port": PORT,
            "modules": MODULES,
            "layers": layers,
            "packages": [
                {"name": package.name, "version": package.version, "checksum": package.checksum}
                for package in sorted({package for group in self.packages.values() for package in group})
            ],
        }

    def make_current(self, folder):
        current = self.output / "current"
        if not current.is_symlink() or os.readlink(current) != folder.name:
            fresh = self.output / ".current"
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(folder.name)
            fresh.rename(current)
        os.utime(folder)
        images = sorted((path.parent for path in self.output.glob("*/manifest.json") if path.parent != current),
                        key=lambda path: path.stat().st_mtime, reverse=True)
        for old in images[KEPT:]:
            shutil.rmtree(old, ignore_errors=True)
        used = set()
        for image in images[:KEPT]:
            used |= set(json.loads((image / "manifest.json").read_text()).get("layers", []))
        Store(self.output / "layers").prune(used)


def stripped(path):
    with tempfile.TemporaryDirectory() as scratch:
        content = Path(scratch) / "stripped"
        run("strip", "-o", content, path, why=f"{path} is no program")
        return content.read_bytes()


def link(source, target):
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        shutil.copyfile(source, target)
