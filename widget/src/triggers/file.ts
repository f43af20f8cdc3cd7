import type { RulesFile } from '@parley/shared/triggers/rule.ts'

/** The server writes the rules of the site in place of this name, once, when it serves the file. */
declare const PARLEY_RULES: RulesFile

export const file = PARLEY_RULES
