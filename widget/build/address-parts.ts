import type { Plugin } from 'vite'

/**
 * The engine is served with the rules of its site, under an address of that site; its parts are the same for all. What
 * they share stays in the engine: a file of its own would be one more request when the page is idle.
 */
export function addressParts(options: { base: string }): Plugin {
  return {
    name: 'parley:address-parts',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue
        file.code = file.code.replace(
          /import\((["'`])\.\/(?:parts\/)?([\w.-]+\.js)\1\)/g,
          `import($1${options.base}$2$1)`,
        )
        if (/\bimport\s*[{"']/.test(file.code))
          throw new Error(`${file.fileName} needs another file to start`)
      }
    },
  }
}
