# Read by browser.sh and java.sh. No function may bear a program's name: command -v would find the function.

# apt_install WORDS PACKAGE...: what WORDS say is missing, from Debian or Ubuntu; by root, or by sudo if it asks nothing.
apt_install() {
  sudo=""
  command -v apt-get >/dev/null 2>&1 || return 1
  [ "$(id -u)" = 0 ] || { sudo -n true 2>/dev/null && sudo="sudo -n"; } || return 1
  echo "no $1 found: installing the system's" >&2
  shift
  $sudo apt-get update -qq || true
  $sudo apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
