/** Digits and small numbers as they are said in numbers of telephones. None has two values in two of the languages. */
const said: Record<string, string> = {
  '0': 'zero oh o null nul nula zéro',
  '1': 'one eins uno una un une um uma een één jeden',
  '2': 'two zwei zwo deux dos due dois duas twee dwa',
  '3': 'three drei trois tres tre três drie trzy',
  '4': 'four vier quatre cuatro quattro quatro cztery',
  '5': 'five fünf cinq cinco cinque vijf pięć',
  '6': 'six sechs seis sei zes sześć meia',
  '7': 'seven sieben sept siete sette sete zeven siedem',
  '8': 'eight acht huit ocho otto oito osiem',
  '9': 'nine neun neuf nueve nove negen dziewięć',
  '10': 'ten zehn dix diez dieci dez tien dziesięć',
  '11': 'eleven elf onze once undici jedenaście',
  '12': 'twelve zwölf douze doce dodici doze twaalf dwanaście',
  '13': 'treize trece tredici treze thirteen dreizehn dertien trzynaście',
  '14': 'quatorze catorce quattordici fourteen vierzehn veertien czternaście',
  '15': 'quinze quince quindici fifteen fünfzehn vijftien piętnaście',
  '16': 'seize dieciseis sedici sixteen sechzehn zestien szesnaście',
  '20': 'twenty zwanzig vingt veinte venti vinte twintig dwadzieścia',
  '30': 'thirty dreißig trente treinta trenta trinta dertig trzydzieści',
  '40': 'forty vierzig quarante cuarenta quaranta quarenta veertig czterdzieści',
  '50': 'fifty fünfzig cinquante cincuenta cinquanta cinquenta vijftig pięćdziesiąt',
  '60': 'sixty sechzig soixante sesenta sessanta sessenta zestig sześćdziesiąt',
  '70': 'seventy siebzig setenta settanta zeventig siedemdziesiąt',
  '80': 'eighty achtzig ochenta ottanta oitenta tachtig osiemdziesiąt',
  '90': 'ninety neunzig noventa novanta negentig dziewięćdziesiąt',
  '100': 'hundred',
}

export const numberWords: ReadonlyMap<string, string> = new Map(
  Object.entries(said).flatMap(([digits, words]) =>
    words.split(' ').map((word) => [word.normalize('NFD').replace(/\p{M}/gu, '').replace('ß', 'ss'), digits]),
  ),
)

/** "Double seven": says the next digit that often. */
export const timesWords: ReadonlyMap<string, number> = new Map([
  ['double', 2],
  ['triple', 3],
  ['treble', 3],
  ['doppel', 2],
  ['doble', 2],
  ['doppio', 2],
  ['dubbel', 2],
])
