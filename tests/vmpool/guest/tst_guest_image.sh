#!/bin/sh
# The image builder: the same inputs give the same bytes in another place, nothing is built twice, and another agent makes
# a new initramfs only. Skipped (status 77) where the packages are neither cached nor to be had.
# Usage: tst_guest_image.sh BUILDER AGENT CACHE IMAGES OTHER-AGENT
set -eu
builder=$1 agent=$2 cache=$3 images=$4 other=$5
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
if [ -w /dev/shm ] && [ "$(df -k --output=avail /dev/shm | tail -1)" -gt 1500000 ]; then
    rm -rf "$work" && work=$(mktemp -d /dev/shm/dogwatch-XXXXXX)
fi
fail() { echo "FAIL: $*"; exit 1; }
build() { "$builder" --agent "$agent" --cache "$cache" --output "$work/two" "$@"; }

if ! (umask 077 && build >"$work/log" 2>&1); then
    cat "$work/log"
    if grep -q 'no network\|apt-get update' "$work/log"; then echo "SKIP: no packages and no network"; exit 77; fi
    exit 1
fi
hash=$(readlink "$work/two/current")
if [ ! -e "$images/$hash/manifest.json" ]; then  # make image made it, unless the agent was built since
    images=$work/one
    "$builder" --agent "$agent" --cache "$cache" --output "$images" >/dev/null
    [ "$(readlink "$images/current")" = "$hash" ] || fail "two builds of the same inputs have different hashes"
fi
for file in "$images/$hash"/*; do
    cmp "$file" "$work/two/$hash/$(basename "$file")" || fail "$(basename "$file") is not reproducible"
done

before=$(stat -c %Y "$work/two/$hash/vmlinux")
build >"$work/log"
if grep -q '==>' "$work/log"; then cat "$work/log"; fail "unchanged inputs were built again"; fi
[ "$before" = "$(stat -c %Y "$work/two/$hash/vmlinux")" ] || fail "an unchanged image was rewritten"

mkdir "$work/bin"
cp "$(dirname "$agent")"/dogwatch-lua "$(dirname "$agent")"/dogwatch-reseed.node "$work/bin"
cp "$other" "$work/bin/dogwatch-agent"
build --agent "$work/bin/dogwatch-agent" >"$work/log"
grep -q 'Initramfs' "$work/log" || fail "another agent makes no new initramfs"
if grep -q 'Disk of\|Kernel' "$work/log"; then cat "$work/log"; fail "another agent makes more than a new initramfs"; fi
[ -e "$work/two/$hash/manifest.json" ] || fail "the image before was not kept"

if build --agent "$work/none" 2>"$work/log"; then fail "built an image without an agent"; fi
[ "$(wc -l <"$work/log")" = 1 ] || { cat "$work/log"; fail "a missing agent is not told in one sentence"; }
echo "PASS: $hash"
