use std::env;

// What a build script asks of the environment on its own is nothing that the plugin could know.
fn main() {
    let processor = env::var("CARGO_CFG_TARGET_ARCH").unwrap();
    if env::var("IT_BROKEN").is_ok_and(|broken| broken == processor) {
        panic!("this processor is broken today");
    }
}
