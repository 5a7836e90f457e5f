"""The small words of English that say how far a negation goes."""

ARTICLES = frozenset((
    "a", "an", "the", "any", "some", "his", "her", "my", "its", "their", "your", "our", "this",
    "that", "these", "those", "such", "more", "longer", "kind", "sort",
))  # fmt: skip
"""Words before a thing."""

BEFORE_A_THING = frozenset(("a", "an", "the"))
"""Those that begin another thing, if they stand behind one."""

COLOURS = frozenset((
    "red", "blue", "green", "yellow", "black", "white", "brown", "grey", "gray", "pink", "purple",
    "golden", "silver", "violet", "crimson", "scarlet", "turquoise", "beige",
))  # fmt: skip
SHADES = frozenset(("dark", "light", "bright", "pale", "deep", "big", "small", "long", "short"))
"""What stands before a colour and is no thing."""

WITHOUT = frozenset((
    "without", "minus", "sans", "except", "excluding", "lacking", "without", "omitting",
))  # fmt: skip
NO = frozenset(("no", "nor", "neither"))
NOT = frozenset(("not",))
DO_NOT = frozenset((
    "don't", "dont", "doesn't", "doesnt", "didn't", "isn't", "isnt", "aren't", "arent", "wasn't",
    "won't", "shouldn't", "mustn't", "hasn't", "haven't", "never",
))  # fmt: skip
DENYING = WITHOUT | NO | NOT | DO_NOT

PHRASES = (
    "instead of", "rather than", "except for", "free of", "free from", "anything but",
    "everything but", "all but",
)  # fmt: skip
COMMANDS = (
    "remove", "exclude", "avoid", "omit", "delete", "skip", "take off", "take away", "leave out",
    "get rid of", "leave off", "lose the",
)  # fmt: skip
"""What denies at the beginning of a clause: elsewhere somebody does it."""

CLAUSE_BEGINS = frozenset(("and", "but", "please", "then", "just"))

IDIOMS = (
    "no matter", "no doubt", "no way", "no problem", "no less", "no man's", "no mans",
    "no nonsense", "no time to", "no country for", "no idea", "no wonder", "no limits", "no end",
    "no place like", "no smoking", "no name", "no offence", "no offense", "no pain",
    "no sense", "no such thing",
    "not only", "not just", "not merely", "not simply", "not bad", "not quite", "not unlike",
    "not yet", "not necessarily", "not sure", "not at all", "not to mention",
    "without a doubt", "without doubt", "without end", "without limits", "without limit",
    "without fear", "without a cause", "without words", "without fail", "without question",
    "without equal", "without borders", "without a trace", "without mercy", "without effort",
    "without warning", "without a care", "without further", "not to be",
    "don't forget", "don't worry", "don't stop", "don't panic", "don't look up", "don't hesitate",
    "don't give up", "dont forget", "dont worry", "never ending", "never mind", "never forget",
    "never give up", "never ever", "except that",
)  # fmt: skip
"""Negations that deny nothing a picture could show."""

AFTER_ALL = ("why not", "with or without", "with and without", "with or w/o")
"""Idioms that end with a negation."""

SHORT_TITLES = frozenset(("dr", "mr"))
TITLES = frozenset(("doctor", "agent")) | SHORT_TITLES
"""What stands before the name No; a dot may part it only from one that is cut short."""

QUESTIONS = frozenset(("or", "if", "whether"))
"""Words before a “not” that ends its clause: “or not”."""

CARRYING = frozenset((
    "wear", "wears", "wearing", "worn", "have", "has", "having", "with", "in", "on", "at", "want",
    "wants", "draw", "drawing", "add", "adding", "put", "show", "showing", "include", "including",
    "make", "give", "use", "using", "need", "like", "be", "being", "see", "to", "of", "there",
    "holding", "carrying", "please", "me", "needed", "wanted", "required", "necessary", "allowed",
))  # fmt: skip
"""Words that only lead to what is denied: “not wearing a hat”."""

