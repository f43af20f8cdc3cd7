/** Wishes to pay past the marketplace. How lines are read is told in words/phrases.ts. */
export const pastTheMarketplace = `
{site} = site|website|platform|app|marketplace|shop|page|portal|system
{wallet} = cashapp|cash_app|venmo|zelle|paypal|revolut|wire|bizum|wise
{fee} = fee|fees|commission|commissions|cut|charges

# English
pay|paying|paid ...2 me|us directly|direct|privately|outside|separately|cash|personally
pay ...2 directly|direct|privately|outside|under_the_table
pay ...1 me|us ...2 by|via|with|through|over|on|in paypal|transfer|bank|wire|cash|venmo|zelle|revolut|crypto|bitcoin|wise|western_union|cheque|check
pay ...2 outside|off|without ...2 {site}
outside|off|around|bypass*|avoid*|without|leave|skip* ...2 {site}
off_platform|offplatform|off_site|offsite
instead_of ...3 through|via|on|here|this ...1 {site}
go|going through|via this|the {site} ...5 next|again
avoid*|skip*|save|saving|without|dodge|bypass* ...2 {fee}
save ...2 marketplace|platform|site fee*
friends_and_family|friends_family|friend_and_family|family_and_friends
send|transfer|wire|give ...2 me|us|you ...2 money|deposit|payment|cash|amount|rest
send|make|do|pay ...2 deposit|payment|transfer ...2 my|our|your bank|account
wire you|me|us
wire ...2 money
western_union|moneygram|money_gram
bank_transfer ...2 to me|us|my|our|gb*|de*|account
make|do|send|arrange ...2 bank_transfer
do|sort|arrange ...3 bank_transfer
accept|take|prefer|use|do ...1 venmo|zelle|cash_app|cashapp|bitcoin|btc|crypto|ethereum|usdt|cash|revolut|western_union|bank_transfer|cheque|paypal
i|we take|accept cash|paypal
pay|payment|paid|cover ...4 gift_card*|itunes_card*|steam_card*
in|with|by|via bitcoin|btc|crypto|usdt|ethereum
sell|sells ...4 privately|directly|direct
deal|settle|arrange|do|sort|finish ...3 privately|between_us|between_ourselves|directly_with_me|outside|off_here
buy|order|purchase|book ...2 directly|direct|straight ...1 from|with|at me|us|our|ours|my|studio|workshop
buy|order|purchase directly|direct ...1 at|on|through
better|lower|cheaper|discount|less|reduced ...2 price? ...3 directly|direct|privately|outside|straight
cancel ...4 here ...4 sell|pay|order|directly|privately|buy
cash on|at|in collection|pickup|hand ...4 {fee}
pay ...2 cash ...4 collection|pickup|person|fee*|door
cash ...3 avoid|skip|save|without
without ...2 marketplace|marlow
order|buy|purchase|get|book|take ...3 from|off|with|through me|us|my|our ...3 direct|directly|privately|instead
order|buy|purchase|get|book ...3 directly|direct|privately ...1 from|off|with me|us
no|without|skip|avoid ...1 middleman|middlemen|middle_man
{wallet} me|us|you
send|pay|give|transfer ...4 by|via|with|through|over bank_transfer|{wallet}|western_union|cash
invoice you|me|us ...2 separately|directly|direct|privately|outside
don_t|dont|not check_out|checkout|order|pay ...2 yet|here
cancel* ...6 sell|give|cheaper|offer|direct*|privately
straight|directly|direct ...2 to|into my|our ...1 account|bank
don_t|dont|not|without ...2 pay|paying ...2 through|via|on|over here|this|the
steam|itunes|google_play|apple card|cards|voucher*
between us|ourselves
cash ...3 same|instead
cheaper|better|easier way ...2 to_pay|to_buy|of_paying
a|another cheaper way
save|split ...2 difference|commission|fee|fees
pay ...3 cash
cut_out the middleman|marketplace

# German
zahl*|bezahl*|überweis* ...3 direkt|privat|bar ...3 mich|uns|mir|dir|euch|ihnen
direkt an|bei mich|uns|mir ...2 zahl*|überweis*|bezahl*|bestell*
zahl*|bezahl*|überweis* ...3 direkt|privat
überweis* ...2 an|auf mich|uns|mein*|unser*
überweise direkt
per|mit|durch überweisung|paypal|bargeld ...2 an mich|uns
paypal freunde*
freunde_und_familie|paypal_freunde|familie_und_freunde
außerhalb|ausserhalb|neben ...1 plattform|seite|shop|portal|app|webseite|marktplatz*
ohne|spar*|umgeh* ...3 gebühr*|provision|plattform|marktplatz
bar|barzahlung|bargeld ...2 bei abholung
am marktplatz|portal vorbei
ohne|an marlow|marktplatz ...1 machen|vorbei|abwickeln|regeln
geld ...3 paypal|überweis*
spar* ...3 provision|gebühr*
direkt bei uns|mir ...1 bestell*|kauf*
bestell*|kauf* ...2 direkt bei uns|mir

auf die|auf_die hand
unter uns
privat ...3 regeln|verkaufen|abwickeln|machen|kaufen
stornier* ...6 verkauf*|billiger|günstiger|direkt|privat

# French
annul* ...6 vend*|moins_cher|direct*|privé
entre nous
pay*|règl*|vers* ...3 direct|directement|en_direct|main_propre
en_direct ...3 moins|remise|pay*
hors|dehors|sans passer ...2 site|plateforme
hors du|de_la site|plateforme
évit*|sans ...2 commission*|frais_de_site|frais_de_plateforme
virement ...2 directement|direct|mon|notre|sur
fai* ...2 virement
paypal ...1 entre proches|amis
entre proches|amis
payer|paiement|espèces ...2 espèces ...4 main|frais|commission
mandat_cash|western_union

passe*|command*|achet* ...3 directement|direct ...2 moi|nous|chez|l_atelier
par|chez|avec moi|nous directement|en_direct
régler|payer ...2 espèces|liquide

# Spanish
entre nosotros
cancel*|anul* ...6 vend*|barato|directo|directamente
compr*|pid*|encarg* ...3 directamente|directo ...2 mi|conmigo|nosotros|taller
pag* ...3 en_mano|efectivo
pag* ...2 directamente|directo|efectivo_en_mano|por_fuera
fuera|por_fuera de_la|del|de plataforma|web|página|app|sitio
sin|ahorra*|evita* ...2 comisión|comisiones
haz*|hac*|hág*|mánd*|mand*|envi* ...1 un|una|el|por bizum|transferencia
bizum directo|a_mi
transferencia a mi|mí|nuestra
amigos_y_familia|amigos_y_familiares

# Italian
in privato
tra|fra noi
annull*|cancell* ...6 vend*|meno|privato|direttamente
pag* ...2 direttamente|a_me|in_privato|fuori
fuori dal|dalla|da sito|piattaforma|app
senza|evita*|risparmi* ...1 commission*
fa*|manda* ...2 bonifico
ricarica ...3 postepay
amici_e_familiari
bonifico a me|noi|mio

compr*|ordin*|acquist* ...3 direttamente ...2 me|noi|laboratorio
pag* ...2 contanti

# Portuguese
entre nós
cancel* ...6 vend*|barato|direto
compr*|encomend*|pedir|pede ...3 direto|diretamente ...2 comigo|conosco|connosco|mim|nós
pag* ...2 dinheiro
pag* ...2 direto|diretamente|por_fora
por_fora da|do plataforma|site|app
fora da|do plataforma|site|app
faz*|fazer|manda*|mande ...2 pix|transferência|mbway|depósito
pix direto
sem|evita* ...2 taxa|taxas|comissão

# Dutch
onderling|onderhands
annuleer* ...6 verkoop*|goedkoper|rechtstreeks
betaal* ...3 rechtstreeks|direct|contant|privé
rechtstreeks|direct aan|bij mij|ons ...2 betaal*|bestel*|koop*
buiten ...2 site|platform|app|website
stuur|doe|maak ...3 tikkie|overschrijving
zonder|vermijd*|bespaar* ...2 commissie|kosten_van|provisie
vrienden_en_familie
overmaken naar mij|ons|mijn

bestel*|koop*|koopt ...3 direct|rechtstreeks ...2 mij|ons
direct|rechtstreeks bij|via|aan mij|ons

# Polish
prywatnie|po_cichu
dogada* ...3 taniej|prywatnie|między
anuluj* ...6 sprzeda*|taniej|bezpośrednio
kup*|zamów* ...3 bezpośrednio|prywatnie
bezpośrednio u|ode mnie|nas
zapłac*|płat*|płac* ...2 bezpośrednio|prywatnie|do_ręki|gotówką_do
poza serwisem|portalem|platformą|stroną|allegro|aplikacją
bez|omin* ...1 prowizji|prowizję|opłat
zrób*|prześlij|wyślij ...2 przelew|blik|blika
blik na telefon
przelew na moje|mój|konto

! difference between us
! pay ...3 cash ...3 checkout|refund
! order* ...4 arrived|not|never|48213
! transfer from marlow
! pay* ...3 at|through|in checkout
! bought ...2 directly from your stall
! without ...2 app ...2 work*
! do|can you|i ...1 use|take paypal at|on checkout|site
! ship* ...3 without|outside
! on ...1 outside
`
