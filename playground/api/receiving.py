"""getUpdates, webhooks and getFile."""

import re
from urllib.parse import urlsplit

from playground.errors import BadRequest, Conflict
from playground.files import DOWNLOAD_LIMIT
from playground.request import Json
from playground.webhook import Address
from playground.world import World

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def get_updates(world: World, params: Json) -> list[Json]:
    if world.webhook.address:
        raise Conflict("can't use getUpdates method while webhook is active; use deleteWebhook")
    return await world.updates.poll(
        offset=params.get("offset", 0),
        limit=params.get("limit", 100),
        seconds=params.get("timeout", 0),
        allowed=params.get("allowed_updates"),
    )


async def delete_webhook(world: World, params: Json) -> bool:
    world.webhook.set(None)
    if params.get("drop_pending_updates"):
        world.updates.drop()
    return True


async def set_webhook(world: World, params: Json) -> bool:
    if not params["url"]:
        return await delete_webhook(world, params)
    address = urlsplit(params["url"])
    if address.scheme not in ("http", "https") or not address.hostname:
        raise BadRequest("bad webhook: invalid webhook URL specified")
    if address.hostname not in ("127.0.0.1", "localhost"):
        raise BadRequest("bad webhook: the playground reaches this computer only")
    secret = params.get("secret_token")
    if secret is not None and not SECRET.fullmatch(secret):
        raise BadRequest("secret token contains unallowed characters")
    world.updates.allow(params.get("allowed_updates"))
    if params.get("drop_pending_updates"):
        world.updates.drop()
    world.webhook.set(Address(params["url"], secret))
    return True


async def get_webhook_info(world: World, _: Json) -> Json:
    pending = len(world.updates.pending())
    url = world.webhook.address.url if world.webhook.address else ""
    return {"url": url, "has_custom_certificate": False, "pending_update_count": pending}


async def get_file(world: World, params: Json) -> Json:
    record = world.files.record(params["file_id"])
    if record is None:
        raise BadRequest("wrong file_id or the file is temporarily unavailable")
    if record["size"] > DOWNLOAD_LIMIT:
        raise BadRequest("file is too big")
    return {
        "file_id": params["file_id"],
        "file_unique_id": record["unique_id"],
        "file_size": record["size"],
        "file_path": record["path"],
    }
