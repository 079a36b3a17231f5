fn main() {
    println!("{}", 2 * std::env::args().count());
}
