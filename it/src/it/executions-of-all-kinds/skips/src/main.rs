fn main() {
    println!("skips");
}
