import pytest
from django.core.exceptions import ValidationError

from peerhood.growth.outside.addresses import is_web_address


@pytest.mark.parametrize(
    "address",
    ["https://bricks.example/", "http://bricks.example:8080/a?b=c#d", "https://räksmörgås.example/"],
)
def test_an_address_on_the_web_is_one(address):
    is_web_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "javascript://bricks.example/%0aalert(1)",
        "data:text/html,x",
        "ftp://bricks.example/",
        "//bricks.example/",
        "bricks.example",
        "https://",
        "https://bricks.example:99999/",
        "https://bricks.example:0/",
        "https://bricks.example:abc/",
        "https://known.example@elsewhere.example/",
        "https://user:secret@bricks.example/",
        "https://[::1/",
        "https://bricks.example/\na",
        "",
    ],
)
def test_whatever_else_is_none(address):
    with pytest.raises(ValidationError):
        is_web_address(address)
