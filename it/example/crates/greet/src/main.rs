//! Prints a greeting: `greet [NAME…]`.

use std::env;

fn main() {
    let words: Vec<String> = env::args_os()
        .skip(1)
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    println!("{}", greet_core::greeting(&words.join(" ")));
}
