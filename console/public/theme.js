// Runs before the first paint, so that a person who chose dark never sees a white flash.
try {
  const theme = JSON.parse(localStorage.getItem('parley.console.theme') ?? 'null')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Without storage the system's own choice holds.
}
