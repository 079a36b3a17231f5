from setuptools import setup
from setuptools_rust import Binding, RustExtension

setup(
    package_dir={"": "python"},
    packages=["counted"],
    rust_extensions=[
        RustExtension("counted._counted", binding=Binding.PyO3, py_limited_api=True)
    ],
    options={"bdist_wheel": {"py_limited_api": "cp37"}},
    zip_safe=False,
)
