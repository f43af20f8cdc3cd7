import { actionsOfScope, keyScopes } from '@parley/shared/policy/key-scopes.ts'
import type { Action } from '@parley/shared/policy/policy.ts'
import { type CommandName, commandNames, commands } from '@parley/shared/protocol/commands.ts'
import { refusalCodes } from '@parley/shared/protocol/refusals.ts'
import { z } from 'zod'
import { createDocument, type ZodOpenApiComponentsObject } from 'zod-openapi'
import described from './answers.json' with { type: 'json' }

type Schema = NonNullable<ZodOpenApiComponentsObject['schemas']>[string]

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    code: z.enum(refusalCodes),
    reason: z.string().optional(),
    field: z.string().optional(),
    retryAfterMs: z.number().int().optional(),
    correlationId: z.string().optional(),
  })
  .meta({
    id: 'Problem',
    description: 'RFC 9457. `code` is from a closed list; `reason` says which rule said no.',
  })

const anybody = [{ visitor: [] }, { member: [] }]

/** Read off the types of the answers by `npm run describe`; a check keeps them the same. */
const { answers, schemas } = described as {
  answers: Record<CommandName, Schema>
  schemas: Record<string, Schema>
}

/** OpenAPI 3.1, generated from what checks the wishes and from what the answers are compiled against. */
export function describeApi(publicUrl: string): object {
  const paths = Object.fromEntries(
    commandNames.map((name) => {
      const { input, action } = commands[name]
      return [
        `/api/v1/commands/${name}`,
        {
          post: {
            operationId: name,
            summary: sentenceOf(name),
            tags: [action.split('.')[0] ?? 'other'],
            description: `Policy action \`${action}\`.`,
            ...keyed(action),
            requestBody: { required: true, content: { 'application/json': { schema: input } } },
            responses: {
              200: { description: 'Done.', content: { 'application/json': { schema: answers[name] } } },
              default: {
                description: 'Refused.',
                content: { 'application/problem+json': { schema: problem } },
              },
            },
          },
        },
      ]
    }),
  )
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Parley',
      version: '1',
      description:
        'Everything the widget and the console do. Sign in with the console cookie, or as a visitor with `Authorization: Bearer` and `Parley-Site`. Your own server uses an API key (`Authorization: Bearer pk_…`, never from a page) for the commands that name it.',
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        visitor: { type: 'http', scheme: 'bearer' },
        key: { type: 'http', scheme: 'bearer', bearerFormat: 'pk_…' },
        member: { type: 'apiKey', in: 'cookie', name: '__Host-sid' },
      },
    },
    security: anybody,
  })
}

/** Where a key is let in, with the scope it needs. */
function keyed(action: Action) {
  const scopes = keyScopes.filter((scope) => actionsOfScope[scope].includes(action))
  return scopes.length === 0 ? {} : { security: [...anybody, { key: scopes }] }
}

/** `sendMessage` → “Send message”. */
function sentenceOf(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
