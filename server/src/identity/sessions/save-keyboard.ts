import { askingMember } from '../../app/asking-member.ts'
import { writeAudit } from '../../app/audit.ts'
import type { SiteCommand } from '../../app/site-command.ts'
import { setKeyboard } from './store.ts'

/** Which shortcuts there are is the console's to know: keys kept here for one that is gone do no harm. */
export const saveKeyboard: SiteCommand<'saveKeyboard'> = async ({ actor, input, sql, origin }) => {
  const member = askingMember(actor)
  const { keys, hasSingleKeys } = input
  await setKeyboard(sql, member.accountId, { keys, hasSingleKeys })
  await writeAudit(sql, member, {
    action: 'keyboard.saved',
    object: `member:${member.memberId}`,
    ip: origin.ip,
  })
  return { keys, hasSingleKeys }
}
