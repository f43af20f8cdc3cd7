import { pino } from 'pino'
import { readConfig } from '../config.ts'
import { isLeaked } from '../identity/sessions/leaked-passwords.ts'

/** Asks each of the servers about one password, as a process that trusts whom its environment names. */
const [folder = '', password = '', ...urls] = process.argv.slice(2)
const logger = pino({ level: 'silent' })
for (const url of urls) {
  const config = readConfig({
    DATA_DIR: folder,
    LEAKED_PASSWORDS_URL: url,
    OUTBOUND_ALLOW: '127.0.0.1',
  })
  console.log(`${url} ${(await isLeaked({ config, logger }, password)) ? 'leaked' : 'taken'}`)
}
console.log('done')
