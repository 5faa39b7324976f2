// The body of a request to somebody else's interface, as an operator has described it: JSON or a form, in which words in
// double braces stand for what is said. It is read as data and filled inside of strings, so that nothing that is said
// can become a field of its own.

export const bodyFormats = ['json', 'form'] as const
export type BodyFormat = (typeof bodyFormats)[number]

const placeholder = /\{\{(\w+)\}\}/g

const fillText = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(placeholder, (_, name: string) => values[name] ?? '')

const fillValue = (value: unknown, values: Readonly<Record<string, string>>): unknown => {
  if (typeof value === 'string') return fillText(value, values)
  if (Array.isArray(value)) return value.map((one) => fillValue(one, values))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fillValue(one, values)]))
}

/** The body, ready to be sent. */
export const fillBody = (format: BodyFormat, body: string, values: Readonly<Record<string, string>>): string => {
  if (format === 'json') return JSON.stringify(fillValue(JSON.parse(body), values))
  const fields = [...new URLSearchParams(body)].map(([name, value]) => [name, fillText(value, values)])
  return new URLSearchParams(fields).toString()
}

/** The placeholders that would be filled; null where the body is not of its format. */
export const placeholdersOf = (format: BodyFormat, body: string): Set<string> | null => {
  const found = new Set<string>()
  const values = new Proxy({}, { get: (_, name) => found.add(String(name)) && '' })
  try {
    const isObject = format === 'form' || /^\s*\{/.test(body)
    fillBody(format, body, values)
    return isObject ? found : null
  } catch {
    return null
  }
}
