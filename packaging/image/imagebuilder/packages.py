"""Debian packages: which version apt would install, downloaded once, kept in a cache."""

import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from . import Failure, run, say
from .contents import NOT_FOLLOWED

APT = ["apt-get", "-q", "-o", "APT::Sandbox::User=root"]  # without: a warning when root downloads
APT_LISTS = Path("/var/lib/apt/lists")
MEND = "run apt-get update, with network, and try again"


@dataclass(frozen=True, order=True)
class Package:
    name: str
    version: str
    file: str
    checksum: str  # "SHA256:…"


@dataclass(frozen=True)
class Group:
    """Packages that belong together; with `follow`, all that they depend on belongs to them."""

    names: tuple
    follow: bool = False


def fingerprint(folder):
    """Changes when a file in the folder does."""
    try:
        files = sorted((entry.name, entry.stat().st_size, entry.stat().st_mtime_ns) for entry in os.scandir(folder))
    except FileNotFoundError:
        files = []
    return hashlib.sha256(repr(files).encode()).hexdigest()


class PackageCache:
    def __init__(self, folder: Path):
        self.folder = folder

    def resolve(self, groups):
        """For each name in `groups`, what apt would install now; offline and without apt's lists, what was used the
        last time."""
        wanted = json.dumps({name: [sorted(group.names), group.follow] for name, group in sorted(groups.items())})
        lists = fingerprint(APT_LISTS)
        known, packages = self.recorded(wanted)
        if packages and known == lists:
            return packages  # asking apt takes seconds
        try:
            fresh = Apt().select(groups)
            every = {package for group in fresh.values() for package in group}
            self.download(sorted(package for package in every if not self.path(package).exists()))
        except Failure as failure:
            if packages is None:
                raise
            say(f"==> {failure}")
            say("==> Going on with the packages of the last build, from the cache")
            return packages
        self.record(wanted, lists, fresh)
        return fresh

    def recorded(self, wanted):
        """The state of apt's lists and the packages of the last time; None for what is not there any more."""
        entry = self.records().get(wanted)
        if entry is None:
            return None, None
        groups = {name: [Package(**package) for package in group] for name, group in entry["groups"].items()}
        whole = all(self.path(package).exists() for group in groups.values() for package in group)
        return entry["lists"], groups if whole else None

    def record(self, wanted, lists, groups):
        records = self.records()
        described = {name: [asdict(package) for package in group] for name, group in groups.items()}
        records[wanted] = {"lists": lists, "groups": described}
        temporary = self.folder / "selection.new"
        temporary.write_text(json.dumps(records, indent=1))
        temporary.rename(self.folder / "selections.json")

    def records(self):
        try:
            return json.loads((self.folder / "selections.json").read_text())
        except (FileNotFoundError, ValueError):
            return {}

    def download(self, missing):
        if not missing:
            return
        say(f"==> Downloading {len(missing)} Debian packages into {self.folder}")
        partial = self.folder / "partial"
        partial.mkdir(exist_ok=True)
        why = "the guest's Debian packages cannot be downloaded (no network?); they are needed once, then kept"
        pairs = [f"{package.name}={package.version}" for package in missing]
        run("sh", "-c", 'cd "$0" && exec "$@"', partial, *APT, "download", *pairs, why=why)
        for package in missing:
            loaded = partial / package.file
            if not loaded.exists():
                raise Failure(f"{why}: apt-get left no {package.file}")
            self.check(package, loaded)
            loaded.rename(self.folder / package.file)

    @staticmethod
    def check(package, file):
        digits = package.checksum.removeprefix("SHA256:")
        if hashlib.sha256(file.read_bytes()).hexdigest() != digits:
            raise Failure(f"{file} is damaged; remove it and try again")

    def path(self, package):
        return self.folder / package.file

    def extract(self, package, folder):
        """The package's files below `folder`. Nothing of it is run."""
        self.check(package, self.path(package))
        run("dpkg-deb", "-x", self.path(package), folder, why=f"{package.file} cannot be unpacked")


class Apt:
    """What apt's lists say."""

    def __init__(self):
        self.known = {}  # name: its stanza

    def select(self, groups):
        """For each group its packages, sorted."""
        return {name: self.closed(group) if group.follow else self.packages(map(self.real, group.names))
                for name, group in groups.items()}

    def packages(self, names):
        names = list(names)
        self.read(names)
        return sorted(self.known[name][0] for name in set(names))

    def closed(self, group):
        found, fresh = set(), set(group.names)
        while fresh:
            found |= fresh
            self.read(fresh)
            fresh = {name for each in fresh for name in self.known[each][1]} - found - NOT_FOLLOWED
        return self.packages(found)

    def real(self, name):
        """The package itself, or the kernel that a package without content names."""
        if not name.startswith("linux-image-"):
            return name
        self.read([name])
        kernels = [depended for depended in self.known[name][1] if re.match(r"linux-image-[0-9]", depended)]
        if not kernels:
            raise Failure(f"the package {name} names no kernel; {MEND}")
        return kernels[0]

    def read(self, names):
        missing = sorted(set(names) - self.known.keys())
        if missing:
            self.learn(self.show("--no-all-versions", missing))
            # A version that came from elsewhere cannot be downloaded: then the newest that can.
            self.learn(self.show("--all-versions", [name for name in missing if name not in self.known]))
        for name in missing:
            if name not in self.known:
                raise Failure(f"apt does not know the package {name}, which the guest needs; {MEND}")

    @staticmethod
    def show(versions, names):
        if not names:
            return ""
        return run("apt-cache", "show", versions, *names,
                   why=f"apt does not know all the packages that the guest needs; {MEND}")

    def learn(self, text):
        for stanza in text.split("\n\n"):
            fields = dict(line.split(": ", 1) for line in stanza.splitlines() if re.match(r"[A-Z][\w-]*: ", line))
            name = fields.get("Package")
            if name is None or name in self.known or not fields.keys() >= {"Filename", "SHA256", "Version"}:
                continue
            version = fields["Version"]
            file = f"{name}_{version.replace(':', '%3a')}_{fields['Architecture']}.deb"
            package = Package(name, version, file, f"SHA256:{fields['SHA256']}")
            self.known[name] = (package, dependencies(fields.get("Pre-Depends", "") + "," + fields.get("Depends", "")))


def dependencies(text):
    """The names in a Depends field; of alternatives, the first."""
    names = (re.match(r"[a-z0-9][a-z0-9.+-]*", part.strip()) for part in text.split(","))
    return [name[0] for name in names if name]
