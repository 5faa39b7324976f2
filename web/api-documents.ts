/** The documents of the interface as files, for whoever writes them: `npm run generate`. */

import { openApi } from './openapi.ts'
import { postman } from './postman.ts'

const file = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`

/** What each file has to read, by its path in the repository. */
export const apiDocuments = (): Record<string, string> => ({
  'docs/openapi.json': file(openApi('http://localhost:3000/api/v1')),
  'docs/postman.json': file(postman('http://localhost:3000/api/v1')),
})
