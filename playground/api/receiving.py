"""getUpdates, webhooks (there are none) and getFile."""

from playground.errors import BadRequest
from playground.files import DOWNLOAD_LIMIT
from playground.request import Json
from playground.world import World


async def get_updates(world: World, params: Json) -> list[Json]:
    return await world.updates.poll(
        offset=params.get("offset", 0),
        limit=params.get("limit", 100),
        seconds=params.get("timeout", 0),
        allowed=params.get("allowed_updates"),
    )


async def delete_webhook(world: World, params: Json) -> bool:
    if params.get("drop_pending_updates"):
        world.updates.drop()
    return True


async def set_webhook(world: World, params: Json) -> bool:
    if params["url"]:
        raise BadRequest("bad webhook: the playground hands out updates by getUpdates only")
    return await delete_webhook(world, params)


async def get_webhook_info(world: World, _: Json) -> Json:
    pending = len(world.updates.pending())
    return {"url": "", "has_custom_certificate": False, "pending_update_count": pending}


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
