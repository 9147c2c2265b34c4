#!/usr/bin/env bash
# Measures what README.md states: size of the binary, how soon the library
# answers, how long the starter collection takes, and, with a folder of documents
# as argument, how fast that is read and how fast both are searched. Needs curl
# and GNU time.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
marsa=$work/marsa
CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o "$marsa" ./cmd/marsa
echo "binary: $(($(stat -c %s "$marsa") / 1000000)) MB"

ms() { echo $((($(date +%s%N) - $1) / 1000000)); }
peak() { awk -F': ' '/Maximum resident/ {printf "%d MB\n", $2 / 1000}' "$1"; }

began=$(date +%s%N)
/usr/bin/time -v "$marsa" serve --data-dir "$work/lib" --address 127.0.0.1:18099 2>"$work/serve.log" &
until curl -sf -o /dev/null http://127.0.0.1:18099/en/; do sleep 0.01; done
echo "first answer after $(ms "$began") ms"
until grep -q "took in the starter" "$work/serve.log"; do sleep 0.01; done
echo "starter collection in after $(ms "$began") ms"
pkill -INT -f "serve --data-dir $work/lib"
wait
echo "peak memory: $(peak "$work/serve.log")"

if [ $# -gt 0 ]; then
  /usr/bin/time -v "$marsa" ingest --data-dir "$work/lib" "$1" >"$work/ingest.out" 2>"$work/ingest.log" || true # some files may fail
  tail -1 "$work/ingest.out"
  echo "peak memory: $(peak "$work/ingest.log")"
fi
"$marsa" bench --data-dir "$work/lib"
