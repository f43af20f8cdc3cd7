export const variables = [
  { name: 'customer.firstName', words: 'First name of the person', example: 'Marta' },
  { name: 'customer.name', words: 'Full name of the person', example: 'Marta Oliveira' },
  { name: 'agent.name', words: 'Your name', example: 'Priya' },
  { name: 'order.id', words: 'Number of the order', example: '48213' },
  { name: 'site.name', words: 'Name of the marketplace', example: 'Marlow' },
] as const

/** Variables a text uses that nothing will fill. */
export function unknownVariables(text: string): string[] {
  const known = new Set<string>(variables.map((variable) => variable.name))
  const used = [...text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map((found) => found[1] ?? '')
  return [...new Set(used.filter((name) => !known.has(name)))]
}

/** The text as it would be sent, with an example for each variable. */
export function withExamples(text: string): string {
  return text.replace(
    /\{\{\s*([^{}]*?)\s*\}\}/g,
    (whole, name: string) => variables.find((variable) => variable.name === name)?.example ?? whole,
  )
}
