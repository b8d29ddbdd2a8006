#!/bin/sh
# What the Spark tests need: a Java of 17 or newer (the user's own, else Debian's), and pyspark in the environment $1.
new_enough() {
  "$1" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | { read -r major && [ "${major:-0}" -ge 17 ]; }
}

java_there() {
  if [ -n "${JAVA_HOME:-}" ]; then
    [ -x "$JAVA_HOME/bin/java" ] && new_enough "$JAVA_HOME/bin/java"
    return
  fi
  command -v java >/dev/null 2>&1 && new_enough java
}

install_java() {
  if command -v apt-get >/dev/null 2>&1; then
    sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    echo "no Java 17 found: installing Debian's" >&2
    $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null && return 0
  fi
  echo "no Java 17 found and none could be installed: install one, or set JAVA_HOME; the Spark tests skip" >&2
  return 1
}

pyspark() {
  "$1/bin/python" -c 'import pyspark, grpc' 2>/dev/null && return 0
  echo "installing pyspark into $1 (450 MB, a minute)" >&2
  "$1/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock
}

java_there || install_java || exit 0
pyspark "${1:-.venv}"
