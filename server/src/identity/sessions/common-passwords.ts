/** What leaked lists hold most of, folded: passwords of twelve and more are these words, repeated and decorated. */
const words = [
  ...['password', 'passwort', 'passw', 'senha', 'contrasena', 'motdepasse', 'parola', 'haslo', 'wachtwoord'],
  ...['qwerty', 'qwertz', 'azerty', 'qwertyuiop', 'asdfgh', 'asdfghjkl', 'zxcvbn', 'zxcvbnm', 'qazwsx'],
  ...['letmein', 'welcome', 'admin', 'administrator', 'root', 'login', 'secret', 'changeme', 'default'],
  ...['iloveyou', 'love', 'sunshine', 'princess', 'dragon', 'monkey', 'football', 'baseball', 'superman'],
  ...['batman', 'pokemon', 'starwars', 'master', 'shadow', 'michael', 'jordan', 'liverpool', 'chelsea'],
  ...['arsenal', 'barcelona', 'realmadrid', 'benfica', 'computer', 'internet', 'trustno', 'freedom'],
  ...['whatever', 'hello', 'flower', 'summer', 'winter', 'spring', 'autumn', 'january', 'february', 'march'],
  ...['april', 'june', 'july', 'august', 'september', 'october', 'november', 'december', 'monday', 'friday'],
  ...['company', 'business', 'support', 'service', 'marketplace', 'parley', 'test', 'guest', 'user', 'demo'],
  ...['abc', 'abcd', 'abcdef', 'abcdefg', 'abcdefgh', 'abcdefghijkl', 'my', 'the', 'is', 'and', 'you', 'me'],
]
  .sort((a, b) => b.length - a.length)
  .join('|')
const onlyWords = new RegExp(`^(?:${words})+$`)

const lookalikes: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}
const rows = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1q2w3e4r5t6y7u8i9o0p',
]
const fewestDifferent = 5

/** Words everybody tries, also with digits around them or for letters; runs along the keyboard; few characters. */
export function isCommon(password: string): boolean {
  const typed = password.toLowerCase()
  if (new Set(typed).size < fewestDifferent) return true
  if (isRun(typed)) return true
  const bare = typed.replace(/\P{L}/gu, '')
  const folded = typed.replace(/[0-9@$!]/g, (sign) => lookalikes[sign] ?? '').replace(/\P{L}/gu, '')
  const trimmed = typed
    .replace(/^\P{L}+|\P{L}+$/gu, '')
    .replace(/[0-9@$!]/g, (sign) => lookalikes[sign] ?? '')
  return bare === '' || [bare, folded, trimmed].some((text) => onlyWords.test(text))
}

/** Every piece of four characters lies on one line of the keyboard or the alphabet, in either direction. */
function isRun(typed: string): boolean {
  for (let at = 0; at + 4 <= typed.length; at += 4) {
    const piece = typed.slice(at, at + 4)
    const back = [...piece].reverse().join('')
    if (!rows.some((row) => row.includes(piece) || row.includes(back))) return false
  }
  return true
}
