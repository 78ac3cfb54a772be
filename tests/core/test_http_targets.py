"""Customers' URLs lead to the public Internet, whatever is tried."""

from __future__ import annotations

import ipaddress
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.addresses import is_public
from core.http import (
    OutgoingRequest,
    Unreachable,
    UrlNotAllowed,
    check_url,
    fetch,
)
from tests.customer_server import (
    PUBLIC,
    CustomerServer,
    Network,
)

REFUSED_AT_SAVE = [
    "http://127.0.0.1/",
    "http://localhost./",
    "http://localhost/",
    "http://LOCALHOST:8443/",
    "http://a.localhost/",
    "http://[::1]/",
    "http://0/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://127.0.0.1./",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[::]/",
    "http://0.0.0.0/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001::7f00:1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fe80::1%eth0]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/",
    "http://168.63.129.16/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://198.18.0.1/",
    "http://192.0.0.192/",
    "http://192.0.2.1/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "file:///etc/passwd",
    "gopher://example.com/",
    "ftp://example.com/",
    "data:text/plain,x",
    "unix:/run/docker.sock",
    "javascript:alert(1)",
    "//example.com/",
    "example.com",
    "",
    " http://example.com/",
    "http:example.com",
    "http:///path",
    "http://",
    "http://user:pass@127.0.0.1/",
    "http://user@example.com/",
    "http://8.8.8.8@127.0.0.1/",
    "http://127.0.0.1#@example.com/",
    "http://127.0.0.1\\@example.com/",
    "http://example.com\\@127.0.0.1/",
    "http://127。0。0。1/",
    "http://①②⑦.⓪.⓪.①/",
    "http://\uff11\uff12\uff17.0.0.1/",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
    "http://exam\tple.com/",
    "http://exam\x00ple.com/",
    "http://exam ple.com/",
    "http://example.com\r\n.evil.com/",
    "http://exam%70le.com/",
    "http://exam%00ple.com/",
    "http://-example.com/",
    "http://exa..mple.com/",
    "http://.example.com/",
    "http://[::1/",
    "http://[example.com]/",
    "http://[1.2.3.4]/",
    "http://{digits}.evil.com/",
    "https://${host}/",
    "http://intranet/",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://router.home.arpa/",
    "http://example.com:22/",
    "http://example.com:25/",
    "http://example.com:5432/",
    "http://example.com:6379/",
    "http://example.com:11211/",
    "http://example.com:0/",
    "http://example.com:65616/",
    "http://example.com:٨٠/",
    "http://example.com:80:80/",
    "http://example.com:8o/",
    "http://flows.example.com/",
    "http://FLOWS.example.com./",
    "http://admin.example.com/",
    "http://example.com/" + "a" * 4096,
]


@pytest.fixture
def our_own_hosts(settings: Any) -> None:
    settings.PUBLIC_URL = "https://flows.example.com"
    settings.HTTP_REFUSED_HOSTS = ["admin.example.com"]


@pytest.mark.usefixtures("our_own_hosts")
@pytest.mark.parametrize("url", REFUSED_AT_SAVE)
def test_a_url_that_could_lead_inside_is_refused_at_save_and_at_call_without_a_lookup(
    url: str,
) -> None:
    network = Network()

    with pytest.raises(UrlNotAllowed, match=r"^This URL cannot be called: .+\. [A-Z].+\.$"):
        check_url(url)
    with pytest.raises(UrlNotAllowed):
        fetch(OutgoingRequest(url), resolve=network.resolve, connect=network.connect)

    assert (network.looked_up, network.connected) == ([], [])


