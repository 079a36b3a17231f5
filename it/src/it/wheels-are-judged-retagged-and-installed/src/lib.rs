use pyo3::prelude::*;

#[pyfunction]
fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

#[pymodule]
fn _counted(_python: Python<'_>, module: &PyModule) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(letters, module)?)
}
