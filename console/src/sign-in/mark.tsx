/** Parley's mark: two speech shapes, one before the other. */
export function Mark() {
  return (
    <svg width="28" height="28" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      <path d="M3 3h12a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H7l-4 4z" />
      <path d="M19 8.5a2 2 0 0 1 2 2V21l-3.6-3H10a2 2 0 0 1-2-2v-.5h7.5a3 3 0 0 0 3-3v-4z" />
    </svg>
  )
}
