"""Who is somebody, besides roles."""

KIN = (
    r"(?:(?:grand|step|god)?(?:mother|father|ma|pa|mom|mum|dad|son|daughter)|brother|sister|uncle|aunt"
    r"|nephew|niece|wife|husband|girlfriend|boyfriend|friend)"
)
"""Who somebody is to others, of whom nothing else is drawn than of a woman or a man."""

_KIN = (
    r"(?:grand|step|god)?(?:mother|father|ma|pa|mom|mum|dad|parent|son|daughter|child|children)"
    r"|(?:brother|sister|uncle|aunt|cousin|nephew|niece|twin|relative|ancestor|bab(?:y|ie)|toddler|newborn"
    r"|infant"
    r"|grann(?:y|ie)|wi(?:fe|ve)|husband|bride|groom|girlfriend|boyfriend|friend|lover|neighbou?r"
    r"|colleague|companion|guest|stranger|famil(?:y|ie)|couple|crowd|team)"
)
PEOPLE = (
    rf"(?:{_KIN}|(?:wo|gentle)?m[ae]n|(?:school)?(?:girl|boy|child)|lad(?:y|ie)|guy|kid|teen(?:ager)?"
    r"|people|person|human|blonde?|brunette?|red-?head)s?"
)
"""What people are called, as a regular expression for one word."""
