"""What stands between the bot and the internet."""

from collections.abc import Generator

from commands.doctor.finding import Finding, bad, good, warning
from generation import proxies
from handlers.texts import Say


def check(say: Say, url: str | None) -> Generator[Finding, None, bool]:
    """Look at the proxies; say whether `url` can be asked through them. None: nobody is asked."""
    judge = bad if url else warning
    wrong = proxies.unusable()
    for each in wrong:
        words = say("doctor-proxy-unusable", name=each.name, value=each.shown)
        yield judge(words, say("doctor-proxy-advice", name=each.name))
    if url and not wrong and (proxy := proxies.way_to(url)):
        yield good(say("doctor-proxy", proxy=proxy.shown, name=proxy.name))
    return not wrong
