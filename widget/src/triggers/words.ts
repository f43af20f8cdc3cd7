/** What a rule's offer says of its own accord, where the site has given no words: ask, read, not now. */
const words: Record<string, readonly [ask: string, read: string, notNow: string]> = {
  en: ['Ask', 'Read', 'Not now'],
  ar: ['اسأل', 'اقرأ', 'ليس الآن'],
  de: ['Fragen', 'Lesen', 'Jetzt nicht'],
  es: ['Preguntar', 'Leer', 'Ahora no'],
  fr: ['Demander', 'Lire', 'Pas maintenant'],
  it: ['Chiedi', 'Leggi', 'Non ora'],
  nl: ['Vragen', 'Lezen', 'Niet nu'],
  pl: ['Zapytaj', 'Czytaj', 'Nie teraz'],
  pt: ['Perguntar', 'Ler', 'Agora não'],
  sv: ['Fråga', 'Läs', 'Inte nu'],
}

/** In the first language there is: the widget's own setting, the page's, the browser's. */
export function wordsIn(wished: readonly (string | undefined)[]) {
  const language = wished.map((wish) => wish?.slice(0, 2).toLowerCase() ?? '').find((one) => words[one])
  return words[language ?? ''] ?? (words.en as (typeof words)[string])
}
