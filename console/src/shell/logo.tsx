export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" role="img" aria-label="Parley">
      <path
        d="M4 6.5A2.5 2.5 0 0 1 6.5 4h13A2.5 2.5 0 0 1 22 6.5v9a2.5 2.5 0 0 1-2.5 2.5H11l-5 4.2V18A2 2 0 0 1 4 16Z"
        fill="var(--accent)"
      />
      <path
        d="M25 10.5h.5A2.5 2.5 0 0 1 28 13v9a2.5 2.5 0 0 1-2 2.4v3.6l-4.6-3.5H14A2.5 2.5 0 0 1 11.8 21H20a5 5 0 0 0 5-5Z"
        fill="var(--accent)"
      />
    </svg>
  )
}
