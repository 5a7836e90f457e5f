"""The costume of every role."""

from generation.pocket.portraits.attributes import Role
from generation.pocket.portraits.roles import court, land, saga, sea, sky, stage, street, work
from generation.pocket.portraits.roles.costume import Costume

WARDROBE: dict[Role, Costume] = {
    Role.ASTRONAUT: sky.ASTRONAUT,
    Role.KNIGHT: court.KNIGHT,
    Role.KING: court.KING,
    Role.QUEEN: court.QUEEN,
    Role.WIZARD: saga.WIZARD,
    Role.PIRATE: sea.PIRATE,
    Role.CHEF: work.CHEF,
    Role.DOCTOR: work.DOCTOR,
    Role.DETECTIVE: street.DETECTIVE,
    Role.SUPERHERO: stage.SUPERHERO,
    Role.SAILOR: sea.SAILOR,
    Role.PILOT: sky.PILOT,
    Role.SAMURAI: saga.SAMURAI,
    Role.PAINTER: stage.PAINTER,
    Role.MUSICIAN: stage.MUSICIAN,
    Role.SCIENTIST: work.SCIENTIST,
    Role.EXPLORER: land.EXPLORER,
    Role.VIKING: saga.VIKING,
    Role.FIREFIGHTER: work.FIREFIGHTER,
    Role.COWBOY: land.COWBOY,
    Role.GARDENER: street.GARDENER,
}
"""What each role wears; nobody without a role is in it."""
