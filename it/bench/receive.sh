#!/usr/bin/env bash
# Receiving 1 GiB: the upload endpoint (authenticated, decrypted, hashed, on disk) against nginx' WebDAV PUT (stored).
source "$(dirname "$0")/lib.sh"
need java javac mvn nginx

compile_java "$bench/ReceiveBench.java"
mebibytes=${BENCH_MEBIBYTES:-1024}
java -Xmx$((mebibytes + 512))m -cp "$classpath" io.github.traviscompile.upload.ReceiveBench \
  "$work" "$mebibytes" "$pairs" >"$work/seconds"
report "receive $mebibytes MiB" s endpoint nginx <"$work/seconds"
awk -v size="$mebibytes" -v endpoint="$(median 1)" -v nginx="$(median 2)" \
  'BEGIN { printf "receive: endpoint %.0f MiB/s, nginx %.0f MiB/s\n", size / endpoint, size / nginx }'
