"""What goes into the image."""

KERNEL_PACKAGE = "linux-image-cloud-amd64"  # depends on the real one
BASE_PACKAGES = ["busybox-static"]

# In the order in which the agent loads them; everything virtio is a module in Debian's cloud kernel.
MODULES = ["virtio_ring", "virtio", "virtio_mmio", "virtio_console", "virtio_blk", "libcrc32c", "erofs", "overlay"]

# What boots fast and does not hang. The host adds tsc_early_khz. `mitigations=off` concerns the guest's own kernel,
# which serves one function.
COMMAND_LINE = (
    "quiet reboot=t panic=-1 tsc=reliable no_timer_check cryptomgr.notests=1 random.trust_cpu=on noreplace-smp "
    "init_on_alloc=0 mitigations=off rcupdate.rcu_expedited=1 lsm= audit=0 ipv6.disable=1 "
    "initcall_blacklist=init_kprobe_trace,cubictcp_register,load_system_certificate_list"
)
PORT = "org.dogwatch.agent"
PROTOCOL = 1

C_LIBRARIES = ["libc6", "libgcc-s1"]

# A runtime without packages lies in the initramfs; one with packages has a disk of its own.
RUNTIMES = {
    "sh": {"packages": [], "resident": False},
    "python3": {
        "packages": [
            *C_LIBRARIES, "python3.11-minimal", "libpython3.11-minimal", "libpython3.11-stdlib", "libbz2-1.0", "libcrypt1",
            "libexpat1", "libffi8", "liblzma5", "libsqlite3-0", "libssl3", "libuuid1", "media-types", "tzdata", "zlib1g",
        ],
        "resident": True,
        "links": {"usr/bin/python3": "python3.11"},
        "python": "usr/bin/python3.11",  # compile the standard library for it
    },
}

# Left out of every disk: not needed to run code.
LEFT_OUT = [
    "usr/share/doc", "usr/share/man", "usr/share/lintian", "usr/share/locale", "usr/share/bug", "usr/share/info",
    "usr/share/binfmts", "usr/share/applications", "usr/share/pixmaps", "usr/share/menu", "usr/share/doc-base",
    "usr/share/zoneinfo/right", "usr/share/zoneinfo/posix", "usr/lib/python3.11/lib2to3",
    "usr/lib/python3.11/ensurepip", "usr/lib/python3.11/pydoc_data", "usr/lib/x86_64-linux-gnu/gconv",
]