@pytest.mark.parametrize(
    ("url", "address", "port", "host"),
    [
        ("http://example.com/", PUBLIC, 80, "example.com"),
        ("HTTPS://Example.COM.:8443/x", PUBLIC, 8443, "example.com:8443"),
        ("https://example.com?x=1", PUBLIC, 443, "example.com"),
        ("http://\uff45\uff58ample。com/", PUBLIC, 80, "example.com"),
        ("http://bücher.example/", PUBLIC, 80, "xn--bcher-kva.example"),
        ("http://1.1.1.1:443/", "1.1.1.1", 443, "1.1.1.1:443"),
        ("http://[2606:4700::1111]/", "2606:4700::1111", 80, "[2606:4700::1111]"),
        ("http://example.com:/#@127.0.0.1/", PUBLIC, 80, "example.com"),
        ("http://example.com/{digits}?to={CallFrom}", PUBLIC, 80, "example.com"),
    ],
)
def test_a_public_url_is_allowed_and_its_real_address_is_tried(
    url: str, address: str, port: int, host: str
) -> None:
    name = host.partition(":")[0]
    network = Network({name: [[PUBLIC]]})

    check_url(url)
    with pytest.raises(Unreachable, match="it takes no connections"):
        fetch(OutgoingRequest(url), resolve=network.resolve, connect=network.connect)

    assert network.connected == [(address, port)]


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["169.254.169.254"],
        ["::1"],
        ["fd00:ec2::254"],
        ["fe80::1%eth0"],
        ["64:ff9b::a00:1"],
        ["::ffff:10.0.0.1"],
        [PUBLIC, "127.0.0.1"],
        ["127.0.0.1", PUBLIC],
        [PUBLIC, "::1"],
        ["not an address"],
    ],
)
def test_a_name_with_any_address_that_is_not_public_is_refused(addresses: list[str]) -> None:
    network = Network({"example.com": [addresses]})

    check_url("http://example.com/")
    with pytest.raises(UrlNotAllowed, match="an address that is not public"):
        fetch(
            OutgoingRequest("http://example.com/"), resolve=network.resolve, connect=network.connect
        )

    assert network.connected == []


def test_a_name_that_changes_after_the_check_is_connected_to_where_it_was_checked(
    server: CustomerServer,
) -> None:
    network = Network({"example.com": [[PUBLIC], ["127.0.0.1"]]}, local=server.address)

    response = fetch(
        OutgoingRequest("http://example.com/"), resolve=network.resolve, connect=network.connect
    )

    assert response.status == 200
    assert network.looked_up == ["example.com"]
    assert network.connected == [(PUBLIC, 80)]
    assert server.seen[0][2]["host"] == "example.com"


def test_the_second_address_is_tried_when_the_first_takes_no_connections(
    server: CustomerServer,
) -> None:
    network = Network(
        {"example.com": [["2606:4700::1111", PUBLIC]]},
        local=server.address,
        refusing=frozenset({"2606:4700::1111"}),
    )

    fetch(OutgoingRequest("http://example.com/"), resolve=network.resolve, connect=network.connect)

    assert network.connected == [("2606:4700::1111", 80), (PUBLIC, 80)]


@given(st.ip_addresses())
def test_no_address_is_public_that_the_standard_library_knows_to_be_special(ip: Any) -> None:
    if is_public(str(ip)):
        assert ip.is_global
        assert not any((ip.is_multicast, ip.is_private, ip.is_reserved))


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_wrapped_into_ipv6_is_public(ip: ipaddress.IPv4Address) -> None:
    for wrapper in ("::", "::ffff:0:0", "64:ff9b::"):
        assert not is_public(str(ipaddress.IPv6Address(wrapper) + int(ip)))


@pytest.mark.parametrize("prefix", ["http://", "", "http://example.com/"])
@pytest.mark.parametrize("junk", ["9", "a.", "+", "[", "@", "é", "http://", "%00"])
def test_100_kb_of_junk_is_refused_in_5_ms(prefix: str, junk: str) -> None:
    url = prefix + junk * (100_000 // len(junk))
    check_url("http://example.com/")
    durations = []
    for _ in range(3):
        before = time.perf_counter()
        with pytest.raises(UrlNotAllowed):
            check_url(url)
        durations.append(time.perf_counter() - before)

    assert min(durations) < 0.005
