"""Places and times of day. A picture has one of each, so a later one replaces an earlier one."""

PLACES = frozenset((
    "forest", "wood", "beach", "shore", "city", "town", "village", "street", "road", "castle",
    "palace", "kitchen", "garden", "park", "desert", "mountain", "hill", "cave", "moon", "mars",
    "space", "sea", "ocean", "lake", "river", "island", "jungle", "field", "meadow", "library",
    "office", "school", "classroom", "room", "bedroom", "bathroom", "studio", "stage", "bar",
    "pub", "cafe", "restaurant", "shop", "market", "church", "cathedral", "temple", "stadium",
    "ship", "boat", "train", "car", "plane", "spaceship", "station", "hospital", "lab",
    "laboratory", "museum", "theatre", "theater", "tower", "bridge", "roof", "rooftop", "swamp",
    "valley", "farm", "barn", "house", "home", "dungeon", "arena", "gym", "pool", "harbour",
    "harbor", "port", "airport", "subway", "metro", "alley", "battlefield", "ruin", "volcano",
    "waterfall", "canyon", "glacier", "planet", "galaxy", "prairie", "savanna", "tavern",
    "workshop", "factory", "hall", "лес", "роща", "пляж", "берег", "город", "городок",
    "деревня", "улица", "дорога", "замок", "дворец", "кухня", "сад", "парк", "пустыня", "гора",
    "холм", "пещера", "луна", "марс", "космос", "море", "океан", "озеро", "река", "остров",
    "джунгли", "поле", "луг", "библиотека", "офис", "школа", "класс", "комната", "спальня",
    "ванная", "студия", "сцена", "бар", "кафе", "ресторан", "магазин", "рынок", "церковь",
    "собор", "храм", "стадион", "корабль", "лодка", "поезд", "машина", "самолет", "станция",
    "больница", "лаборатория", "музей", "театр", "башня", "мост", "крыша", "болото", "долина",
    "ферма", "дом", "подземелье", "арена", "спортзал", "бассейн", "порт", "аэропорт", "метро",
    "переулок", "вулкан", "водопад", "каньон", "ледник", "планета", "галактика", "прерия",
    "саванна", "таверна", "мастерская", "завод", "зал", "опушка", "поляна", "степь",
))  # fmt: skip
"""Stems of English words, and dictionary forms of Russian ones with е for ё."""

TIMES = frozenset((
    "night", "sunset", "sunrise", "dawn", "dusk", "noon", "midnight", "morning", "evening",
    "day", "daytime", "twilight", "ночь", "закат", "рассвет", "полдень", "полночь", "утро",
    "вечер", "день", "сумерки",
))  # fmt: skip
"""As PLACES."""