ENDING = frozenset((
    "in", "on", "at", "with", "under", "over", "near", "by", "behind", "beside", "besides",
    "inside", "outside", "against", "during", "through", "from", "into", "onto", "across", "along",
    "among", "around", "before", "after", "between", "beyond", "to", "for", "as", "like", "while",
    "when", "where", "who", "which", "that", "because", "so", "but", "yet", "then", "instead",
    "whose", "above", "below", "amid", "amidst", "upon", "only", "just", "also", "please", "thanks",
    "thank", "is", "are", "was", "has", "have", "plus", "it", "he", "she", "they", "i", "we", "you",
    "although", "though", "if", "rather", "except", "via", "towards", "toward", "atop", "aboard",
    "he's", "she's", "it's", "i'm", "beneath", "underneath", "past", "throughout", "within",
    "pls", "plz", "thx",
))  # fmt: skip
"""Words that end what is denied."""

BELONGING = (
    "in the background", "in background", "in the foreground", "in the back", "in the sky",
    "in hand", "behind him", "behind her", "behind me", "around him", "around her", "around me",
    "nearby", "around",
)  # fmt: skip
"""What belongs to the thing that is denied, though a small word begins it."""

MEANINGLESS = (
    "at all", "anywhere", "whatsoever", "in sight", "in the picture", "in the pictures",
    "in the image", "in the photo", "in the frame", "in it", "on it", "on me", "on him", "on her",
    "on top", "this time", "either",
)  # fmt: skip
"""What says no more of the thing that is denied."""

ABOUT_BODY = frozenset(("on", "in", "around", "over", "across", "at"))
BODY = frozenset((
    "head", "face", "shoulder", "shoulders", "nose", "eyes", "neck", "hand", "hands", "arm", "arms",
    "chest", "chin", "lips", "ears", "hair", "body", "feet", "waist", "wrist", "lap", "side",
))  # fmt: skip
"""Where something is worn or held: a hat on the head is a hat."""

NOUNS_IN_ING = frozenset((
    "king", "ring", "wing", "string", "building", "painting", "ceiling", "evening", "morning",
    "lightning", "clothing", "earring", "wedding", "thing", "spring", "drawing", "sibling", "swing",
    "sling", "railing", "stocking", "lighting", "shading", "piercing", "viking", "something",
    "anything", "everything", "duckling", "writing", "lettering", "being",
))  # fmt: skip
STATES = frozenset((
    "smiling", "laughing", "crying", "frowning", "talking", "shouting", "blinking", "smile",
    "laugh", "cry", "frown", "talk", "shout", "blink",
))  # fmt: skip
"""What a face does, wherever it is: “not smiling in a forest”."""

FINITE = frozenset(
    ("is", "are", "was", "were", "has", "have", "looks", "shines", "stands", "glows")
)
"""A sentence of its own has one of these."""

DEGREES = frozenset(("too", "very", "so", "really", "overly", "quite"))
"""Words before a quality: “not too old” denies the old."""

LESS = {"hatless": "hat", "beardless": "beard", "helmetless": "helmet", "maskless": "mask"}
"""Words that deny a thing which a picture would show on reading them."""

FREE = "-free"
NOT_FREE_OF = frozenset(("care", "carefree", "sugar", "cruelty", "hands", "duty", "gluten"))

JOINING = frozenset(("and", "or", "nor", "&", "/"))

LEADING = frozenset((
    "with", "and", "but", "or", "has", "have", "had", "having", "wearing", "wears", "is", "are",
    "am", "be", "being", "was", "a", "an", "the", "who", "that", "which", "please", "i", "i'm",
    "he", "she", "they", "it", "do", "does", "did", "should", "must", "will", "would", "there",
    "there's", "just", "also", "so", "want", "preferably", "make", "sure", "me", "&", "anything",
    "everything", "all", "in", "on", "only", "though", "yet", "as", "of", "totally", "completely",
    "absolutely", "definitely", "he's", "she's", "holding", "carrying", "using", "showing",
    "containing",
))  # fmt: skip
"""Small words that lead to a negation and mean nothing without it."""
