"""The disk of one runtime: Debian packages and programs of our own laid out as one tree, made into an erofs image."""

import os
import shutil
from pathlib import Path

from . import run
from .contents import LEFT_OUT

UUID = "d0900a7c-0000-4000-8000-000000000001"  # fixed: the same tree gives the same bytes
MERGED = ["bin", "sbin", "lib", "lib64"]


def build_disk(cache, packages, runtime, files, programs, scratch: Path, image: Path):
    """`files`: the runtime's own folder; `programs`: name and content of those that go with them."""
    folder, staged = scratch / "tree", scratch / "package"
    folder.mkdir()
    for package in packages:
        cache.extract(package, staged)
        merge(staged, folder)
    for path in LEFT_OUT:
        shutil.rmtree(folder / path, ignore_errors=True)
    for link, target in runtime.get("links", {}).items():
        (folder / link).symlink_to(target)
    own = folder / "opt/dogwatch/runtimes" / files.name
    shutil.copytree(files, own, ignore=shutil.ignore_patterns("__pycache__"))
    for name, content in programs.items():
        (own / name).write_bytes(content)
        (own / name).chmod(0o755)
    if "python" in runtime:
        compile_python(folder, runtime["python"])
    bundle_certificates(folder)
    normalize(folder)
    run("mkfs.erofs", "--quiet", "-T0", f"-U{UUID}", "--all-root", "-x-1", image, folder,
        why=f"the disk of {files.name} cannot be made")


def merge(staged, folder):
    """Moves a package's files into the tree, with /bin, /lib and their like inside /usr."""
    for name in MERGED:
        if (staged / name).is_dir() and not (staged / name).is_symlink():
            shutil.copytree(staged / name, folder / "usr" / name, symlinks=True, dirs_exist_ok=True)
            shutil.rmtree(staged / name)
    shutil.copytree(staged, folder, symlinks=True, dirs_exist_ok=True)
    shutil.rmtree(staged)
    for name in MERGED:
        if (folder / "usr" / name).exists() and not (folder / name).is_symlink():
            (folder / name).symlink_to(f"usr/{name}")


def compile_python(folder, python):
    """Compiles the library with the guest's own interpreter: its byte code fits no other version."""
    loader = folder / "usr/lib64/ld-linux-x86-64.so.2"
    libraries = folder / "usr/lib/x86_64-linux-gnu"
    library = next(path for path in sorted((folder / "usr/lib").glob("python3.*")) if path.is_dir())
    run(loader.resolve(), "--library-path", libraries, folder / python, "-I", "-S", "-B", "-m", "compileall", "-q", "-f", "-s", folder,
        "-p", "/", "--invalidation-mode", "unchecked-hash", library, folder / "opt",
        why="Python's library cannot be compiled", env={"PYTHONHOME": str(folder / "usr"), "PYTHONHASHSEED": "0"})


def bundle_certificates(folder):
    """What update-ca-certificates does when the package is installed: all of them in the one file that is looked for."""
    certificates = sorted((folder / "usr/share/ca-certificates").rglob("*.crt"))
    if certificates:
        bundle = folder / "etc/ssl/certs/ca-certificates.crt"
        bundle.parent.mkdir(parents=True, exist_ok=True)
        bundle.write_bytes(b"".join(path.read_bytes() for path in certificates))
        found = folder / "usr/lib/ssl/cert.pem"  # where OpenSSL looks
        found.parent.mkdir(parents=True, exist_ok=True)
        found.symlink_to("/etc/ssl/certs/ca-certificates.crt")


def normalize(folder):
    """Nothing of the builder's umask, and no set-user-id programs."""
    for base, folders, files in os.walk(folder):
        for name in folders + files:
            path = os.path.join(base, name)
            if not os.path.islink(path):
                executable = os.path.isdir(path) or os.stat(path).st_mode & 0o111
                os.chmod(path, 0o755 if executable else 0o644)
    os.chmod(folder, 0o755)
