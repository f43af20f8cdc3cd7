import type { Outcome } from '@parley/shared/protocol/answers.ts'
import type { CommandName } from '@parley/shared/protocol/commands.ts'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { describeApi } from '../http/openapi.ts'

const validators = new Map<string, ValidateFunction>()
const seen = new Set<CommandName>()
let ajv: Ajv2020 | undefined

/** Commands that somebody was really answered since it was last forgotten. */
export const describedSoFar: ReadonlySet<CommandName> = seen

/** Files of tests share a process; what one has shown is not to count for another. */
export const forgetDescribed = () => seen.clear()

/** Whatever is really answered has to be what the description of the API promises, and nothing besides. */
export function expectDescribed(command: CommandName, outcome: Outcome<unknown>): void {
  if (!outcome.ok) return
  expectToFit(`~1api~1v1~1commands~1${command}/post/responses/200/content/application~1json`, outcome.value)
  seen.add(command)
}

export function expectProblem(body: unknown): void {
  expectToFit(
    '~1api~1v1~1commands~1describeMe/post/responses/default/content/application~1problem+json',
    body,
  )
}

function expectToFit(path: string, body: unknown): void {
  ajv ??= new Ajv2020({ strict: false }).addSchema(closed(describeApi('http://localhost')), 'api')
  const validate = validators.get(path) ?? ajv.compile({ $ref: `api#/paths/${path}/schema` })
  validators.set(path, validate)
  if (!validate(body))
    throw new Error(
      `${path} does not describe the answer: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(body)}`,
    )
}

/** The description leaves room for fields to come; a test must not. */
function closed(document: object): object {
  return JSON.parse(JSON.stringify(document), (_key, value) =>
    value?.type === 'object' && value.properties && value.additionalProperties === undefined
      ? { ...value, additionalProperties: false }
      : value,
  )
}
