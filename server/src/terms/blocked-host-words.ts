import { Refused } from '../app/refused.ts'

/** What whoever wrote of a blocked host is told; only the server knows which host it is. `{0}` is the host. */
const sentences = {
  en: 'This link leads to {0}, which this marketplace does not allow. Take it out and send again.',
  ar: 'يؤدي هذا الرابط إلى {0}، وهو موقع لا تسمح به هذه السوق. احذفه وأرسل مرة أخرى.',
  de: 'Dieser Link führt zu {0}; das lässt dieser Marktplatz nicht zu. Nehmen Sie ihn heraus und senden Sie noch einmal.',
  es: 'Este enlace lleva a {0}, que este mercado no permite. Quítelo y envíe de nuevo.',
  fr: 'Ce lien mène à {0}, que cette place de marché n’autorise pas. Retirez-le et envoyez à nouveau.',
  it: 'Questo link porta a {0}, che questo marketplace non consente. Lo tolga e invii di nuovo.',
  nl: 'Deze link leidt naar {0}, en dat staat deze marktplaats niet toe. Haal hem weg en verstuur opnieuw.',
  pl: 'Ten link prowadzi do {0}, na co ta platforma nie pozwala. Prosimy go usunąć i wysłać ponownie.',
  pt: 'Esta ligação leva a {0}, que este mercado não permite. Retire-a e envie de novo.',
  sv: 'Den här länken leder till {0}, vilket den här marknadsplatsen inte tillåter. Ta bort den och skicka igen.',
}

/** In the language of the browser that asks; English for members, and for whom nothing is known of. */
export function refusedHost(host: string, locale: string | null): Refused {
  const language = locale?.split('-')[0]?.toLowerCase()
  const sentence = sentences[language as keyof typeof sentences] ?? sentences.en
  return new Refused('notAllowed', 'terms.blockedHost', { words: sentence.replace('{0}', () => host) })
}
