interface ScriptUrlPolicies {
  trustedTypes?: {
    createPolicy: (
      name: string,
      rules: { createScriptURL: (url: string) => string },
    ) => {
      createScriptURL: (url: string) => string
    }
  }
}

const worker = '/console/sw.js'

/** Lets the console be installed and open without a network; not while it is being developed. */
export function keepShell(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  addEventListener('load', () => {
    // The page's policy takes a worker's address only from a named rule, and this one knows a single address.
    const policy = (globalThis as ScriptUrlPolicies).trustedTypes?.createPolicy('console-worker', {
      createScriptURL: () => worker,
    })
    // Without it everything still works, only not offline.
    navigator.serviceWorker
      .register(policy?.createScriptURL(worker) ?? worker, { scope: '/console/' })
      .catch(() => {})
  })
}
