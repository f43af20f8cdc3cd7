export const swedish = `
[threat]
polisen|polisanmäl*|advokat|arn|konsumentverket|stämma|anmäla|anmäler

[accusation]
bedrägeri|bedragare|lurendrejeri|lurad|lurade|lögnare|ljuger|ljög|tjuvar|stulit|skojare|bluff

[anger]
skämmas|pinsamt|bedrövligt|vansinne|galet|fräckt|oförskämt|respektlös|katastrofalt
oacceptabelt|skandal|skandalöst|löjligt|uruselt|usel|uselt|fruktansvärt|hemskt|arg|förbannad|rasande|äckligt|skit|jävla|sämsta|värsta|katastrof|hatar|vidrigt|patetiskt|urusel
skäms på|ni
skämt
aldrig mer|igen
mina pengar
pengar|pengarna tillbaka
fått nog
trött på
nog nu
driver ...1 med
clowner|amatörer|respektlöst|inkompetent*

[disappointment]
undermåligt|slarvigt|förväntade mig|mer
besviken|besvikna|missnöjd|irriterad|irriterande|frustrerad|frustrerande|dålig|dåligt|dåliga|ledsen|tråkigt|jobbigt
inte ...1 nöjd|glad|bra|okej|acceptabelt|rimligt
hjälper ...1 inte

[impatience]
ingen kan|vet|säger|hör
inget svar
utan svar
fortfarande|väntar_fortfarande|ännu_inte
väntat ...2 veckor|dagar|månader|länge
hur_länge till|ska|dröjer
varför ...1 ingen
ingen ...1 svarar|hjälper|ringer
akut|otålig|omedelbart|äntligen|genast
när ...2 äntligen
tappa*|förlora* ...2 tålamod*
hört|finns|några ...1 något|nyheter|nytt
lovade|lovat

[repeating]
tredje|fjärde|andra gången
redan ...1 sagt|skrivit|frågat|skickat|förklarat
fel ...1 igen
igen fel
samma ...1 sak|svar

[thanks]
tack|perfekt|bra|toppen|härligt|underbart|jättebra|fint|kul|gillar|nöjd|snällt
inga problem
ingen fara
inte illa
`
