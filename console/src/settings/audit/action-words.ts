/** `siteSaved`, `site.save` and `member.invite` as words: “Site saved”, “Site: save”. */
export function actionWords(action: string): string {
  const spaced = action
    .replaceAll('.', ': ')
    .replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}
