/** English, the words of the menu. */
export const enMenu = {
  end: 'End chat',
  soundOn: 'Turn sound on',
  soundOff: 'Turn sound off',
  report: 'Report this chat',
}

export type MenuWords = typeof enMenu
