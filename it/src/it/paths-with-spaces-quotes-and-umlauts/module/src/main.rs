fn main() {
    print!("{}", include_str!("grüße & 'mehr'.txt"));
}
