/** Wishes to go on elsewhere. How lines are read is told in words/phrases.ts. */
export const moves = `
{net} = whatsapp|whats_app|whattsapp|watsapp|wattsapp|whatsap|wapp|wa|telegram|telegramm|tg|instagram|insta|ig|facebook|fb|messenger|wechat|we_chat|weixin|viber|snapchat|snap|tiktok|tik_tok|discord|skype|signal|line|zap|zapzap|wasap|guasap|wasa|kakao|threads|linkedin|twitter|gg|whatsappie|whatsappa|telegramie|messengerze|facebooku|instagramie|insta|instagrama|fejsie
{app} = whatsapp|whats_app|whattsapp|watsapp|whatsap|telegram|telegramm|viber|wechat|we_chat|wasap|guasap|zap|zapzap|kakao

{mine} = my|our|mein|unser|mon|notre|mi|nuestro|mio|nostro|meu|nosso|mijn|ons|moj|nasz


# To name a messenger is a wish to go there, but for what is excepted below.
whatsapp|whattsapp|watsapp|wattsapp|whatsap|wapp|telegram|tele_gram|viber|wechat|we_chat|weixin|wasap|guasap|whatsappie|whatsappa|telegramie|zapzap
pic|pics|picture*|photo*|details|video|it ...2 over|on|via|through|by messenger|insta|instagram|facebook|fb|signal|snap|snapchat|discord|skype

# English
add|message|dm|pm|text|contact|find|reach|hit|call|ping|write|catch|follow|msg|ask me|us|our ...3 {net}
hit me|us up on {net}
talk|chat|speak|continue|move|switch|carry_on|go|meet|discuss|deal ...3 on|to|over|via|by|through {net}
my|our {net} id|handle|nick|number is
search|look for|up ...2 on {net}
im|i_m|i_am|we_are|we_re on {net} as|under
message|contact|write|text|chat|talk ...2 via|by|through {net}
send ...3 via|by|over|through {app}
{app} me
use {app} instead
have you got|have? {app}
do you have|use {app}

slide into my|our|the dm|dms
you|u ...1 on {app}
easier|better|quicker|faster|rather|prefer ...2 on|via|over|by|through {net}
drop|send|leave me|us ...2 there
take this|it|the_conversation|the_chat to|over|off {net}

# German
hast|habt|haben du|ihr|sie {app}
lass|lasst uns ...2 {net}
schreib*|melde*|kontaktier*|ruf*|komm*|adde*|füge|antworte*|findest|finden|findet ...4 {net}
über|ueber|per|via|auf|bei {app} ...2 schreib*|reden|weiter*|melden|klären|machen|kontaktieren
können|koennen|wollen|lass* ...2 über|auf|per|via|bei {net} ...3 schreiben|reden|weiter*|wechseln|machen
folg* ...3 {net}
bin|sind|heiße bei|auf {net} als|unter

# French
écri* moi|nous ...2 {net}
écri* ...1 sur|par|via {net}
contacte*|ajoute*|retrouve*|rejoi*|trouve*|appelle*|suive*|suis|cherche* ...3 {net}
passe*|continu*|parl*|discut* ...3 sur|par|via {net}

avez|as vous|tu {app}
vous|tu avez|as {app}
on ...2 sur {net}

# Spanish
tienes|tienen|tiene|usas|usan {app}
te|os|le paso mi {net}
escrib*|contacta*|háblame|hablame|búsca*|busca*|agrég*|agrega*|sígue*|síguenos|llámame|mánda*|manda*|encuéntra* ...4 {net}
hablamos|hablemos|seguimos|pasemos|pásame ...2 por|en|al {net}
por {app} mejor

# Italian
scriv*|contatt*|aggiung*|trov*|segui*|cerc*|mand* ...3 {net}
parliamo|sentiamoci|continuiamo|passiamo ...2 su|per|via {net}

hai|avete|usi|usate {app}

# Portuguese
tem|tens|têm|usa ...1 {app}
me segue|chama|liga|manda ...3 {net}
chama*|fala*|manda*|mande|escreve*|adiciona*|segue*|siga|procura*|contacta* ...3 {net}
vamos|podemos ...3 pelo|no|por|para {net}

# Dutch
app me|mij ...3 {app}
app mij|me even|maar|gerust
stuur|schrijf|bericht|contact|volg|vind|zoek|bel|voeg ...4 {net}
via {app} ...2 contact|verder|praten

heb|hebben|heeft je|jij|jullie|u {app}

# Polish
masz|macie|ma_pan|ma_pani {app}
napisz*|pisz|dodaj|znajdź|obserwuj|kontakt*|odezwij|zadzwoń ...3 na|przez|w {net}
przejdźmy|porozmawiajmy|pogadajmy ...2 na|przez {net}

! saw|seen|found|discovered|noticed|spotted ...4 {net}
! gesehen|gefunden|entdeckt ...3 {net}
! vu|visto|vista|gezien|widzia* ...4 {net}
! find my order|parcel
! find ...3 signal|line
! call ...3 line
! ask ...3 line
! {net} ...1 sticker*|font*|print*|case|bag|style|logo|icon|green|blue|mug|cushion|shirt|app
! {net} works|work|integration|notification*
! your|a|any|have|an ...1 instagram|facebook|tiktok page|account
! on the|a|this line
! in line
`
