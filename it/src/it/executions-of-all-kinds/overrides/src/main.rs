fn main() {
    println!("overrides");
}
