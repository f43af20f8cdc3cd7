/** Every shortcut of the console and its usual keys, once: the keyboard, the sheet and the command menu read this table. */
export const shortcuts = {
  next: { section: 'Move', label: 'Next conversation', keys: ['J', 'Alt+J', 'Alt+ArrowDown'] },
  previous: { section: 'Move', label: 'Previous conversation', keys: ['K', 'Alt+K', 'Alt+ArrowUp'] },
  open: { section: 'Move', label: 'Open', keys: ['Enter'] },
  back: { section: 'Move', label: 'Back to list', keys: ['Escape'] },
  nextUnread: { section: 'Move', label: 'Next unread', keys: ['N'] },
  regions: { section: 'Move', label: 'List, conversation, details', keys: ['F6'] },
  nextTab: { section: 'Move', label: 'Next tab of the inbox', keys: ['Alt+N'] },
  search: { section: 'Move', label: 'Search the inbox', keys: ['S', 'Alt+S'] },

  reply: { section: 'Conversation', label: 'Reply', keys: ['R', 'Alt+L'] },
  note: { section: 'Conversation', label: 'Note', keys: ['Shift+N', 'Alt+P'] },
  take: { section: 'Conversation', label: 'Take', keys: ['T'] },
  assign: { section: 'Conversation', label: 'Assign', keys: ['A'] },
  snooze: { section: 'Conversation', label: 'Snooze', keys: ['H', 'Alt+M'] },
  resolve: { section: 'Conversation', label: 'Resolve or reopen', keys: ['E', 'Alt+E'] },
  resolveNext: { section: 'Conversation', label: 'Resolve and open next', keys: ['Ctrl+Alt+E'] },
  details: { section: 'Conversation', label: 'Details', keys: ['I', 'Alt+O'] },
  undo: { section: 'Conversation', label: 'Undo the last action', keys: ['Z'] },

  watch: { section: 'Moderation', label: 'Watch', keys: ['1'] },
  whisper: { section: 'Moderation', label: 'Whisper', keys: ['2'] },
  join: { section: 'Moderation', label: 'Join', keys: ['3'] },
  takeOver: { section: 'Moderation', label: 'Take over', keys: ['4'] },
  handBack: { section: 'Moderation', label: 'Hand back', keys: ['5'] },
  hold: { section: 'Moderation', label: 'Hold what the vendor writes, or not', keys: ['Shift+H'] },
  release: { section: 'Moderation', label: 'Release the held message', keys: ['Shift+Y'] },
  reject: { section: 'Moderation', label: 'Return the held message', keys: ['Shift+X'] },
  links: { section: 'Moderation', label: 'Links of the vendor off or on', keys: ['Shift+L'] },
  suspendVendor: { section: 'Moderation', label: 'Suspend the vendor', keys: ['Shift+S'] },

  send: { section: 'Composer', label: 'Send', keys: ['Ctrl+Enter'] },
  sendResolve: { section: 'Composer', label: 'Send and resolve', keys: ['Ctrl+Shift+Enter'] },
  attach: { section: 'Composer', label: 'Attach a file', keys: ['Ctrl+Alt+A'] },
  canned: { section: 'Composer', label: 'Canned reply', keys: ['/'] },
  mention: { section: 'Composer', label: 'Mention a colleague in a note', keys: ['@'] },

  goInbox: { section: 'Go to', label: 'Inbox', keys: ['G I', 'Alt+C'] },
  goVendors: { section: 'Go to', label: 'Vendors, or your own shop', keys: ['G V'] },
  goModeration: { section: 'Go to', label: 'Moderation board', keys: ['G M'] },
  goReviews: { section: 'Go to', label: 'Reviews', keys: ['G R'] },
  goSettings: { section: 'Go to', label: 'Settings', keys: ['G S'] },
  commands: { section: 'Go to', label: 'Command menu', keys: ['Ctrl+K'] },
  sheet: { section: 'Go to', label: 'This sheet', keys: ['?'] },
} as const satisfies Record<string, Shortcut>

export interface Shortcut {
  section: 'Move' | 'Conversation' | 'Moderation' | 'Composer' | 'Go to'
  label: string
  keys: readonly string[]
}

export type ShortcutId = keyof typeof shortcuts

/** Typed or handled where they are, and the same for everybody. */
const fixed = new Set<ShortcutId>(['open', 'back', 'canned', 'mention'])
/** Pressed while writing: a plain letter would be one. */
const whileWriting = new Set<ShortcutId>(['send', 'sendResolve'])
/** Not for the one listener. */
const handledInPlace = new Set<ShortcutId>(['open', 'canned', 'mention', ...whileWriting])

export const shortcutIds = Object.keys(shortcuts) as ShortcutId[]

export function isFixed(id: ShortcutId): boolean {
  return fixed.has(id)
}

export function isWhileWriting(id: ShortcutId): boolean {
  return whileWriting.has(id)
}

export function isHandledInPlace(id: ShortcutId): boolean {
  return handledInPlace.has(id)
}
