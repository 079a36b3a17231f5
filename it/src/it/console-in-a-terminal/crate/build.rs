//! Waits for as long as a file of that name lies where the environment variable says.
use std::{env, path::Path, thread, time::Duration};

fn main() {
    if let Ok(file) = env::var("IT_WAIT_WHILE") {
        while Path::new(&file).exists() {
            thread::sleep(Duration::from_millis(50));
        }
    }
}
