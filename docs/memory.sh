#!/bin/sh
# How much memory marsa takes over many publications.
#
#	docs/memory.sh [N] DATA-DIR...
#
# makes N publications (1,000) of 25 pages out of the pages of a library, takes
# them in as Markdown files, asks every question of internal/eval/testdata over
# HTTP, and prints the peaks. It needs GNU time and curl.
set -eu
cd "$(dirname "$0")/.."
n=1000
case ${1-} in
*[!0-9]* | '') ;;
*) n=$1; shift ;;
esac
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
go build -o "$work/marsa" ./cmd/marsa
go run ./internal/eval -speed "$n" -to "$work/made" "$1"
du -sm "$work/made"
MARSA_OCR=off /usr/bin/time -f 'ingest: %e s, %M KiB at the peak' "$work/marsa" --data-dir "$work/data" ingest "$work/made" >/dev/null
port=8321
"$work/marsa" --data-dir "$work/data" serve --address "127.0.0.1:$port" 2>/dev/null &
server=$!
until curl -sf "http://127.0.0.1:$port/api/v1/search" >/dev/null; do sleep 0.2; done
echo "serve: $(awk '/VmHWM/ {print $2}' "/proc/$server/status") KiB when it answers"
for file in internal/eval/testdata/questions*.tsv; do
	tail -n +2 "$file" | cut -f 2,4 | while IFS="$(printf '\t')" read -r lang question; do
		curl -sfG "http://127.0.0.1:$port/$lang/search" --data-urlencode "q=$question" >/dev/null
	done
done
echo "serve: $(awk '/VmHWM/ {print $2}' "/proc/$server/status") KiB after all questions"
