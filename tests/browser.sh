#!/bin/sh
# What the browser tests need: a Chromium (the user's own, else Debian's), and the script's linters where npm is there.
cd "$(dirname "$0")" || exit 1
. ./apt.sh

have_chromium() {
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && return 0
  done
  [ -d "/Applications/Google Chrome.app" ]
}

linters() {
  [ -d browser/node_modules/typescript ] && return 0
  if command -v npm >/dev/null 2>&1; then
    npm --prefix browser ci --ignore-scripts --no-audit --no-fund --silent ||
      echo "the script's linters could not be installed; their tests skip" >&2
  else
    echo "no npm: the tests that lint the page's script skip" >&2
  fi
}

have_chromium || apt_install Chromium chromium fonts-noto-core || {
  echo "no Chromium found and none could be installed: install one (on Debian, as root: apt-get install chromium" \
    "fonts-noto-core), or set CHROMIUM=/path/to/chromium; make quick runs the tests that need none" >&2
  exit 1
}
linters
exit 0
