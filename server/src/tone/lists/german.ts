export const german = `
[threat]
polizei|anwalt|anwältin|rechtsanwalt|anzeige|gericht|verbraucherschutz|verbraucherzentrale|verklage*|klage
anwalt ein

[accusation]
betrug|betrüger*|betrogen|abzocke|abzocker*|lügner*|lüge|lügen|gelogen|diebe|dieb|gauner|verarsch*|verarscht|fake_shop|fakeshop|beschiss

[anger]
respektlosigkeit|lachnummer|kindergarten|chaos|unzumutbar|unterste|abartig|ekelhaft|verdammt
lasse ...3 bieten|gefallen
für dumm|blöd ...1 verkauf*
so nicht
aller_letzte|das_allerletzte|das_letzte
frechheit|unverschämt*|inakzeptabel|unfassbar|unmöglich|katastrophe|katastrophal*|lächerlich|sauerei|schweinerei|wütend|sauer|stinksauer|empört|empörend|saftladen|mist|scheiß*|scheiss*|idioten|hasse|furchtbar|schrecklich|grauenhaft|unterirdisch|miserabel|peinlich|schande|skandal|dreist|erbärmlich|witz|schlechteste*|schlimmste*|zumutung|frech|verarsche|verarscht|veräppelt|unfähig*|stümper|saustall|unding|respektlos
nie wieder
reicht_s|reicht_es|mir_reicht
ich_habe|hab genug
genug davon
schnauze|nase voll
geld ...1 zurück
sofort ...3 zurück|antwort*
wollt|willst|wollen ...1 mich ...1 veräppeln|verarschen
was_soll das
geht gar_nicht

[disappointment]
mangelhaft|minderwertig|nachlässig|schade|billig_verarbeitet|unbefriedigend|ungenügend
so_habe|hatte ...5 vorgestellt
enttäuscht|enttäuschend|enttäuschung|unzufrieden|ärgerlich|verärgert|genervt|nervig|nervt|schlecht|schlechte|schlechter|traurig|frustriert|frustrierend|unprofessionell|leider_wieder|blöd
nicht ...1 zufrieden|glücklich|akzeptabel|in_ordnung|okay|hilfreich|gut|lustig|schön|fair
hilft ...1 nicht
bringt ...1 nichts
hätte|habe ...1 mehr|besseres erwartet
nicht_das was

[impatience]
bis heute|jetzt
immer|noch ...1 keine|keinen antwort|rückmeldung|lieferung|rückruf
wann passiert|kommt ...2 endlich
immer_noch|immernoch|noch_immer|seit_wochen|seit_tagen|seit_ewigkeiten|dringend|ungeduldig|endlich
wie_lange noch|soll|muss|dauert
niemand|keiner antwortet|meldet|reagiert|hilft
warum|wieso ...1 niemand|keiner|antwortet
warte ...2 seit|noch|schon
schon ...2 wochen|tage|tagen|monate
hallo hallo
verlier* ...2 geduld
geduld ...2 ende
gibt es ...2 neues|neuigkeiten
rückruf|antwort|lieferung ...2 versprochen|zugesagt
versprochen|zugesagt
im kreis
wann ...2 endlich

[repeating]
doch ...2 schon|bereits ...3 geschickt|gesagt|geschrieben|erklärt
alles schon
schon wieder
schon|bereits ...2 mal|dreimal|zweimal|mehrmals|mehrfach|gesagt|geschrieben|gefragt|geschickt|erklärt
dritte|dritten|vierte|vierten|fünfte|zweite|x_te mal|nachricht|mail|anruf|versuch|anfrage
zum wiederholten|dritten|vierten|zweiten|xten
noch_einmal|nochmal frage|schreibe
wieder falsch*|kaputt|nicht
immer dasselbe

[thanks]
danke|dank|vielen_dank|super|toll|perfekt|prima|klasse|gerne|gern|schön|wunderbar|großartig|freue|freut|zufrieden|bestens|top
kein problem
alles gut|klar
nicht schlecht
keine eile|ursache
`
