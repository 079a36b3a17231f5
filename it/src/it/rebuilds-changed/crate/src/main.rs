fn main() {
    let word = "first";
    if cfg!(loud) {
        println!("{}", word.to_uppercase());
    } else {
        println!("{word}");
    }
}
