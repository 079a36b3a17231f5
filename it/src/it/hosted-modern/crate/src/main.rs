fn main() {
    println!("hello from {} bits", std::mem::size_of::<usize>() * 8);
}
