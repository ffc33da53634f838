"""What goes into the image."""

KERNEL_PACKAGE = "linux-image-cloud-amd64"  # depends on the real one
BASE_PACKAGES = ["busybox-static"]

# In the order in which the agent loads them; everything virtio is a module in Debian's cloud kernel.
MODULES = ["virtio_ring", "virtio", "virtio_mmio", "virtio_console", "virtio_blk", "libcrc32c", "erofs", "overlay",
           "pvpanic", "pvpanic_mmio"]  # so that a panic is told to the host
# Loaded where there is a network card.
NETWORK_MODULES = ["failover", "net_failover", "virtio_net"]

# What boots fast and does not hang. The host adds tsc_early_khz. `mitigations=off` concerns the guest's own kernel,
# which serves one function.
COMMAND_LINE = (
    "quiet reboot=t panic=-1 tsc=reliable no_timer_check cryptomgr.notests=1 random.trust_cpu=on noreplace-smp "
    "init_on_alloc=0 mitigations=off rcupdate.rcu_expedited=1 lsm= audit=0 psi=0 ipv6.disable=1 "
    "initcall_blacklist=init_kprobe_trace,cubictcp_register,load_system_certificate_list"
)
PORT = "org.dogwatch.agent"
PROTOCOL = 1

C_LIBRARIES = ["libc6", "libgcc-s1"]

# A runtime with packages or programs has a disk of its own, so that nobody pays for what he does not use; one with
# neither lies in the initramfs.
#   packages   Debian packages; with "follow" all that they depend on, too
#   programs   of our own, built beside the agent; they go into the runtime's folder
#   links      symbolic links to make
RUNTIMES = {
    "sh": {"resident": False},
    "python3": {
        "packages": [
            *C_LIBRARIES, "ca-certificates", "python3.11-minimal", "libpython3.11-minimal", "libpython3.11-stdlib",
            "libbz2-1.0", "libcrypt1", "libexpat1", "libffi8", "liblzma5", "libsqlite3-0", "libssl3", "libuuid1",
            "media-types", "tzdata", "zlib1g",
        ],
        "resident": True,
        "links": {"usr/bin/python3": "python3.11"},
        "python": "usr/bin/python3.11",  # compile the standard library for it
    },
    "lua": {"programs": ["dogwatch-lua"], "resident": True},
    "node": {"packages": ["nodejs"], "follow": True, "programs": ["dogwatch-reseed.node"], "resident": True},
    # What executables for Linux usually find: the C and C++ libraries, and for scripts bash, curl and certificates.
    "provided": {
        "packages": ["bash", "ca-certificates", "curl", "libstdc++6", "tzdata", "zlib1g"],
        "follow": True,
        "resident": False,
    },
}

# Dependencies that serve the installation of packages only, not the code inside.
NOT_FOLLOWED = {"base-files", "debconf", "debianutils", "dpkg", "openssl", "perl-base", "tar"}

# Left out of every disk: not needed to run code.
LEFT_OUT = [
    "usr/share/doc", "usr/share/man", "usr/share/lintian", "usr/share/locale", "usr/share/bug", "usr/share/info",
    "usr/share/binfmts", "usr/share/applications", "usr/share/pixmaps", "usr/share/menu", "usr/share/doc-base",
    "usr/share/zoneinfo/right", "usr/share/zoneinfo/posix", "usr/lib/python3.11/lib2to3",
    "usr/lib/python3.11/ensurepip", "usr/lib/python3.11/pydoc_data", "usr/lib/x86_64-linux-gnu/gconv",
    "usr/lib/node_modules",
]


def packages_of(name):
    return RUNTIMES[name].get("packages", [])


def has_disk(name):
    return bool(packages_of(name) or RUNTIMES[name].get("programs"))
