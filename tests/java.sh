#!/bin/sh
# What the Spark tests need: a Java of 17 or newer (the user's own, else Debian's), and pyspark in the environment $1.
. "$(dirname "$0")/apt.sh"

new_enough() {
  "$1" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | { read -r major && [ "${major:-0}" -ge 17 ]; }
}

have_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    [ -x "$JAVA_HOME/bin/java" ] && new_enough "$JAVA_HOME/bin/java"
    return
  fi
  command -v java >/dev/null 2>&1 && new_enough java
}

# Debian 12 has 17, Debian 13 only 21.
install_java() {
  apt_install "Java 17" openjdk-17-jre-headless || apt_install "Java 17" openjdk-21-jre-headless
}

install_pyspark() {
  "$1/bin/python" -c 'import pyspark, grpc' 2>/dev/null && return 0
  echo "installing pyspark into $1 (450 MB, a minute)" >&2
  "$1/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock
}

have_java || install_java || {
  echo "no Java 17 found and none could be installed: install one, or set JAVA_HOME; the Spark tests skip" >&2
  exit 0
}
install_pyspark "${1:-.venv}"
