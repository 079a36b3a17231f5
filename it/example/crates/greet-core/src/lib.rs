//! What the program and the library have in common: the words of the greeting.

/// Greets `name`, or the world when `name` is blank.
///
/// ```
/// assert_eq!(greet_core::greeting("Ferris"), "Hello, Ferris!");
/// ```
#[must_use]
pub fn greeting(name: &str) -> String {
    match name.trim() {
        "" => "Hello, world!".to_owned(),
        name => format!("Hello, {name}!"),
    }
}

#[cfg(test)]
mod tests {
    use super::greeting;

    #[test]
    fn greets_by_name() {
        assert_eq!(greeting("Ferris"), "Hello, Ferris!");
    }

    #[test]
    fn greets_the_world_when_the_name_is_blank() {
        assert_eq!(greeting(""), "Hello, world!");
        assert_eq!(greeting(" \t"), "Hello, world!");
    }

    #[test]
    fn leaves_out_blanks_around_the_name() {
        assert_eq!(greeting(" Zoë Ångström "), "Hello, Zoë Ångström!");
    }
}
