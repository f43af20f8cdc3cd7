/** Height and width of what a rule can put above the launcher. */
const place = { width: 360, height: 320 }

/** Is something open that nothing may lie over: a dialog, all of the screen, or a payment where a rule would show? */
export function isCovered(): boolean {
  const open = [...document.querySelectorAll('dialog[open],[aria-modal=true],iframe[allow*=payment]')]
  return (
    !!document.fullscreenElement ||
    open.some((one) => {
      if (!one.checkVisibility()) return false
      if (!one.matches('iframe') || one === document.activeElement) return true
      const { top, right, bottom, left } = one.getBoundingClientRect()
      const isLow = bottom > innerHeight - place.height && top < innerHeight
      return isLow && (right > innerWidth - place.width || left < place.width)
    })
  )
}
