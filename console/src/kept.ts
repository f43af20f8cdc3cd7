const prefix = 'parley.console.'

/** What this device remembers; private windows may forget it, and nothing depends on it. */
export function kept<Value>(key: string): Value | null {
  try {
    const text = localStorage.getItem(prefix + key)
    return text === null ? null : (JSON.parse(text) as Value)
  } catch {
    return null
  }
}

export function keep(key: string, value: unknown): void {
  try {
    if (value === null || value === undefined) localStorage.removeItem(prefix + key)
    else localStorage.setItem(prefix + key, JSON.stringify(value))
  } catch {
    // A full or forbidden storage must not stop the work.
  }
}
