// `livery recovery`: people who have lost their second step, and nobody else who could help them.

import { systemActor as by } from '#core/authority'
import { directory } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { emailKey, findByEmail } from '#core/people'
import { approve, list, openOf } from '#core/recovery'
import type { RecoveryQuery, RecoveryView } from '#core/recovery/contract'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { organizationCalled } from './called.ts'
import type { Command, Option } from './command.ts'
import { inColumns, type Report, well } from './report.ts'

const org: Option = { value: '<handle>', says: 'where they live; the root organization unless told' }

const homeCalled = (name: string | undefined): Organization =>
  name === undefined
    ? (directory()
        .all()
        .find(({ parentId }) => parentId === null) ?? fail('organizations.not_found'))
    : organizationCalled(name)

const everyOpen = async (id: string): Promise<RecoveryView[]> => {
  const found: RecoveryView[] = []
  for (const status of ['waiting', 'approved'] as const) {
    let after: RecoveryQuery['after'] = null
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(id, by, { status, limit: 200, after })
      found.push(...page.requests)
      after = page.next
    } while (after)
  }
  return found
}

const listThem = async (name: string | undefined): Promise<Report> => {
  const requests = (await everyOpen(homeCalled(name).id)).map((one) => ({
    id: one.id,
    email: one.person.email,
    status: one.status,
    reason: one.reason,
    asked_at: one.createdAt,
    ready_at: one.readyAt,
  }))
  const rows = requests.map((one) => [
    one.email,
    one.status,
    one.asked_at.toISOString(),
    one.ready_at?.toISOString() ?? '-',
    one.reason,
  ])
  return well(inColumns([['EMAIL', 'STATUS', 'ASKED', 'LINK FROM', 'REASON'], ...rows]), { requests })
}

/** Decides in the name of the system. The wait stays, and so do the mails with which it can be stopped. */
const approveIt = async (address: string, name: string | undefined, reason: string): Promise<Report> => {
  const home = homeCalled(name)
  const email = emailKey(address)
  const open = await withOrganization(home.id, async (tx) => {
    const person = (await findByEmail(tx, email)) ?? fail('person.unknown')
    return (await openOf(tx, person.id)) ?? fail('recovery.unknown')
  })
  const { id, readyAt } = await approve(home.id, by, open.id, { reason })
  return well(`${email} gets the link that removes the second step from ${readyAt?.toISOString()} on, by mail.`, {
    request: id,
    email,
    ready_at: readyAt,
  })
}

export const recoveryCommands: readonly Command[] = [
  {
    words: 'recovery list',
    does: 'who has lost their second step and asks for help',
    options: { org },
    begin: (given) => {
      const name = given.text('org')
      return () => listThem(name)
    },
  },
  {
    words: 'recovery approve',
    argument: '<address>',
    does: 'agrees where no administrator is left who could; the wait stays',
    options: { org, reason: { value: '<words>', says: 'how you know that it is they who ask; for the trail' } },
    begin: (given) => {
      const [address, name] = [given.argument, given.text('org')]
      const reason = given.text('reason') ?? 'Approved with the toolkit'
      return () => approveIt(address, name, reason)
    },
  },
]
