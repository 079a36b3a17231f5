fn main() {
    println!("inherits");
}
