use std::{env, fs, path::Path};

// Says that it is there, then waits for somebody who never comes.
fn main() {
    let directory = env::var("IT_DIRECTORY").unwrap();
    fs::write(Path::new(&directory).join("build-script"), std::process::id().to_string()).unwrap();
    let _ = fs::read(Path::new(&directory).join("nobody-writes"));
}
