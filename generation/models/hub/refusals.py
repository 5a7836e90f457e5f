"""What keeps a model at the hub. Each class is a cause, and has a sentence that names it.

Those below HubUnreachable keep everything of the hub away, so it need not be asked for more. Where
`passes` is set, waiting may help, and what comes is tried again.
"""

from generation.models.sources import HubUnreachable, ModelUnavailable


class AddressUnknown(HubUnreachable):
    """Nobody knows the hub's address: there is no internet, or no DNS. Fields: model, host."""


class HubOffline(HubUnreachable):
    """HF_HUB_OFFLINE is set. Fields: model."""

    passes = False


class ProxyFails(HubUnreachable):
    """The proxy is not there, or lets nobody through. Fields: model, host, name, proxy, reason.

    `name` is the variable that names the proxy.
    """


class HubUntrusted(HubUnreachable):
    """The hub's certificate is not trusted. Fields: model, host, reason."""

    passes = False


class NotTheHub(HubUnreachable):
    """Something else answers, such as a network's login page. Fields: model, host."""

    passes = False


class HubBusy(HubUnreachable):
    """The hub gives no more for now (429). Fields: model, host; minutes: 0 if it didn't say."""


class HubBroken(HubUnreachable):
    """The hub, or where it leads, has trouble of its own. Fields: model, host, status."""


class HubBreaksOff(HubUnreachable):
    """The connection breaks or falls silent again and again. Fields: model, host."""


class HubRefuses(ModelUnavailable):
    """The hub refuses, and doesn't say more. Fields: model, host, status."""


class HubLacks(ModelUnavailable):
    """A mirror, or the hub, has not what it should have. Fields: model, host, file."""


class TokenStale(ModelUnavailable):
    """The hub doesn't take the token, and wants one for this model. Fields: model."""


class DiskFilled(ModelUnavailable):
    """The disk was full before the download ended. What came stays. Fields: model."""


class ModelUnwritable(ModelUnavailable):
    """The cache can't be written. Fields: model, reason."""
