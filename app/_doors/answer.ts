// What a browser sends, read without believing it.

import type { Answer } from '#core/people/contract'
import { pageNamed } from '#web/routes'

const gathered = (entries: Iterable<[string, unknown]>): Answer => {
  const answer = new Map<string, string | string[]>()
  for (const [name, value] of entries) {
    const before = answer.get(name)
    // A name sent twice, or a file in the place of a text, becomes a list, which no field takes. Nothing of a file is kept.
    const text = typeof value === 'string' ? value : ''
    if (before === undefined && typeof value === 'string') answer.set(name, text)
    else answer.set(name, [...(before === undefined ? [] : [before].flat()), text])
  }
  return Object.fromEntries(answer)
}

/** The answer, by name. What is not a form at all is a form without fields. */
export const readForm = async (request: Request): Promise<Answer> => {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type === 'application/x-www-form-urlencoded') return gathered(new URLSearchParams(await request.text()))
  if (type !== 'multipart/form-data') return {}
  try {
    return gathered(await request.formData())
  } catch {
    return {}
  }
}

/** A form that sends a file under `name`: what it says beside it, and the bytes; null where no file was chosen. */
export const readFormWithFile = async (
  request: Request,
  name: string,
): Promise<{ answer: Answer; file: { name: string; bytes: Uint8Array } | null }> => {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'multipart/form-data') return { answer: await readForm(request), file: null }
  try {
    const sent = await request.formData()
    const files = sent.getAll(name).filter((value) => typeof value !== 'string')
    const [file] = files
    const answer = gathered([...sent].filter(([key]) => key !== name))
    if (!file || files.length > 1 || file.size === 0) return { answer, file: null }
    return { answer, file: { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } }
  } catch {
    return { answer: {}, file: null }
  }
}

/** Only pages of My Account and of the console are come back to. */
export const isReturnPath = (path: string): boolean =>
  /^\/account(?:\/[a-z-]+)*$/.test(path) ||
  (/^\/organization(?:\/[A-Za-z0-9._-]+)*$/.test(path) && pageNamed(path) !== undefined)
