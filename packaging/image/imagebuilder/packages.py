"""Debian packages: which version apt would install, downloaded once, kept in a cache."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote

from . import Failure, run, say

APT = ["apt-get", "-q", "-o", "APT::Sandbox::User=root"]  # without: a warning when root downloads
LINE = re.compile(r"^'[^']*' (\S+)_(\S+)_(\S+)\.deb \d+ (\S*)$")


@dataclass(frozen=True, order=True)
class Package:
    name: str
    version: str
    file: str
    checksum: str  # as apt tells it, such as SHA256:…


class PackageCache:
    def __init__(self, folder: Path):
        self.folder = folder

    def resolve(self, kernel, names):
        """What apt would install now; offline and without apt's lists, what was used the last time."""
        record = self.folder / "resolved.json"
        wanted = sorted({kernel, *names})
        try:
            packages = self.ask_apt(kernel, names)
            self.download([package for package in packages if not self.path(package).exists()])
        except Failure as failure:
            packages = self.recorded(record, wanted)
            if packages is None:
                raise
            say(f"==> {failure}")
            say("==> Going on with the packages of the last build, from the cache")
            return packages
        known = json.loads(record.read_text()) if record.exists() else {}
        known[",".join(wanted)] = [asdict(package) for package in packages]
        temporary = record.with_suffix(".new")
        temporary.write_text(json.dumps(known, indent=1))
        temporary.rename(record)
        return packages

    def recorded(self, record, wanted):
        known = json.loads(record.read_text()) if record.exists() else {}
        packages = [Package(**entry) for entry in known.get(",".join(wanted), [])]
        return packages if packages and all(self.path(package).exists() for package in packages) else None

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
