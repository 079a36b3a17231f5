use std::env;

fn main() {
    if env::var_os("CARGO_FEATURE_RPATH").is_some() {
        println!("cargo:rustc-cdylib-link-arg=-Wl,-rpath,/home/alice/lib");
    }
}
