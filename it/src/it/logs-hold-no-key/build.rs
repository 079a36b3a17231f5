// A build script must not find the key either.
fn main() {
    let found: Vec<_> = std::env::vars().map(|(name, _)| name).filter(|name| name.starts_with("TCMP_")).collect();
    assert!(found.is_empty(), "{found:?}");
}
