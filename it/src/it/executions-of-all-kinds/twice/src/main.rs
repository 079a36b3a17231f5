fn main() {
    println!("twice");
}
