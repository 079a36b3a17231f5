#!/usr/bin/env bash
# The inspection of a shared library of 200 MB against one of 2 MB with the same tables: 2,000 functions for Java each.
source "$(dirname "$0")/lib.sh"
need java javac mvn gcc

# library MEGABYTES: makes $work/lib<MEGABYTES>.so, filled up with bytes that no loader looks at.
library() {
  {
    for ((i = 0; i < 2000; i++)); do
      echo "int Java_com_example_Library_function$i(void) { return $i; }"
    done
    echo "__asm__(\".section .rodata; .zero $(($1 * 1000000 - 400000)), 0x55; .text\");"
  } >"$work/library.c"
  gcc -shared -fPIC -s -Wl,-soname,library.so -o "$work/lib$1.so" "$work/library.c"
}

compile_java "$bench/InspectBench.java"
library 2
library 200
java -cp "$classpath" io.github.traviscompile.verify.binary.InspectBench "$work/lib2.so" "$work/lib200.so" "$pairs" >"$work/times"
report 'inspection of a library' ms '200 MB' '2 MB' <"$work/times"
