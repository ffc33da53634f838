"""The initramfs: the agent as init, the kernel's modules, busybox, and the runtimes that need no more than it."""

from . import run
from .cpio import Cpio

PASSWD = "root:x:0:0:root:/:/bin/sh\nfunction:x:10001:10001:function:/tmp:/bin/sh\n"
GROUP = "root:x:0:\nfunction:x:10001:\n"
HOSTS = "127.0.0.1 localhost\n"


def build_initramfs(cache, busybox_package, agent, kernel, runtime_files, image, scratch):
    cache.extract(busybox_package, scratch)
    busybox = scratch / "bin/busybox"
    if not busybox.exists():
        busybox = scratch / "usr/bin/busybox"
    cpio = Cpio()
    cpio.file("base/usr/lib/dogwatch/agent", agent, 0o755)
    cpio.link("init", "base/usr/lib/dogwatch/agent")
    cpio.link("base/usr/bin/dogwatch-emit", "../lib/dogwatch/agent")
    for module in sorted(kernel.glob("*.ko")):
        cpio.file(f"modules/{module.name.replace('network-', 'network/')}", module.read_bytes())
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
    for path, content in runtime_files.items():
        cpio.file(f"base/opt/dogwatch/runtimes/{path}", content)
    image.write_bytes(cpio.bytes())
