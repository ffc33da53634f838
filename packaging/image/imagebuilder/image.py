"""One guest image: finds out whether it is there already, or builds it."""

import hashlib
import json
import os
import shutil
import tempfile
from functools import cached_property
from pathlib import Path

from . import Failure, run, say
from .contents import (BASE_PACKAGES, COMMAND_LINE, KERNEL_PACKAGE, MODULES, PORT, PROTOCOL, RUNTIMES)
from .cpio import Cpio
from .disk import build_disk
from .kernel import extract_vmlinux
from .packages import PackageCache

KEPT = 3  # images, the current one included: a running pool may still use the one before

PASSWD = "root:x:0:0:root:/:/bin/sh\nfunction:x:10001:10001:function:/tmp:/bin/sh\n"
GROUP = "root:x:0:\nfunction:x:10001:\n"
HOSTS = "127.0.0.1 localhost\n"


class Image:
    def __init__(self, agent, resources, cache, output, runtimes):
        if not agent.exists():
            raise Failure(f"there is no agent at {agent}; build it with make build, or name it with --agent")
        self.agent_path = agent
        self.resources = resources
        self.cache = PackageCache(cache)
        self.output = output
        self.runtimes = runtimes

    def build(self) -> Path:
        wanted = {name for runtime in self.runtimes for name in RUNTIMES[runtime]["packages"]}
        self.packages = self.cache.resolve(KERNEL_PACKAGE, [*BASE_PACKAGES, *wanted])
        digest = self.digest()
        folder = self.output / digest[:16]
        if not (folder / "manifest.json").exists():
            say(f"==> Building the guest image {folder.name} ({', '.join(self.runtimes)})")
            with tempfile.TemporaryDirectory(dir=self.output, prefix=".building-") as scratch:
                built = Path(scratch) / "image"
                built.mkdir()
                self.build_into(built, Path(scratch), digest)
                os.chmod(built, 0o755)
                built.rename(folder)
        self.make_current(folder)
        return folder

    @cached_property
    def agent(self):
        with tempfile.TemporaryDirectory() as scratch:
            stripped = Path(scratch) / "agent"
            run("strip", "-o", stripped, self.agent_path, why=f"{self.agent_path} is no program")
            content = stripped.read_bytes()
        if b"/lib64/ld-linux" in content[:4096]:
            raise Failure(f"{self.agent_path} is not static, so it cannot be init; build it with the release preset")
        return content

    def runtime_files(self, name):
        folder = self.resources / name
        if not (folder / "runtime.conf").exists():
            raise Failure(f"there are no files of the runtime {name} in {self.resources}")
        return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)

    def digest(self):
        """Of everything that the image is made from."""
        hashed = hashlib.sha256()

        def add(label, content):
            hashed.update(f"{label}\0{len(content)}\0".encode() + content)

        for package in self.packages:
            add(f"package {package.name}", f"{package.version} {package.checksum}".encode())
        add("agent", self.agent)
        for name in self.runtimes:
            for path in self.runtime_files(name):
                add(f"runtime {path.relative_to(self.resources)}", path.read_bytes())
        for path in sorted(Path(__file__).parent.glob("*.py")):
            add(f"builder {path.name}", path.read_bytes())
        return hashed.hexdigest()

    def build_into(self, built, scratch, digest):
        kernel = self.kernel_package()
        say(f"==> Kernel {kernel.version}")
        system = scratch / "system"
        self.cache.extract(kernel, system)
        (boot,) = (system / "boot").glob("vmlinuz-*")
        (built / "vmlinux").write_bytes(extract_vmlinux(boot.read_bytes()))
        for package in self.named(BASE_PACKAGES):
            self.cache.extract(package, system)
        say("==> Initramfs")
        (built / "initramfs.cpio").write_bytes(self.initramfs(system))
        disks = {}
        for name in self.runtimes:
            if RUNTIMES[name]["packages"]:
                say(f"==> Disk of {name}")
                tree = scratch / name
                tree.mkdir()
                disks[name] = f"{name}.erofs"
                build_disk(self.cache, self.named(RUNTIMES[name]["packages"]), RUNTIMES[name], self.resources / name, tree,
                           built / disks[name])
        release = boot.name.removeprefix("vmlinuz-")
        manifest = self.manifest(built, digest, release, disks)
        (built / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")

    def kernel_package(self):
        return next(package for package in self.packages if package.name.startswith("linux-image-"))

    def named(self, names):
        return [package for package in self.packages if package.name in names]

    def initramfs(self, system):
        cpio = Cpio()
        cpio.file("base/usr/lib/dogwatch/agent", self.agent, 0o755)
        cpio.link("init", "base/usr/lib/dogwatch/agent")
        cpio.link("base/usr/bin/dogwatch-emit", "../lib/dogwatch/agent")
        for position, name in enumerate(MODULES):
            cpio.file(f"modules/{position:02}-{name}.ko", module(system, name))
        busybox = system / "bin/busybox"
        if not busybox.exists():
            busybox = system / "usr/bin/busybox"
        cpio.file("base/usr/bin/busybox", busybox.read_bytes(), 0o755)
        for applet in run(busybox, "--list", why="busybox does not run here").split():
            if applet != "busybox":
                cpio.link(f"base/usr/bin/{applet}", "busybox")
        for name in ("bin", "sbin", "lib", "lib64"):
            target = "usr/bin" if name == "sbin" else f"usr/{name}"
            cpio.link(f"base/{name}", target)
        for name in ("dev", "proc", "run", "tmp", "usr/lib64", "usr/local/bin", "var/task"):
            cpio.parents(f"base/{name}/x")
        for name, content in (("passwd", PASSWD), ("group", GROUP), ("hosts", HOSTS)):
            cpio.file(f"base/etc/{name}", content.encode())
        for name in self.runtimes:
            if not RUNTIMES[name]["packages"]:
                for path in self.runtime_files(name):
                    cpio.file(f"base/opt/dogwatch/runtimes/{path.relative_to(self.resources)}", path.read_bytes())
        return cpio.bytes()

    def manifest(self, built, digest, release, disks):
        def described(name, **more):
            content = (built / name).read_bytes()
            return {"file": name, **more, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}

        return {
            "format": 1,
            "hash": digest,
            "protocol": PROTOCOL,
            "kernel": described("vmlinux", version=release),
            "initramfs": described("initramfs.cpio"),
            "disks": {name: described(file) for name, file in disks.items()},
            "runtimes": {
                name: {"disks": [name] if name in disks else [], "resident": RUNTIMES[name]["resident"]}
                for name in self.runtimes
            },
            "command_line": COMMAND_LINE,
            "port": PORT,
            "modules": MODULES,
            "packages": [
                {"name": package.name, "version": package.version, "checksum": package.checksum} for package in self.packages
            ],
        }

    def make_current(self, folder):
        link = self.output / "current"
        if not link.is_symlink() or os.readlink(link) != folder.name:
            fresh = self.output / ".current"
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(folder.name)
            fresh.rename(link)
        os.utime(folder)
        images = sorted((path.parent for path in self.output.glob("*/manifest.json") if path.parent != link),
                        key=lambda path: path.stat().st_mtime, reverse=True)
        for old in images[KEPT:]:
            shutil.rmtree(old, ignore_errors=True)


def module(system, name):
    """The content of a kernel module; file names have '-' where module names may have '_'."""
    for path in (system / "lib/modules").rglob("*.ko"):
        if path.stem.replace("-", "_") == name:
            return path.read_bytes()
    raise Failure(f"the kernel package holds no module {name}")
