// Cargo itself is told too, or this does not compile.
fn main() {
    println!("{}", env!("CARGO_NET_OFFLINE"));
}
