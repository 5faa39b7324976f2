// Brings a whole list of customers in: node bulk.mjs customers.csv. May be run again at any time: who is there already stays as
// they are, and nobody is written to twice.

import { readFileSync } from 'node:fs'
import { readCustomers } from './csv.mjs'
import { fromEnvironment, wordsOf } from './livery.mjs'

const partSize = 100

const [file] = process.argv.slice(2)
if (file === undefined) {
  process.stderr.write('node bulk.mjs customers.csv\n')
  process.exit(2)
}

const livery = fromEnvironment()
const customers = readCustomers(readFileSync(file, 'utf8'))
let failed = 0

const report = ({ crmId }, ...words) => process.stdout.write(`${crmId}\t${words.join('\t')}\n`)

for (let from = 0; from < customers.length; from += partSize) {
  const part = customers.slice(from, from + partSize)
  for (const { index, outcome, organization, problem } of await livery.createOrganizations(part)) {
    const customer = part[index]
    if (outcome === 'failed') {
      failed += 1
      report(customer, 'failed', problem.code, wordsOf(problem))
      continue
    }
    const invited = await livery.inviteAdministrator(organization.id, customer)
    if (invited.outcome === 'refused' || invited.outcome === 'invalid') failed += 1
    report(customer, outcome, organization.url, invited.outcome, invited.problem?.code ?? '')
  }
}

process.exitCode = failed > 0 ? 1 : 0
