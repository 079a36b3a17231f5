//! The greeting for callers in other languages. `include/greet.h` declares these functions in C.

use std::ffi::{c_char, CStr, CString};
use std::ptr;

/// The version of this library, a NUL-terminated string that lives as long as the library is loaded.
#[no_mangle]
pub extern "C" fn greet_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// Greets `name`. Returns null when `name` is null or not UTF-8; any other result goes back to [`greet_free`].
///
/// # Safety
///
/// `name` is null or points to a NUL-terminated string that nobody changes during the call.
#[no_mangle]
pub unsafe extern "C" fn greet_message(name: *const c_char) -> *mut c_char {
    if name.is_null() {
        return ptr::null_mut();
    }
    // SAFETY: not null, and a NUL-terminated string by this function's contract.
    let name = unsafe { CStr::from_ptr(name) };
    name.to_str()
        .ok()
        .and_then(|name| CString::new(greet_core::greeting(name)).ok())
        .map_or(ptr::null_mut(), CString::into_raw)
}

/// Frees a result of [`greet_message`]; null is allowed.
///
/// # Safety
///
/// `message` is null or a result of [`greet_message`] that was not freed before.
#[no_mangle]
pub unsafe extern "C" fn greet_free(message: *mut c_char) {
    if !message.is_null() {
        // SAFETY: made by `CString::into_raw` in `greet_message`, by this function's contract.
        drop(unsafe { CString::from_raw(message) });
    }
}

#[cfg(test)]
mod tests {
    use super::{greet_free, greet_message, greet_version};
    use std::ffi::{CStr, CString};
    use std::ptr;

    #[test]
    fn greets_by_name() {
        let name = CString::new("Ferris").expect("no NUL inside");
        // SAFETY: `name` outlives the call, and the result is freed once.
        unsafe {
            let message = greet_message(name.as_ptr());
            assert_eq!(CStr::from_ptr(message).to_str(), Ok("Hello, Ferris!"));
            greet_free(message);
        }
    }

    #[test]
    fn answers_null_to_null_and_to_what_is_not_utf_8() {
        let latin1 = CString::new(b"Zo\xEB".as_slice()).expect("no NUL inside");
        // SAFETY: null is allowed, and `latin1` outlives the call.
        unsafe {
            assert!(greet_message(ptr::null()).is_null());
            assert!(greet_message(latin1.as_ptr()).is_null());
            greet_free(ptr::null_mut());
        }
    }

    #[test]
    fn tells_its_version() {
        // SAFETY: a static NUL-terminated string.
        let version = unsafe { CStr::from_ptr(greet_version()) };
        assert_eq!(version.to_str(), Ok(env!("CARGO_PKG_VERSION")));
    }
}
