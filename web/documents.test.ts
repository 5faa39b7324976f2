import { describe, expect, it } from 'vitest'
import { builtInTexts } from '#core/texts'
import { builtInLocales } from '#core/texts/contract'
import { apiDocuments } from './api-documents.ts'
import { readerPage } from './api-reader.ts'
import { openApi } from './openapi.ts'
import { parameterNames } from './operations/operation.ts'
import { operations } from './operations.ts'
import { postman } from './postman.ts'
import { problemCodes } from './problem-codes.ts'

const url = 'https://account.example.com/api/v1'

type Described = {
  operationId: string
  summary: string
  parameters: { $ref?: string; name?: string; in?: string; required?: boolean; schema?: unknown }[]
  requestBody?: { content: Record<string, { schema: unknown }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>
}
const paths = () => openApi(url).paths as Record<string, Record<string, Described>>
const at = (document: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((found, part) => (found as Record<string, unknown> | undefined)?.[part], document)

describe('the OpenAPI document', () => {
  it('describes every operation at every address, and says nothing of others', () => {
    const described = Object.entries(paths()).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    )
    const served = operations.flatMap(({ method, path, shortPath }) =>
      [path, shortPath ?? []].flat().map((one) => `${method} ${one}`),
    )
    expect(described.sort()).toEqual(served.sort())
  })

  it('refers to nothing that it does not hold', () => {
    const document = openApi(url)
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g)].map(([, pointer = '']) => pointer)
    expect(references.length).toBeGreaterThan(50)
    for (const pointer of references) expect(at(document, pointer), pointer).toBeDefined()
    expect(JSON.stringify(document)).not.toContain('$defs')
    expect(document.openapi).toBe('3.1.0')
    expect(document.servers).toEqual([{ url }])
  })

  it('gives every operation a name, its parameters, what it takes and what it answers', () => {
    const ids: string[] = []
    for (const [path, methods] of Object.entries(paths())) {
      for (const [method, described] of Object.entries(methods)) {
        const where = `${method} ${path}`
        ids.push(described.operationId)
        expect(described.summary, where).not.toBe('')
        const named = described.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
        expect(named, where).toEqual(parameterNames(path))
        for (const parameter of described.parameters) expect(parameter.$ref ?? parameter.schema, where).toBeDefined()
        const statuses = Object.keys(described.responses)
        expect(
          statuses.some((status) => status.startsWith('2')),
          where,
        ).toBe(true)
        for (const status of ['400', '401', '404', '429']) expect(statuses, where).toContain(status)
        for (const [status, { content }] of Object.entries(described.responses)) {
          if (status === '204') expect(content, where).toBeUndefined()
          else expect(Object.values(content ?? {})[0]?.schema, `${where} ${status}`).toBeDefined()
        }
      }
    }
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('is the same in the repository as it is served', () => {
    const files = apiDocuments()
    expect(Object.keys(files)).toEqual(['docs/openapi.json', 'docs/postman.json'])
    expect(JSON.parse(files['docs/openapi.json'] ?? '')).toEqual(
      JSON.parse(JSON.stringify(openApi('http://localhost:3000/api/v1'))),
    )
  })
})

describe('the reader', () => {
  const page = readerPage(url)
  it('shows every operation with an example, and explains every code', () => {
    for (const { id, method } of operations) {
      expect(page).toContain(`<h3 id="${id}">`)
      expect(page).toContain(`<a href="#${id}">`)
      expect(page).toContain(`curl -X ${method.toUpperCase()} `)
    }
    for (const { code } of problemCodes()) expect(page).toContain(`<dt id="${code}">`)
    expect(page).not.toMatch(/\{\{|undefined|\[object/)
  })

  it('links to nothing that is not there, and names everything once', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, id = ''] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(id)
  })
})

it('every code that the interface refuses with has words in every language', () => {
  for (const locale of builtInLocales) {
    const texts = builtInTexts(locale)
    for (const { code } of problemCodes()) expect(texts.has(`failure.${code}`), `${locale} ${code}`).toBe(true)
  }
})

it('the collection asks for every operation', () => {
  const names = new Set(postman(url).item.flatMap(({ item }) => item.map(({ name }) => name)))
  for (const { summary } of operations) expect(names).toContain(summary)
  expect(JSON.stringify(postman(url).variable)).toContain(url)
})
