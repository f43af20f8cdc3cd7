import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const program = 'openssl'
const ecKey = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1'

export interface Certificates {
  /** The file that somebody has to trust: NODE_EXTRA_CA_CERTS. */
  authority: string
  key: Buffer
  cert: Buffer
}

/** An authority of our own, and a certificate of it for one name; in this folder. */
export function certificatesFor(name: string, folder: string): Certificates {
  const [authority, authorityKey] = [join(folder, 'authority.pem'), join(folder, 'authority-key.pem')]
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const ask = (wish: string) =>
    execFileSync(program, `req -x509 ${ecKey} ${wish}`.split(' '), { stdio: 'ignore' })
  ask(`-subj /CN=authority -keyout ${authorityKey} -out ${authority}`)
  ask(
    `-CA ${authority} -CAkey ${authorityKey} -subj /CN=${name} -addext subjectAltName=DNS:${name} -addext basicConstraints=critical,CA:FALSE -keyout ${key} -out ${cert}`,
  )
  return { authority, key: readFileSync(key), cert: readFileSync(cert) }
}
