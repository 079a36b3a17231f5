//! The C ABI by which a JVM calls `it.Greeter.add` (Java Native Interface Specification, "Resolving Native Method Names").

use std::ffi::c_void;

#[no_mangle]
pub extern "system" fn Java_it_Greeter_add(_env: *mut c_void, _class: *mut c_void, left: i32, right: i32) -> i32 {
    left + right
}
