import { KeyRound } from 'lucide'
import { ask } from '../../connection.ts'
import { LiveKeys } from '../parts/live-keys.tsx'
import { requestId } from '../parts/request-id.ts'
import { useAsk } from '../parts/use-ask.ts'
import { useSite } from '../site/site-settings.ts'
import { NewKeyDialog } from './new-key-dialog.tsx'
import { Samples } from './samples.tsx'

export function IdentityKeys() {
  const asked = useAsk('listIdentityKeys', {})
  const siteKey = useSite().asked.value?.siteKey
  return (
    <LiveKeys
      title="Identity keys"
      intro="Your server signs who is on the page, and with that what they may talk about. Names and addresses that come from the page itself are never believed."
      icon={KeyRound}
      none="Everybody is a guest until your server signs identities with a key."
      asked={asked}
      idOf={(key) => key.kid}
      nameOf={(key) => key.kid}
      titleOf={(key) => <code>{key.kid}</code>}
      about={(key) => key.algorithm}
      effect="Tokens signed with it are refused from now on"
      warning={(live) =>
        live === 1
          ? 'It is the only live key: buyers of your shop become guests until your server signs with a new one.'
          : 'Make sure that your server signs with the other key already.'
      }
      onRevoke={async ({ kid }) => {
        const outcome = await ask('revokeIdentityKey', { requestId: requestId(), kid })
        return outcome.ok ? null : outcome.refusal
      }}
      dialog={(onClose) => (
        <NewKeyDialog siteKey={siteKey ?? ''} onClose={onClose} onCreated={() => void asked.reload()} />
      )}
    >
      {(live) => <Samples kid={live?.kid} algorithm={live?.algorithm} siteKey={siteKey} />}
    </LiveKeys>
  )
}
