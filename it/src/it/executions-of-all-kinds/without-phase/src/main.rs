fn main() {
    println!("without-phase");
}
