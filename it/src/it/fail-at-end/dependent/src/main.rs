fn main() {
    println!("dependent");
}
