#!/bin/sh
# What the browser tests need: a Chromium (the user's own, else Debian's), and the script's linters where npm is there.
chromium() {
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && return 0
  done
  [ -d "/Applications/Google Chrome.app" ] && return 0
  if command -v apt-get >/dev/null 2>&1; then
    sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    echo "no Chromium found: installing Debian's" >&2
    $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null && return 0
  fi
  echo "no Chromium found and none could be installed: install one, or set CHROMIUM=/path/to/chromium" >&2
  return 1
}

tools() {
  cd "$(dirname "$0")/browser" || return 0
  [ -d node_modules/typescript ] && return 0
  if command -v npm >/dev/null 2>&1; then
    npm ci --ignore-scripts --no-audit --no-fund --silent || echo "the script's linters could not be installed; their tests skip" >&2
  else
    echo "no npm: the tests that lint the page's script skip" >&2
  fi
}

chromium || exit 1
tools
exit 0
