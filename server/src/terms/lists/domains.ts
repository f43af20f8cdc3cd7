/** Endings of addresses that are no words of the languages people write in here. */
export const plainEndings = new Set(
  `com net org shop store online site website info biz eu app dev art studio design house gallery market sale
  example support help email click link top xyz club vip live pro page space blog tech cloud digital media agency
  company boutique gift gifts jewelry furniture kitchen fashion pay cash money finance fund
  uk de fr nl pl pt br ch au nz ca ie mx ar cl pe ru ua cz sk hu ro gr tr dk fi se lt lv ee jp cn kr hk sg
  gl ly gg tv cc ws fm io ai co`.split(/\s+/),
)

/** Endings that are words somewhere: "arrived.it is" is a missing space, not an address. */
export const wordyEndings = new Set('it es at be is me to in no so us my la do am by as'.split(' '))

/** Pages whose address is an account on a messenger or network. */
export const handleHosts =
  /^(?:www\.)?(?:wa\.me|t\.me|telegram\.me|m\.me|instagram\.com|facebook\.com|fb\.com|fb\.me|tiktok\.com|snapchat\.com|discord\.gg|discord\.com|line\.me|signal\.me|threads\.net|chat\.whatsapp\.com|api\.whatsapp\.com|weixin\.qq\.com|vk\.com|x\.com|twitter\.com|pinterest\.com)$/

/** Pages whose address is an account that takes money. */
export const paymentHosts =
  /^(?:www\.)?(?:paypal\.me|revolut\.me|cash\.app|venmo\.com|monzo\.me|ko-fi\.com|buymeacoffee\.com|wise\.com|tikkie\.me|buy\.stripe\.com|gofundme\.com|satispay\.com)$/

export const mailProviders =
  'gmail|googlemail|hotmail|outlook|yahoo|icloud|protonmail|proton|gmx|web|aol|live|msn|fastmail|posteo|mailbox|libero|orange|wanadoo|laposte|free|uol|bol|sapo|ziggo|kpn|wp|onet|interia|o2|yandex|zoho|tutanota'
