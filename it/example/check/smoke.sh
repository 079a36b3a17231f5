#!/usr/bin/env bash
# Usage: smoke.sh DIRECTORY PLATFORM
#
# Runs the program and loads the library of the example's archive for PLATFORM (linux-x86_64, linux-x86_32,
# linux-aarch_64), unpacked in DIRECTORY. A platform of another machine needs its cross gcc and qemu-user.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
directory=${1:?"usage: smoke.sh DIRECTORY PLATFORM"}
platform=${2:?"usage: smoke.sh DIRECTORY PLATFORM"}

fail() {
  printf 'smoke: %s: %s\n' "$platform" "$1" >&2
  exit 1
}

case $platform in
  linux-x86_64) machine=x86_64 triple=x86_64-linux-gnu qemu=qemu-x86_64 ;;
  linux-x86_32) machine=i686 triple=i686-linux-gnu qemu=qemu-i386 ;;
  linux-aarch_64) machine=aarch64 triple=aarch64-linux-gnu qemu=qemu-aarch64 ;;
  *) fail "not a platform this script can run." ;;
esac
if [[ $(uname -m) == "$machine" ]]; then
  compiler=cc run=()
else
  compiler=$triple-gcc run=("$qemu" -L "/usr/$triple")
fi
for tool in "$compiler" "${run[@]:0:1}"; do
  command -v "$tool" >/dev/null || fail "$tool is not installed."
done

# The one file of that name, wherever in the archive it lies.
delivered() {
  local files=()
  mapfile -d '' files < <(find "$directory" -type f -name "$1" -print0)
  [[ ${#files[@]} -eq 1 ]] || fail "${#files[@]} files named $1 in $directory, expected one."
  printf '%s' "${files[0]}"
}

expect() {
  [[ $2 == "$3" ]] || fail "$1 says '$2', expected '$3'."
  printf 'smoke: %s: %s says %s\n' "$platform" "$1" "$2"
}

program=$(delivered greet)
library=$(delivered libgreet_ffi.so)
[[ -x $program ]] || fail "$program is not executable."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$compiler" -Wall -Wextra -Werror -I "$here/../crates/greet-ffi/include" -o "$work/load" "$here/load.c" -ldl

expect greet "$("${run[@]}" "$program" Ferris)" 'Hello, Ferris!'
expect libgreet_ffi.so "$("${run[@]}" "$work/load" "$(realpath "$library")" Ferris)" 'Hello, Ferris! (1.0.0)'
