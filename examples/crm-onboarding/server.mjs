// A page of a CRM that brings a customer into Livery: LIVERY_TOKEN=… node server.mjs, then open http://127.0.0.1:4000.

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { fromEnvironment, Refused } from './livery.mjs'
import { page } from './page.mjs'

const livery = fromEnvironment()
const port = Number(process.env.PORT ?? 4000)
const host = '127.0.0.1'

const file = (name) => readFileSync(join(import.meta.dirname, name), 'utf8')
const files = {
  '/page.css': { type: 'text/css', body: file('page.css') },
  '/page.js': { type: 'text/javascript', body: file('page.js') },
}

const html = (status, body) => ({ status, type: 'text/html; charset=utf-8', body })

/** What somebody may be told: Livery's own words, or that it could not be reached. */
const problemOf = (error) => {
  if (error instanceof Refused) return { code: error.code, message: error.message }
  return { code: 'unreachable', message: 'Livery could not be reached. Send it again: nothing is done twice.' }
}

const bringIn = async ({ crm_id: crmId = '', name = '', handle = '', email = '' }) => {
  const { organization, isNew } = await livery.createOrganization({ crmId, name, handle })
  const invited = await livery.inviteAdministrator(organization.id, { crmId, email })
  return { organization, isNew, invited }
}

const longest = 10_000
const bodyOf = async (request) => {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk
    if (body.length > longest) throw new Error('too much')
  }
  return Object.fromEntries(new URLSearchParams(body))
}

const answer = async (request) => {
  const url = new URL(request.url, `http://${host}:${port}`)
  // Names that other pages could lead a browser to this port by are none of ours, and neither are their forms.
  if (request.headers.host !== url.host) return html(421, 'Nobody is here.')
  if (request.method === 'POST') {
    if (url.pathname !== '/' || request.headers.origin !== url.origin) return html(403, 'Not from here.')
    const values = await bodyOf(request)
    try {
      return html(200, page({ result: await bringIn(values) }))
    } catch (error) {
      return html(error instanceof Refused ? 422 : 502, page({ values, problem: problemOf(error) }))
    }
  }
  if (Object.hasOwn(files, url.pathname)) return { status: 200, ...files[url.pathname] }
  if (url.pathname === '/') return html(200, page({}))
  if (url.pathname !== '/check') return html(404, 'There is nothing here.')
  try {
    const checked = await livery.checkHandle(url.searchParams.get('handle') ?? '')
    return { status: 200, type: 'application/json', body: JSON.stringify(checked) }
  } catch (error) {
    const { code } = problemOf(error)
    return { status: 200, type: 'application/json', body: JSON.stringify({ available: false, reason: code }) }
  }
}

const server = createServer(async (request, response) => {
  const { status, type, body } = await answer(request).catch(() => html(400, 'This cannot be read.'))
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'",
    'x-content-type-options': 'nosniff',
  })
  response.end(body)
})

server.listen(port, host, () => process.stdout.write(`http://${host}:${server.address().port}\n`))
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close(() => process.exit(0)))
