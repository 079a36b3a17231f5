fn main() {
    println!("{}", beside::word());
}
