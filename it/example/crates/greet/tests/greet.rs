//! Runs the program as a user does.

use std::process::Command;

fn greet(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_greet"))
        .args(arguments)
        .output()
        .expect("greet starts");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("greet prints UTF-8")
}

#[test]
fn greets_the_world_without_an_argument() {
    assert_eq!(greet(&[]), "Hello, world!\n");
}

#[test]
fn greets_its_arguments_as_one_name() {
    assert_eq!(greet(&["Grace", "Hopper"]), "Hello, Grace Hopper!\n");
}
