// `livery audit`: the trail, sealed and held against its seals.

import { list, retain, seal, verify } from '#core/audit'
import type { AuditFault, AuditRecord } from '#core/audit/contract'
import { systemActor as by } from '#core/authority'
import { days, fromNow } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { organizationCalled, organizationsCalled } from './called.ts'
import type { Command, Option } from './command.ts'
import { inColumns, type Report, well } from './report.ts'

const lineOf = (handle: string, { what, seal: number, recordId }: AuditFault): string =>
  `${handle}: ${what.replaceAll('_', ' ')}, seal ${number}${recordId ? `, ${recordId}` : ''}`

/** Every organization's trail, or one of them. Not well when any record is not what was sealed. */
const verifyThem = async (name: string | undefined): Promise<Report> => {
  const lines: string[] = []
  const found: object[] = []
  const total = { records: 0, seals: 0, unsealed: 0 }
  for (const { id, handle } of organizationsCalled(name)) {
    const { seals, records, unsealed, faults } = await verify(id)
    lines.push(...faults.map((fault) => lineOf(handle, fault)))
    total.records += records
    total.seals += seals
    total.unsealed += unsealed
    const told = faults.map(({ seal: number, recordId, what }) => ({ seal: number, record_id: recordId, what }))
    found.push({ organization: handle, seals, records, unsealed, faults: told })
  }
  const isWell = lines.length === 0
  const says = `${total.records} records in ${total.seals} seals are what was sealed, ${total.unsealed} wait for theirs.`
  return { isWell, text: isWell ? says : lines.join('\n'), data: { ok: isWell, organizations: found } }
}

const sealThem = async (name: string | undefined): Promise<Report> => {
  const sealed: { organization: string; records: number }[] = []
  for (const { id, handle } of organizationsCalled(name)) {
    sealed.push({ organization: handle, records: await seal(id) })
  }
  const total = sealed.reduce((sum, { records }) => sum + records, 0)
  return well(`${total} records sealed. What is younger than five minutes waits.`, { sealed })
}

const actorOf = ({ actor: { kind, id } }: AuditRecord): string => (id ? `${kind} ${id}` : kind)

const listThem = async (name: string, action: string | undefined, limit: number): Promise<Report> => {
  const { id, ancestors } = organizationCalled(name)
  const { records, next } = await withOrganization(id, (tx) =>
    list(tx, by, ancestors, { limit, ...(action ? { action } : {}) }),
  )
  const rows = records.map((one) => [
    one.at.toISOString(),
    one.action,
    actorOf(one),
    `${one.target.kind} ${one.target.id}`,
  ])
  const told = records.map(({ requestId, ...one }) => ({ ...one, request_id: requestId }))
  return well(inColumns([['AT', 'ACTION', 'BY', 'ABOUT'], ...rows]), { records: told, has_more: next !== null })
}

const retainSome = async (name: string, count: number): Promise<Report> => {
  const { id, handle } = organizationCalled(name)
  const erased = await withOrganization(id, (tx) => retain(tx, by, fromNow(-days(count))))
  return well(`The details of ${erased} records of ${handle} are erased; the records stay.`, { erased })
}

const org: Option = { value: '<handle>', says: 'one organization; all of them by default' }
const oneOrg: Option = { value: '<handle>', isNeeded: true, says: 'the organization' }

export const auditCommands: readonly Command[] = [
  {
    words: 'audit verify',
    does: 'holds the trail against its seals: a line for each record that is not what was sealed',
    options: { org },
    begin: (given) => {
      const name = given.text('org')
      return () => verifyThem(name)
    },
  },
  {
    words: 'audit seal',
    does: 'seals what is settled, as a running server does every hour',
    options: { org },
    begin: (given) => {
      const name = given.text('org')
      return () => sealThem(name)
    },
  },
  {
    words: 'audit list',
    does: 'what happened there, the newest first',
    options: {
      org: oneOrg,
      action: { value: '<action>', says: 'a whole action, or the beginning of one: person.' },
      limit: { value: '<count>', says: 'from 1 to 1000, 50 by default' },
    },
    begin: (given) => {
      const [name, action] = [given.needed('org'), given.text('action')]
      const limit = given.whole('limit', [1, 1000]) ?? 50
      return () => listThem(name, action, limit)
    },
  },
  {
    words: 'audit retain',
    does: 'erases the details of what is older than so many days, for good; the records stay',
    options: { org: oneOrg, days: { value: '<days>', isNeeded: true, says: 'from 1 to 36500' } },
    begin: (given) => {
      const name = given.needed('org')
      const count = given.whole('days', [1, 36_500]) ?? 36_500
      return () => retainSome(name, count)
    },
  },
]
