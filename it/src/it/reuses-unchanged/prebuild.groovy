def cargo = new File(basedir, 'tools/cargo')
cargo.parentFile.mkdirs()
cargo.text = """#!/bin/sh
echo "\$*" >>'${basedir}/cargo-calls'
exec '${System.getenv('CARGO') ?: 'cargo'}' "\$@"
"""
cargo.executable = true
