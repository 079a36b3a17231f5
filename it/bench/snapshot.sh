#!/usr/bin/env bash
# The snapshot of a working tree, from a cold start of its code into an empty store, against git add and git write-tree
# into an empty repository.
source "$(dirname "$0")/lib.sh"
need java javac mvn git

compile_java "$bench/SnapshotBench.java"
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
files=${BENCH_FILES:-4000}
java -cp "$classpath" io.github.traviscompile.git.SnapshotBench make "$work/tree" "$files"
git -C "$work/tree" init -q
for ((pair = 1; pair <= pairs; pair++)); do
  rm -rf "$work/store" "$work/git"
  # One line: the seconds and the tree id.
  read -r seconds tree < <(java -cp "$classpath" io.github.traviscompile.git.SnapshotBench take "$work/tree" "$work/store")

  git init -q --bare "$work/git"
  started=$(now)
  git --git-dir="$work/git" --work-tree="$work/tree" add -A
  judge=$(git --git-dir="$work/git" write-tree)
  theirs=$(seconds_since "$started")
  [[ $tree == "$judge" ]] || { echo "$0: the snapshot is $tree, git's tree is $judge" >&2; exit 1; }
  echo "$seconds $theirs"
done >"$work/seconds"
report "snapshot of $files files" s plugin git <"$work/seconds"
