pub fn word() -> &'static str {
    "beside"
}
