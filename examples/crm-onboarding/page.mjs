// The page of the CRM. Whatever is shown was typed by somebody, so all of it is escaped.

import { wordsOf } from './livery.mjs'

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text) => String(text ?? '').replace(/[&<>"]/g, (character) => escapes[character])

const field = (name, label, value, more = '') => `
      <label>${label} <input name="${name}" value="${escaped(value)}" required ${more}></label>`

const shownResult = ({ organization, isNew, invited }) => `
    <p class="good" role="status" data-result="${isNew ? 'created' : 'existing'}">
      <strong>${escaped(organization.name)}</strong> ${isNew ? 'is there now' : 'was there already'}:
      <a href="${escaped(organization.url)}">${escaped(organization.url)}</a>.
      Its administrator: <span data-invited>${escaped(invited.outcome)}</span>${invited.problem ? ` (${escaped(wordsOf(invited.problem))})` : ''}.
    </p>`

const shownProblem = ({ code, message }) => `
    <p class="bad" role="alert" data-code="${escaped(code ?? 'unknown')}">${escaped(message)}</p>`

export const page = ({ values = {}, result = null, problem = null }) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>New customer · Example CRM</title>
    <link rel="stylesheet" href="/page.css">
    <script src="/page.js" defer></script>
  </head>
  <body>
    <h1>New customer</h1>${result ? shownResult(result) : ''}${problem ? shownProblem(problem) : ''}
    <form method="post" action="/">${field('crm_id', 'Number in this CRM', values.crm_id)}${field('name', 'Name', values.name)}${field('handle', 'Name in the address', values.handle, 'aria-describedby="free"')}
      <output id="free" for="handle"></output>${field('email', 'Email of the first administrator', values.email, 'type="email"')}
      <button>Bring in and invite</button>
    </form>
  </body>
</html>
`
