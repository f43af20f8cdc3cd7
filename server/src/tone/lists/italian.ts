export const italian = `
[threat]
denuncio|denuncia|denuncerò|polizia|avvocato|querela|carabinieri|codacons|legali|tribunale

[accusation]
truffa|truffatori|truffatore|truffat*|ladri|ladro|bugiard*|imbroglio|imbroglioni|frode|rubat*|fregat*|bugie

[anger]
vergognosi|vergognose|ridicola|indegno|indegna|squallido|penoso|penosa|allucinante|inammissibile|intollerabile|maleducat*
vergogna|vergognoso|vergognosa|inaccettabile|ridicolo|ridicoli|pessimo|pessima|schifo|schifoso|furioso|furiosa|arrabbiat*|incompetent*|disastro|orribile|assurdo|assurda|indecente|scandaloso|peggiore|peggior|odio|merda|cazzo|stufo|stufa|terribile|scandalo
mai più
miei|mio soldi|denaro
rivoglio
basta
presa|prendete|prendendo ...1 giro
non se_ne_può
ora basta
incapac*|buffon*|cialtron*|pagliacc*
presa in_giro
prendendo|prendete in_giro
mancanza di_rispetto

[disappointment]
mi aspettavo|aspettavamo
scadenti|mediocre|approssimativo
delus*|deludente|delusione|insoddisfatt*|fastidios*|frustrat*|frustrante|scontent*|male|brutt*|scadente|inutile
non ...1 soddisfatt*|content*|normale|felice|serio|accettabile|professionale
non mi|ci aiuta|serve

[impatience]
aspetto|aspettiamo ...3 da|giorni|settimane|risposta
da giorni|settimane|mesi
senza risposta|notizie
nessuno ...1 sa|dice
ancora aspettando|attesa|niente|nulla|non
sto ancora
non ...1 ancora
ancora nessun*
nessuno ...1 risponde|aiuta|chiama
perché nessuno
quanto ...1 tempo|ancora|manca
da ...1 settimane|giorni|mesi
perd* ...2 pazienza
ci_sono|ci|qualche|nessuna novità|notizia|notizie|aggiornament*
avevate|avevano|mi_avete promesso|detto
urgente|subito|impaziente|immediatamente
quando ...2 finalmente

[repeating]
di_nuovo|ancora_una_volta
terza|quarta|seconda|ennesima volta|mail|messaggio
già ...1 detto|scritto|chiesto|spiegato|mandato|inviato
sempre ...1 stess*
tre|quattro|mille volte

[thanks]
grazie|perfetto|ottimo|ottima|fantastico|gentile|gentilissim*|benissimo|bene|splendido|piace|content*|adoro
nessun problema
non male
`
