"""How the bot replies."""

from telegram import ReplyParameters


def replying_to(message_id: int) -> ReplyParameters:
    """Reply, or say it without a quote when the message was deleted meanwhile."""
    return ReplyParameters(message_id, allow_sending_without_reply=True)
