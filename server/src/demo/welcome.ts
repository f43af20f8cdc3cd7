import type { Parts } from '../app/parts.ts'
import { firstAdminLink } from '../identity/index.ts'
import { marlow, staff, vendorMembers } from './cast.ts'
import { seedDemo } from './seed.ts'
import { tellPast } from './tell-past.ts'

/** What the person who starts the server needs next: addresses and, outside production, the demo's logins. */
export async function welcomeText(parts: Parts): Promise<string> {
  const { publicUrl, production } = parts.config
  if (!production) {
    await seedDemo(parts)
    await tellPast(parts)
    const people = [
      ...Object.values(staff).map(({ email, role }) => ({ email, role })),
      ...Object.values(vendorMembers).map(({ email }) => ({ email, role: 'vendor' })),
    ]
    return lines(
      '',
      'Parley is running.',
      '',
      `  Demo marketplace   ${publicUrl}/demo/`,
      `  Console            ${publicUrl}/console/`,
      '',
      `  Password for each of these: ${marlow.password}`,
      ...people.map(({ email, role }) => `    ${email.padEnd(24)} ${role}`),
      '',
      '  Ctrl+C stops it.',
      '',
    )
  }
  const link = await firstAdminLink(parts)
  if (link === null) return lines(`Parley is running at ${publicUrl}/console/`)
  return lines(
    '',
    'Parley is running and has no site yet. Open this link within an hour to create the first admin:',
    '',
    `  ${link}`,
    '',
    'It works once. A restart prints a new one.',
    '',
  )
}

function lines(...each: string[]): string {
  return `${each.join('\n')}\n`
}
