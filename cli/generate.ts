// `npm run generate` writes the files that are made from others; `-- --check` only says which of them are stale.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { themeJsonSchema } from '#core/themes'
import { envExample } from '#platform/env'
import { apiDocuments } from '#web/api-documents'
import { root } from './place.mjs'

/** What each generated file has to read. */
export const generatedFiles = (): Record<string, string> => ({
  '.env.example': envExample(),
  'themes/theme.schema.json': themeJsonSchema(),
  ...apiDocuments(),
})

const read = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** Those that read otherwise below `folder`. */
export const staleFiles = (folder: string): string[] =>
  Object.entries(generatedFiles())
    .filter(([file, wanted]) => read(join(folder, file)) !== wanted)
    .map(([file]) => file)

const main = (isCheck: boolean): void => {
  for (const file of staleFiles(root)) {
    process.stdout.write(`${file} ${isCheck ? 'is stale: run `npm run generate`' : 'written'}\n`)
    if (isCheck) process.exitCode = 1
    else writeFileSync(join(root, file), generatedFiles()[file] ?? '')
  }
}

if (import.meta.main) main(process.argv.includes('--check'))
