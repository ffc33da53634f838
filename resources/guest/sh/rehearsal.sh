# What is loaded and run in a rehearsal, in place of a function.
read -r event
echo "rehearsing $DOGWATCH_EXECUTION" >&2
echo "{\"rehearsed\": $event}"
