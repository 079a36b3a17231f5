fn main() {
    println!("typed literally");
}
