import type { IntakeField, IntakeForm } from '@parley/shared/protocol/reading.ts'

/** What the protocol’s own check does not see; paths start at `path`. */
export function checkIntake(form: IntakeForm, path: string): Record<string, string> {
  const errors: Record<string, string> = {}
  form.fields.forEach((field, index) => {
    const at = `${path}.fields.${index}`
    if (field.type === 'choice') Object.assign(errors, checkChoices(field, at))
    if (form.fields.slice(0, index).some((other) => isSameQuestion(other, field))) {
      errors[`${at}.type`] = 'This form asks for it already. Remove one of the two.'
    }
  })
  return errors
}

/** Name, e-mail, order, topic and role are each one answer: a form asks them once. */
function isSameQuestion(one: IntakeField, other: IntakeField): boolean {
  if (one.filledBy !== undefined && one.filledBy === other.filledBy) return true
  return one.type === other.type && ['order', 'topic', 'role'].includes(one.type)
}

function checkChoices(field: IntakeField, at: string): Record<string, string> {
  const choices = field.choices ?? []
  if (choices.length < 2) return { [`${at}.choices`]: 'Write at least two choices, one on each line.' }
  const labels = choices.map((choice) => choice.label.trim().toLowerCase())
  return new Set(labels).size === labels.length
    ? {}
    : { [`${at}.choices`]: 'Two choices are the same. Change or remove one.' }
}

/** One choice per line; a line that was there keeps its id, so that earlier answers keep their meaning. */
export function choicesFrom(
  lines: string,
  before: readonly { id: string; label: string }[],
): { id: string; label: string }[] {
  const taken = new Set(before.map((choice) => choice.id))
  return lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const label = line.trim()
      const kept = before.find((choice) => choice.label === label) ?? renamed(before, lines, index)
      if (kept !== undefined) return { id: kept.id, label }
      let id = slug(label)
      for (let count = 2; taken.has(id); count += 1) id = `${slug(label)}-${count}`
      taken.add(id)
      return { id, label }
    })
}

/** A line edited in place while the number of lines stays is the same choice with a new label. */
function renamed(before: readonly { id: string; label: string }[], lines: string, index: number) {
  const labels = lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim())
  if (labels.length !== before.length) return undefined
  const candidate = before[index]
  return candidate !== undefined && !labels.includes(candidate.label) ? candidate : undefined
}

function slug(label: string): string {
  const plain = label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
  return plain === '' ? 'choice' : plain
}
