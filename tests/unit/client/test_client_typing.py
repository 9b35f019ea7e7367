"""The client passes the type checkers, and so does a program that uses it rightly."""

import subprocess
import sys
from pathlib import Path

import minishop_client

PACKAGE = Path(minishop_client.__file__).parent
SAMPLE = Path(__file__).with_name("client_sample_program.py")


def check(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True)


def test_the_client_and_a_sample_program_pass_mypy_strict(tmp_path: Path) -> None:
    done = check("mypy", "--strict", f"--cache-dir={tmp_path}", str(PACKAGE), str(SAMPLE))

    assert 0 == done.returncode, done.stdout


def test_the_client_and_a_sample_program_pass_pyright() -> None:
    done = check("pyright", f"--pythonpath={sys.executable}", str(PACKAGE), str(SAMPLE))

    assert 0 == done.returncode, done.stdout


def test_wrong_calls_are_found_before_they_are_made(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    lines = {
        'shop.orders.checkout(user_id=1, payment_method="gold")': "arg-type",
        "shop.cart.add_cart_item(product_id=1)": "call-arg",
        'shop.catalog.get_product("one")': "arg-type",
        "shop.cart.get_cart().totl": "attr-defined",
        "shop.catalog.get_products()": "attr-defined",
    }
    start = 'from minishop_client import Minishop\nshop = Minishop("http://shop")\n'
    program.write_text(start + "\n".join(lines))

    output = check("mypy", f"--cache-dir={tmp_path}", str(program)).stdout
    complaints = [line for line in output.splitlines() if ": error: " in line]

    found = [(line.split(":")[1], line.rpartition("[")[2].rstrip("]")) for line in complaints]
    assert [(str(number), code) for number, code in enumerate(lines.values(), 3)] == found
