export const polish = `
[threat]
policj*|prawnik*|prawnika|sąd|sądu|adwokat*|uokik|rzecznik*|zgłoszę|zgłaszam|pozew

[accusation]
oszust*|oszuści|oszukan*|oszukujecie|złodziej*|kłamc*|kłamstw*|kłamiecie|naciągacze|wyłudz*|ukradli|kradzież

[anger]
idiotę|głupka|debila|wała|bezczelność|hańba|patologia|paranoja|absurd|żałosne|śmiechu_warte|obraza|cyrk
skandal|skandaliczn*|kpina|kpiny|żenada|żenujące|wstyd|beznadziejn*|tragedia|tragiczn*|okropn*|fataln*|najgorsz*|niedopuszczalne|śmieszne|wściekł*|zły_jestem|koszmar|koszmarn*|kurw*|dno|porażka|masakra|nienawidzę|nieakceptowalne|chamstwo|bezczeln*
nigdy więcej
mam|mamy dość|dosyć
oddajcie
żądam
moje pieniądze
zwrot ...2 natychmiast
żarty sobie
nabijacie się
sobie ...2 jaja
brak szacunku
amatorzy|partacze|niekompetent*

[disappointment]
spodziewał* się
marna|marny|tandeta|niedbal*
rozczarowan*|rozczarowujące|zawiedzion*|niezadowolon*|zdenerwowan*|denerwując*|sfrustrowan*|słab*|kiepsk*|smutn*|szkoda|niepoważne
nie ...1 zadowolon*|szczęśliw*|podoba|pomaga|normalne|fair|poważne
to nie_pomaga

[impatience]
nikt nie|mi
bez odpowiedzi
brak odpowiedzi|reakcji|kontaktu
ile mam
od ...1 dni|tygodni
nadal|dalej|wciąż|ciągle czekam|nie|brak|nic|bez|to
jeszcze nie
nikt nie
dlaczego nikt
ile|jak ...1 można|jeszcze|czasu|długo
czekam ...1 już|od
już ...2 tydzień|tygodni|tygodnie|miesiąc|dni
pilne|pilnie|natychmiast|niecierpliw*|wreszcie
kiedy ...2 wreszcie|końcu
tracę|stracił* ...2 cierpliwość
są|jakieś ...1 wieści|nowości|informacje
obieca*

[repeating]
znowu|znów ...2 zły|zła|złe|nie|zepsut*|to
znowu
już ...1 pisałem|pisałam|mówiłem|mówiłam|pytałem|pytałam|wysłałem|trzeci|drugi|któryś
trzeci|czwarty|drugi|kolejny|setny raz
po_raz kolejny|trzeci|któryś
ciągle to_samo

[thanks]
dziękuję|dziękuje|dzięki|świetnie|super|idealnie|wspaniale|cudownie|polecam|pięknie|zadowolon*|dobrze|ok
nie ma_problemu
nie szkodzi
`
