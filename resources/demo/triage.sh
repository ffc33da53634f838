# Writes a note about failed imports: what failed last, and what to do. Its payload comes on standard input; the
# last line that it prints is its result.
payload=$(cat)
batch=$(printf '%s' "$payload" | sed -n 's/.*"execution" *: *"\([^"]*\)".*/\1/p')
reason=$(printf '%s' "$payload" | sed -n 's/.*"message" *: *"\([^"]*\)".*/\1/p')
echo "Imports are failing. The last one, ${batch:-unknown}, said: ${reason:-nothing}"
echo "To do: ask the shop for a clean file, then retry what is in the dead letters."
dogwatch-emit imports.triaged "{\"execution\":\"$batch\"}"
echo "{\"triaged\":\"$batch\"}"
