import { Server } from 'lucide'
import { ask } from '../../connection.ts'
import { LiveKeys } from '../parts/live-keys.tsx'
import { requestId } from '../parts/request-id.ts'
import { useAsk } from '../parts/use-ask.ts'
import { NewApiKeyDialog } from './new-api-key-dialog.tsx'
import { scopeWords } from './scopes.ts'

export function ApiKeys() {
  const asked = useAsk('listApiKeys', {})
  return (
    <LiveKeys
      title="API keys"
      intro="With a key your own server hands in applications, says whose products are whose and reads where vendors stand. A key opens only what you switch on, and no conversation."
      icon={Server}
      none="Your server does nothing here until it has one."
      asked={asked}
      idOf={(key) => key.keyId}
      nameOf={(key) => key.name}
      about={(key) => key.scopes.map((scope) => scopeWords[scope].label).join(' · ')}
      effect="What your server asks with it is refused from now on"
      onRevoke={async ({ keyId }) => {
        const outcome = await ask('revokeApiKey', { requestId: requestId(), keyId })
        return outcome.ok ? null : outcome.refusal
      }}
      dialog={(onClose) => <NewApiKeyDialog onClose={onClose} onCreated={() => void asked.reload()} />}
    />
  )
}
