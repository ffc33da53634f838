"""Debian packages: which version apt would install, downloaded once, kept in a cache."""

import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote

from . import Failure, run, say

APT = ["apt-get", "-q", "-o", "APT::Sandbox::User=root"]  # without: a warning when root downloads
APT_LISTS = Path("/var/lib/apt/lists")
LINE = re.compile(r"^'[^']*' (\S+)_(\S+)_(\S+)\.deb \d+ (\S*)$")


@dataclass(frozen=True, order=True)
class Package:
    name: str
    version: str
    file: str
    checksum: str  # as apt tells it, such as SHA256:…


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

    def resolve(self, kernel, names):
        """What apt would install now; offline and without apt's lists, what was used the last time."""
        wanted = ",".join(sorted({kernel, *names}))
        lists = fingerprint(APT_LISTS)
        known, packages = self.recorded(wanted)
        if packages and known == lists:
            return packages  # asking apt takes seconds
        try:
            fresh = self.ask_apt(kernel, names)
            self.download([package for package in fresh if not self.path(package).exists()])
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
        packages = [Package(**package) for package in entry["packages"]]
        whole = packages and all(self.path(package).exists() for package in packages)
        return entry["lists"], packages if whole else None

    def record(self, wanted, lists, packages):
        records = self.records()
        records[wanted] = {"lists": lists, "packages": [asdict(package) for package in packages]}
        temporary = self.folder / "selection.new"
        temporary.write_text(json.dumps(records, indent=1))
        temporary.rename(self.folder / "selection.json")

    def records(self):
        try:
            return json.loads((self.folder / "selection.json").read_text())
        except (FileNotFoundError, ValueError):
            return {}

    @staticmethod
    def ask_apt(kernel, names):
        mend = "run apt-get update, with network, and try again"
        shown = run("apt-cache", "show", "--no-all-versions", kernel, why=f"apt knows no package {kernel}; {mend}")
        real = re.search(r"^Depends:.*?\b(linux-image-[0-9]\S*)", shown, re.MULTILINE)
        if not real:
            raise Failure(f"the package {kernel} names no kernel; {mend}")
        lines = run(*APT, "download", "--print-uris", *sorted({real[1], *names}),
                    why=f"apt does not know all the packages that the guest needs; {mend}")
        packages = []
        for match in map(LINE.match, lines.splitlines()):
            if match:
                version = unquote(match[2])
                packages.append(Package(match[1], version, f"{match[1]}_{match[2]}_{match[3]}.deb", match[4]))
        return sorted(packages)

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
        kind, _, digits = package.checksum.partition(":")
        if kind == "SHA256" and hashlib.sha256(file.read_bytes()).hexdigest() != digits:
            raise Failure(f"{file} is damaged; remove it and try again")

    def path(self, package):
        return self.folder / package.file

    def extract(self, package, folder):
        """The package's files below `folder`. Nothing of it is run."""
        self.check(package, self.path(package))
        run("dpkg-deb", "-x", self.path(package), folder, why=f"{package.file} cannot be unpacked")
