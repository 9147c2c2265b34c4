#!/usr/bin/env bash
# Installs what the tests need and says whether the tree is good: format, vet,
# staticcheck, and every test with the race detector, browser tests included.
set -euo pipefail
cd "$(dirname "$0")"

say() { printf '\n== %s\n' "$*"; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

install() {
  local missing=()
  command -v chromium >/dev/null || missing+=(chromium)
  command -v gcc >/dev/null || missing+=(gcc libc6-dev) # the race detector links with it; the program itself does not
  command -v pdftotext >/dev/null || missing+=(poppler-utils) # what extracted text is compared with
  command -v tesseract >/dev/null || missing+=(tesseract-ocr) # reads pages that are only pictures
  [ -e /usr/share/tesseract-ocr/5/tessdata/ara.traineddata ] || missing+=(tesseract-ocr-ara)
  [ -e /usr/share/tesseract-ocr/5/tessdata/fra.traineddata ] || missing+=(tesseract-ocr-fra)
  command -v hunspell >/dev/null || missing+=(hunspell) # the spelling of the documents
  [ -e /usr/share/hunspell/en_GB.dic ] || missing+=(hunspell-en-gb)
  [ -e /usr/share/hunspell/fr.dic ] || missing+=(hunspell-fr)
  [ -e /usr/share/hunspell/ar.dic ] || missing+=(hunspell-ar)
  command -v fc-list >/dev/null || missing+=(fontconfig)
  [ -d /usr/share/fonts/truetype/noto ] || missing+=(fonts-noto-core)
  if [ ${#missing[@]} -eq 0 ]; then return; fi
  if ! command -v apt-get >/dev/null; then
    echo "please install these programs and run this again: ${missing[*]}" >&2
    exit 1
  fi
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
}

say "what the tests need"
install
go version
chromium --version 2>/dev/null

say "gofmt"
unformatted=$(git ls-files '*.go' | xargs gofmt -l)
if [ -n "$unformatted" ]; then
  echo "not formatted:" $unformatted >&2
  exit 1
fi

say "a static binary without cgo"
CGO_ENABLED=0 go build -trimpath -o /dev/null ./cmd/marsa
for target in darwin/arm64 windows/amd64; do
  GOOS=${target%/*} GOARCH=${target#*/} CGO_ENABLED=0 go vet ./cmd/marsa ./internal/control ./internal/extract/worker
done

say "vet"
go vet ./...

say "staticcheck"
go run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...

say "tests"
go test -race -timeout 20m ./...
