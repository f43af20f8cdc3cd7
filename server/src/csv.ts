/** What a spreadsheet would take for a formula, in plain and in full width. */
const beginsFormula = /^[=+\-@\t\r\n＝＋－＠]/

/** One record of RFC 4180. Text that a spreadsheet would run is made plain by an apostrophe; numbers stay numbers. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const plain = beginsFormula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
