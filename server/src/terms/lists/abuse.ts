/** Swearing, threats and bait beside what the English filter finds. How lines are read is told in words/phrases.ts. */
export const abusive = `
[insult]
# English
fucking|fuckin|fucker|fuck|motherfuck*|fck|fuk|fking|effing
you|your|youre|u ...3 idiot|idiots|moron*|retard*|imbecile*|bitch*|cunt*|bastard*|dickhead*|asshole*|arsehole*|scumbag*|wanker*|prick|twat*|whore*|slut*
stupid|dumb|fat|ugly moron*|idiot*|cow|bitch*|cunt*|bastard*|woman|people
idiot|idiots|moron|morons|retard|retards|arsehole|asshole|assholes|bastard|bastards|wanker|cunt|cunts|scumbag|scumbags|dickhead|bitch|whore
piece|pieces of shit|crap|sh*
go_to_hell|screw_you|piss_off|drop_dead|eat_shit|bullshit
bull_shit
shut_up|shut_the
f off|you
go back to your country
hope ...4 die|dies|burn*|choke*|suffer*|crash*|rot*
eat|suck ...1 dick|dicks|it
twat|twats|wankers|dumbass|dumb_ass|asswipe|tosser|tossers|bellend|knobhead|dipshit|jackass
fvck*|phuck*
choke on it|that
# German
arschloch*|arschlöcher|wichser*|hurensohn*|hurensöhne|fotze*|missgeburt*|vollidiot*|idiot|idioten|vollpfosten|drecksau|dreckskerl*|schlampe*|spast*|mistkerl*|penner|scheiße|scheisse|scheiß*|verarsch*|schwachkopf|depp|trottel
verpiss dich|euch
behindert|behinderte|mongo|opfer_du|drecks*
fick* dich|euch|deine|dich_doch
halt* ...1 maul|fresse|schnauze
leck mich
# French
connard*|connasse*|salope*|salaud*|enculé*|encule*|pute|putain|merde|abruti*|crétin*|pauvre_con|gros_con|sale_con|bâtard*|batard*|ordure*|enfoiré*
va|allez ...3 faire foutre|voir|enculer
ta|ferme gueule
ta gueule
nique* ta|ton|vos
fils de pute
# Spanish
gilipollas|cabrón*|cabron*|pendejo*|imbécil*|hijo_de_puta|hijos_de_puta|hijueputa|zorra|mierda|coño|joder|puta|puto|maricón|idiota*|capullo|estúpid*
vete a la_mierda|tomar_por
que_te|jódete|jodete
# Italian
stronz*|vaffanculo|cagare|coglion*|puttana|merda|bastard*|cazzo|troia|deficient*|cretin*|figlio_di_puttana|fanculo|imbecill*
# Portuguese
foder|fodase|foda_se|filho_da_puta|caralho|merda|puta|otári*|otari*|babaca*|cuzão|cuzao|arrombad*|vagabund*|desgraçad*|idiota
vai se|te foder|ferrar|lixar
vai tomar
tomar no cu
# Dutch
klootzak*|kut|kutwijf|kankerlij*|kanker|godverdomme|eikel|lul|hoer|hoeren*|sukkel*|mongool|idioot|tering*|tyfus*|kankeren
rot op|toch
krijg de|het
flikker op
# Polish
kurw*|spierdal*|jeban*|skurwysyn*|chuj*|huj|pierdol*|wypierdal*|dziwka|suka|debil*|idiota|idioto|idioci|kretyn*|gnój|gówno|zjeb*

[threat]
# English
i_know|we_know|i_will_find|ill_find|i_ll_find where you live|work|sleep
watch your back
i|we will|ll|m|am ...3 kill|hurt|beat|stab|shoot|strangle|rape|destroy|smash you|your|u
i|we will|ll|m_going_to|am_going_to ...2 find you
find you and
kill|hang your_self|yourself|urself
burn ...2 down
i|we|im ...3 come|coming ...3 burn|break|smash|hurt|kill
you ...2 will|ll|gonna regret|pay_for ...2 this
you|youre|u ...2 dead
coming|come ...1 round|over|for|after ...2 there|you|your|shop
break your legs|bones|neck|face|windows
# German
ich|wir|wissen|weiß|weiss ...1 wo du|ihr ...2 wohnst|wohnt|arbeitest
mach*|mache dich|euch fertig|kalt|platt
bring* ...1 dich|euch um
schlag* ...2 dich|euch
du bist tot
pass ...1 auf ...1 dich|sonst
# French
sais|savons où tu|vous habit*
je|on vais|va ...1 te|vous ...1 tuer|frapper|défoncer|retrouver|casser
tu vas ...2 regretter|payer|crever
# Spanish
sé|sabemos dónde|donde ...1 vives|vive|trabajas
te|os voy|vamos|vas ...1 matar|encontrar|pegar|arrepentir|reventar
# Italian
so|sappiamo dove abiti|vivi|lavori
ti|vi ammazzo|spacco|vengo|uccido|trovo
# Portuguese
sei onde você|tu|vc mora|moras|vive
vou te matar|pegar|achar|quebrar|encontrar
# Dutch
weet|weten ...1 waar je|jij|jullie ...1 woon*|woont|werkt
maak je|jullie ...1 kapot|af|dood
ik sla|vermoord je
# Polish
wiem gdzie ...1 mieszkasz|mieszkacie|pracujesz
zabiję|zabije|znajdę|dorwę ...1 cię|ciebie|was

[blackmail]
pay|refund|give|send|compensate ...3 or ...1 i|we|ill ...5 review*|stars|star|destroy|ruin|post
or i|we|ill ...3 destroy|ruin|trash ...2 shop|business|rating|reputation
unless ...5 review*|star
sonst ...3 schlechte* bewertung*
geld|erstattung|rabatt ...3 oder|sonst ...4 bewertung*|stern
sinon ...4 avis|étoile
o ...3 reseña*|estrella
altrimenti ...4 recension*|stella
ou ...3 avaliação|estrela
anders ...4 recensie*|ster
inaczej|albo ...4 opini*|gwiazd*

[bait]
# English
tell|give|send|read|share|confirm|type|enter|provide ...2 me|us ...3 password|passcode|pin|one_time_code|otp|login
tell|give|send|read|share|forward ...2 me|us ...3 code ...4 sms|text|received|got|phone|e_mail|email
verify|confirm|update ...3 password|login|credentials|bank_details|card_details
account ...4 suspended|blocked|closed|locked ...4 unless|verify|confirm|until
hand|give|tell|read ...3 pin|code|otp ...4 sent|phone|sms|text
won ...2 prize|lottery|gift|iphone|voucher
send ...2 fee ...3 claim|release|receive
claim ...1 prize|winnings|reward
pay ...3 customs|release|unlock ...1 fee ...3 link|here
your|you kindly verify
send|tell|give|read|forward ...2 me|us ...2 verification|security|confirmation|login|access|sms code
# German
geben|gib|nenn*|schick*|sag* ...3 passwort|code|pin|tan ...3 sms|handy|bekommen|erhalten|mir
konto ...3 gesperrt ...4 bestätig*|wenn|es_sei
passwort ...2 bestätig*|mitteilen|eingeben
# French
donne*|envoy*|communiqu* ...2 code ...3 sms|reçu|message
donne*|envoy*|confirm* ...2 mot_de_passe
# Spanish
da*|dime|dame|envía*|manda* ...3 código ...4 sms|recib*|mensaje
dime|dame|envía* ...2 contraseña
# Italian
da*|dimmi|mand*|invi* ...3 codice ...4 sms|ricevut*
dimmi|dammi|mandami ...2 password
# Portuguese
me_passa|passa|manda|envi*|diga ...3 código ...4 sms|receb*|chegou
me_passa|manda|diga ...2 senha
# Dutch
geef|stuur|zeg ...3 code ...4 sms|ontvangen|gekregen
geef|stuur ...2 wachtwoord
# Polish
podaj|wyślij|prześlij ...2 kod ...3 sms|otrzyma*
podaj|wyślij ...2 hasło

! never|not|don|do_not|nobody ...3 share|give|send|tell|enter ...4 password|code|pin
! find you a|an|the|another
! killed it
! burn* ...3 down to
! not ...2 receive* ...3 code
`
