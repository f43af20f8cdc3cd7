import type { ImportedTriggers } from '@parley/shared/protocol/triggers.ts'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { TextArea } from '../../parts/field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { DialogForm } from '../parts/dialog-form.tsx'
import { requestId } from '../parts/request-id.ts'

/** YAML from a file or pasted. Rules of the same name are changed, others added; nothing is removed. */
export function ImportDialog({ onClose, onDone }: { onClose: () => void; onDone: () => Promise<void> }) {
  const [yaml, setYaml] = useState('')

  async function read(list: FileList | null): Promise<void> {
    const [file] = list ?? []
    if (file) setYaml(await file.text())
  }

  return (
    <DialogForm
      title="Import triggers"
      act="Import"
      width={640}
      value={yaml}
      check={(text) => (text.trim() === '' ? { yaml: 'Choose a file, or paste its text.' } : {})}
      onClose={onClose}
      save={async (text) => {
        const outcome = await ask('importTriggers', { requestId: requestId(), yaml: text })
        if (!outcome.ok) return { ...outcome.refusal, field: 'yaml' }
        showToast({ text: importedWords(outcome.value) })
        await onDone()
        return null
      }}
    >
      {(error, leave) => (
        <>
          <p>Rules of the same name are changed, others are added. Nothing is removed.</p>
          <label class="visually-hidden" for="trigger-file">
            A YAML file
          </label>
          <input
            id="trigger-file"
            type="file"
            accept=".yaml,.yml,application/yaml"
            onChange={(event) => void read(event.currentTarget.files)}
          />
          <TextArea
            label="YAML"
            rows={10}
            spellcheck={false}
            value={yaml}
            error={error('yaml')}
            onBlur={() => leave('yaml')}
            onInput={(event) => setYaml(event.currentTarget.value)}
          />
        </>
      )}
    </DialogForm>
  )
}

function importedWords({ added, changed, unchanged }: ImportedTriggers): string {
  return `${added.length} added, ${changed.length} changed, ${unchanged.length} as they were`
}
