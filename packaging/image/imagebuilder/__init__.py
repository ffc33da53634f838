"""The parts of build-image."""

import os
import subprocess


class Failure(Exception):
    """One sentence for the user: what, why, and the mend."""


def say(text):
    print(text, flush=True)


def run(*command, why, env=None):
    """The standard output of a program; a Failure that begins with `why` and ends with its own words otherwise."""
    # No locale and no time zone: what programs print and sort must not depend on who builds.
    clean = {"PATH": os.environ.get("PATH", "") + ":/usr/sbin:/sbin", "LC_ALL": "C", "TZ": "UTC", "HOME": "/nonexistent"}
    for name in ("http_proxy", "https_proxy", "no_proxy", "APT_CONFIG"):
        if name in os.environ:
            clean[name] = os.environ[name]
    try:
        done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL, capture_output=True,
                              env={**clean, **(env or {})})
    except FileNotFoundError:
        raise Failure(f"{why}: {command[0]} is not installed; run packaging/install-dependencies") from None
    if done.returncode != 0:
        words = done.stderr.decode(errors="replace").strip().splitlines()
        raise Failure(f"{why}: {words[-1] if words else command[0] + ' failed'}")
    return done.stdout.decode(errors="replace")
