#!/bin/sh
# The image builder: the same inputs give the same bytes in another place, and nothing is built twice.
# Skipped (status 77) where the packages are neither cached nor to be had. Usage: tst_guest_image.sh BUILDER AGENT CACHE
set -eu
builder=$1 agent=$2 cache=$3
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
elsewhere=$work
if [ -w /dev/shm ] && [ "$(df -k --output=avail /dev/shm | tail -1)" -gt 1000000 ]; then
    elsewhere=$(mktemp -d /dev/shm/dogwatch-XXXXXX) && trap 'rm -rf "$work" "$elsewhere"' EXIT
fi

if ! "$builder" --agent "$agent" --cache "$cache" --output "$work/one" >"$work/log" 2>&1; then
    cat "$work/log"
    if grep -q 'no network\|apt-get update' "$work/log"; then echo "SKIP: no packages and no network"; exit 77; fi
    exit 1
fi
(umask 077 && "$builder" --agent "$agent" --cache "$cache" --output "$elsewhere/two" >/dev/null)

one=$(readlink "$work/one/current") two=$(readlink "$elsewhere/two/current")
[ "$one" = "$two" ] || { echo "FAIL: two builds of the same inputs have the hashes $one and $two"; exit 1; }
for file in "$work/one/$one"/*; do
    cmp "$file" "$elsewhere/two/$two/$(basename "$file")" || { echo "FAIL: $(basename "$file") is not reproducible"; exit 1; }
done

before=$(stat -c %Y "$work/one/$one/vmlinux")
"$builder" --agent "$agent" --cache "$cache" --output "$work/one" >"$work/log"
if grep -q Building "$work/log"; then echo "FAIL: unchanged inputs were built again"; exit 1; fi
[ "$before" = "$(stat -c %Y "$work/one/$one/vmlinux")" ] || { echo "FAIL: an unchanged image was rewritten"; exit 1; }

if "$builder" --agent "$work/none" --cache "$cache" --output "$work/one" 2>"$work/log"; then
    echo "FAIL: built an image without an agent"; exit 1
fi
[ "$(wc -l <"$work/log")" = 1 ] || { echo "FAIL: a missing agent is not told in one sentence:"; cat "$work/log"; exit 1; }
echo "PASS: $one"
