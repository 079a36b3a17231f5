#!/usr/bin/env bash
# Usage: cross-toolchain.sh DIRECTORY
#
# Puts a Rust compiler that knows three Linux targets into DIRECTORY, from Debian 12's own packages, and does nothing
# when it is there already. Afterwards cargo uses it through RUSTC=DIRECTORY/bin/rustc. The linkers are not part of it.
#
# Debian's packages are unpacked, not installed: the standard libraries of other architectures would need those
# architectures enabled in dpkg, which changes the whole machine.
set -euo pipefail

directory=${1:?"usage: cross-toolchain.sh DIRECTORY"}
readonly rust=1.85
readonly targets=(x86_64-unknown-linux-gnu i686-unknown-linux-gnu aarch64-unknown-linux-gnu)

fail() {
  printf 'cross-toolchain: %s\n' "$1" >&2
  exit 1
}

if [[ -x $directory/bin/rustc ]]; then
  printf 'cross-toolchain: %s is there\n' "$directory"
  exit 0
fi

# shellcheck source=/dev/null
codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
[[ $codename == bookworm ]] || fail "needs Debian 12 (bookworm), this is '$codename'."

work=$(mktemp -d)
trap 'rm -rf "$work" "$directory.new"' EXIT

# The mirror is the one this machine is set up with. Only the release itself: the security archive holds another Rust.
# No release info: apt answers from its configuration, before any list was fetched. The dollar signs are apt's own.
# shellcheck disable=SC2016
mirror=$(apt-get indextargets --no-release-info --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
  awk -v codename="$codename" '$1 == codename && $2 == "main" { print $3; exit }')
[[ -n $mirror ]] || fail "apt has no source for $codename main."
mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/debs" "$work/sources.d"
printf 'deb [arch=amd64,i386,arm64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' \
  "$mirror" "$codename" >"$work/sources.list"

# An apt state of its own, so that the machine's stays as it is.
private_apt() {
  apt-get -qq \
    -o "Dir::Etc::SourceList=$work/sources.list" \
    -o "Dir::Etc::SourceParts=$work/sources.d" \
    -o "Dir::State::Lists=$work/lists" \
    -o "Dir::Cache=$work" \
    -o "APT::Architecture=amd64" \
    -o "APT::Architectures=amd64,i386,arm64" \
    -o "APT::Sandbox::User=root" \
    "$@"
}

printf 'cross-toolchain: fetching Rust %s for %s\n' "$rust" "${targets[*]}"
private_apt update
(cd "$work/debs" && private_apt download rustc-web:amd64 "libstd-rust-web-$rust:amd64" \
  libstd-rust-web-dev:amd64 libstd-rust-web-dev:i386 libstd-rust-web-dev:arm64)

rm -rf "$directory.new"
mkdir -p "$directory.new/bin"
for deb in "$work"/debs/*.deb; do
  dpkg -x "$deb" "$directory.new"
done

cat >"$directory.new/bin/rustc" <<'WRAPPER'
#!/bin/sh
# The compiler's own libraries lie beside it, not where Debian would install them.
here=$(dirname "$(dirname "$(readlink -f "$0")")")
LD_LIBRARY_PATH="$here/usr/lib/x86_64-linux-gnu${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" \
  exec "$here/usr/bin/rustc" "$@"
WRAPPER
chmod +x "$directory.new/bin/rustc"

for target in "${targets[@]}"; do
  libraries=$("$directory.new/bin/rustc" --print target-libdir --target "$target")
  compgen -G "$libraries/libstd-*.rlib" >/dev/null || fail "no standard library for $target in $libraries."
done

# Renamed when complete, so that an interrupted run leaves nothing that looks finished.
mv "$directory.new" "$directory"
printf 'cross-toolchain: ready in %s\n' "$directory"
