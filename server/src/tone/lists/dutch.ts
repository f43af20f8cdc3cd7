export const dutch = `
[threat]
politie|aangifte|advocaat|rechtbank|rechter|consumentenbond|juridische*|acm

[accusation]
oplichters|oplichter|oplichting|opgelicht|leugenaar*|liegen|gelogen|fraude|dieven|dief|bedrog|bedrogen|bedriegers|gestolen

[anger]
te_gek voor
schandelig|wanprestatie|treurig|droevig|minachting|onfatsoenlijk|beledigend
uit_de klauwen
belachelijk|schandalig|schandalige|schande|waardeloos|waardeloze|onacceptabel|walgelijk|woedend|boos|razend|verschrikkelijk|vreselijk|slechtste|ergste|idioten|incompetent|bespottelijk|rampzalig|ramp|kut|klote|haat|onbeschoft|schaamteloos|pathetisch
nooit meer
zat
genoeg van
geld terug
spuugzat
ongelofelijk|ongelooflijk
schaam je|jullie
maat is_vol
voor de_gek
prutsers|prutser|amateurs|schandelijk|respectloos

[disappointment]
ondermaats|matig|tegenvaller|verwachtte|onzorgvuldig
teleurgesteld|teleurstellend|teleurstelling|ontevreden|vervelend|irritant|geïrriteerd|gefrustreerd|frustrerend|slecht|slechte|jammer|verdrietig
niet ...1 tevreden|blij|goed|normaal|acceptabel|leuk|netjes
helpt ...1 niet
valt ...1 tegen

[impatience]
niemand ...2 kan|weet|zegt|helpt
geen|zonder reactie|antwoord
al ...1 dagen
nog_steeds|nog_altijd|nog_niet
wacht ...1 al|nog
hoe_lang nog|duurt|moet
niemand ...1 reageert|antwoordt|helpt|belt
waarom ...1 niemand|reageert
al ...2 weken|dagen|maanden|uren
dringend|spoed|ongeduldig|onmiddellijk|eindelijk
wanneer ...2 eindelijk
geduld ...2 op|kwijt
verlies* ...2 geduld
al|nog ...1 nieuws
beloofd

[repeating]
al ...1 drie|twee|vier|vijf|tien keer
keer ...1 uitgelegd|gezegd|gevraagd
alweer|opnieuw_verkeerd|voor_de_zoveelste
al|reeds ...2 gezegd|geschreven|gevraagd|gestuurd|uitgelegd|keer|gebeld
derde|vierde|tweede|zoveelste keer|bericht|mail
weer ...2 verkeerd*|kapot|fout*|niet
steeds hetzelfde|dezelfde

[thanks]
dank|bedankt|dankjewel|perfect|super|geweldig|fijn|mooi|prachtig|blij|tevreden|leuk|graag
geen probleem|haast
niet erg
`
