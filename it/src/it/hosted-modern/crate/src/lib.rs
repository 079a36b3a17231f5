#[no_mangle]
pub extern "C" fn hosted() -> i32 {
    42
}
