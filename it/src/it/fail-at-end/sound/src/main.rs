fn main() {
    println!("sound");
}
