import pg from 'pg'

const INT8 = 20
const DATE = 1082
const INTERVAL = 1186
const NUMERIC = 1700

const asNumber = (text: string) => Number(text)
const asText = (text: string) => text

const parsers = new Map<number, (text: string) => unknown>([
  [INT8, asNumber],
  [NUMERIC, asNumber],
  // A calendar day has no time zone: a Date would move it.
  [DATE, asText],
  [INTERVAL, asText],
])

/** How values leave the database: counts and sums as numbers, days as text, jsonb parsed, moments as Date. */
export const values = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    return (format !== 'binary' && parsers.get(oid)) || pg.types.getTypeParser(oid, format)
  },
} as pg.CustomTypesConfig
