fn main() {
    oops
}
