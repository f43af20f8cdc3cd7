const words =
  'the order arrived but one cup has a chip could you send another or shall I return it thank you for answering so quickly it was meant as a gift and I need it before Friday please tell me what works best for you'.split(
    ' ',
  )

/** A chat message of ordinary length. */
export function textFrom(chance: () => number): string {
  const length = 6 + Math.floor(chance() * 18)
  return Array.from({ length }, () => words[Math.floor(chance() * words.length)]).join(' ')
}
