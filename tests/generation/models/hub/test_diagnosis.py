"""What errors mean that come only where a network is wrong."""

import socket
import ssl

import httpx2
import pytest

from generation import proxies
from generation.models.hub.diagnosis import diagnosed
from generation.models.hub.refusals import AddressUnknown, HubUntrusted
from generation.models.sources import HubUnreachable

REQUEST = httpx2.Request("GET", "https://huggingface.co/api/models/someone/portraits")


def not_trusted() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError()
    error.verify_message = "self-signed certificate"
    return error


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget those of this machine."""
    for scheme in proxies.SCHEMES:
        monkeypatch.delenv(f"{scheme}_proxy", raising=False)
        monkeypatch.delenv(f"{scheme}_proxy".upper(), raising=False)


@pytest.mark.parametrize(
    ("cause", "meant"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), AddressUnknown),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), AddressUnknown),
        (not_trusted(), HubUntrusted),
        (OSError(101, "Network is unreachable"), HubUnreachable),
        (TimeoutError(), HubUnreachable),
    ],
)
def test_why_there_is_no_connection(cause: Exception, meant: type[HubUnreachable]) -> None:
    """A name that nobody knows and a certificate that nobody trusts are told apart from silence."""
    with pytest.raises(HubUnreachable) as refused, diagnosed("sd15", "someone/portraits"):
        raise httpx2.ConnectError("no", request=REQUEST) from cause
    assert type(refused.value) is meant
    assert refused.value.fields["host"] == "huggingface.co"


def test_what_is_not_the_networks_stays_what_it_is() -> None:
    """A stop passes through, and so does an accident of our own."""
    for error in (KeyError("mine"), KeyboardInterrupt()):
        with pytest.raises(type(error)), diagnosed("sd15", "someone/portraits"):
            raise error
