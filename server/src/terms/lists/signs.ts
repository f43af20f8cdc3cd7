/** Words that say which number follows. The nearest one before a number decides. */
export const telephoneSigns = `
call* phone* telephone* tel text* ring dial* mobile cell whatsapp sms bell reach* contact* fax hotline landline
my_no
ruf* anruf* telefon* handy* mobil* nummer* erreich* meld*
appel* portable joignable joindre numero mon_numero téléphon*
llama* llám* móvil celular teléfono*
chiama* cell cellulare telefon* numero
liga* ligue telefone* telemóvel celular número zap
bel bellen mijn_nummer nummer telefoon* app_me
zadzwo* dzwo* telefon* numer komórka tel
`

/** Numbers of these are long and look like telephones. */
export const otherNumberSigns = `
order* orders tracking track parcel* package shipment consignment invoice* receipt ref reference* serial sn model part parts
sku ean isbn imei vat batch lot case id ticket* member* membership loyalty voucher* coupon code pin pickup locker label return* listing
item* article product article timestamp account* konto* sort routing iban bic wallet company registration company_number card*
ssn social_security credit debit date on_date balance amount
ups fedex dhl dpd gls hermes usps royal_mail evri colissimo inpost postnl ral pantone colour color din iso lego version batch
bestell* sendung* paket* rechnung* kunden* artikel* serien* gutschein* referenz vorgang* steuer* plz blz kontonummer karte*
commande* suivi colis facture* réf référence* article* siret carte cuenta* compte rib
pedido* seguimiento factura* envío paquete artículo referencia código cuenta tarjeta bizum cif nif
ordine* ordini tracking spedizione fattura* pacco codice articolo conto carta partita iva
encomenda* rastreio fatura* nota_fiscal código conta cartão cep cpf cnpj pix nib
bestelling* pakket* zending factu* artikel* klant* rekening* kaart* track trace
zamówieni* przesyłk* paczk* faktur* artykuł* kod* konto* konta karta karty nip regon blik
`

/** Before what might be an address with an ending that is also a word. */
export const visitSigns = `on at see visit site website shop www go via under from auf bei unter su sul sito sur en em op na nasz check browse
mira guarda veja kijk zobacz via web página pagina shop store is`

function plainly(words: string): string[] {
  return words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ł', 'l')
    .split(/\s+/)
    .filter((word) => word !== '')
}

/** Says whether a word, or a word and the one after it, is in the list; `pay*` stands for whatever begins so. */
export function signsOf(list: string): (word: string, next: string) => boolean {
  const whole = new Set<string>()
  const beginnings = new Set<string>()
  for (const word of plainly(list)) {
    if (word.endsWith('*')) beginnings.add(word.slice(0, -1))
    else whole.add(word.replaceAll('_', ' '))
  }
  return (word, next) => {
    if (whole.has(word) || whole.has(`${word} ${next}`)) return true
    for (let length = 3; length <= word.length && length <= 12; length += 1)
      if (beginnings.has(word.slice(0, length))) return true
    return false
  }
}
