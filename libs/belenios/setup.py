"""Build the optional native helper; every other setting is in pyproject.toml.

`optional`: where there is no C compiler the installation goes on without the helper, and the package runs slower.
"""

from setuptools import Extension, setup  # type: ignore[import-untyped]

setup(
    ext_modules=[
        Extension(
            "belenios.groups._edwards",
            sources=["native/edwards.c"],
            depends=["native/field25519.h", "native/point25519.h"],
            # GCC packs the limbs of two numbers into vectors, which makes additions a quarter slower.
            extra_compile_args=["-O3", "-fno-tree-vectorize"],
            optional=True,
        )
    ]
)
