// `livery org`: organizations, from the first one of an installation on.

import { allGrants } from '#core/access'
import { systemActor as by } from '#core/authority'
import {
  below,
  create,
  directory,
  list,
  loadDirectory,
  move,
  readAgain,
  resume,
  suspend,
  update,
} from '#core/organizations'
import { type NewOrganization, type Organization, peopleSources } from '#core/organizations/contract'
import { countMembers, listedByIds } from '#core/people'
import { type Tx, withOrganization, withPlatform } from '#platform/database'
import { fail } from '#platform/failure'
import { organizationCalled, placeOf } from './called.ts'
import { type Command, type Given, UsageError } from './command.ts'
import { nameOptions, readSomebody, type Somebody, sayMailed, settleOwner } from './members.ts'
import { inColumns, type Report, well } from './report.ts'

const handleOf = (id: string | null): string | null => (id === null ? null : (directory().byId(id)?.handle ?? null))

const shown = (organization: Organization) => ({
  id: organization.id,
  handle: organization.handle,
  name: organization.name,
  status: organization.status,
  below: handleOf(organization.parentId),
  people_from: organization.peopleFrom,
  locales: organization.locales,
  second_step_required: organization.secondFactorRequired,
  address: placeOf(organization),
})

type Wish = Omit<NewOrganization, 'parentId'> & { below: string | undefined; owner: Somebody | null }

const readWish = (given: Given): Wish => {
  const owner = given.text('owner')
  const locales = given.list('locales')
  const peopleFrom = given.among('people', peopleSources)
  return {
    handle: given.argument,
    name: given.needed('name'),
    below: given.text('below'),
    ...(locales ? { locales } : {}),
    ...(peopleFrom ? { peopleFrom } : {}),
    secondFactorRequired: given.is('require-second-step'),
    owner: owner === undefined ? null : readSomebody(given, owner),
  }
}

const parentOf = (name: string | undefined): string | null => {
  if (name !== undefined) return organizationCalled(name).id
  if (!directory().hasRoot()) return null
  return fail('organizations.root_exists', undefined, { handle: directory().root().handle })
}

/** The organization and its owner, in one unit of work: both or neither. */
const found = async ({ below: parent, owner, ...wanted }: Wish): Promise<Report> => {
  const parentId = parentOf(parent)
  const { organization, settled } = await withPlatform(async (tx) => {
    const made = await create(tx, by, { ...wanted, parentId })
    return { organization: made, settled: owner && (await settleOwner(tx, made, owner)) }
  })
  await readAgain(organization.id)
  const address = placeOf(organization)
  const lines = [`${organization.name} is there, at ${address}.`, settled ? sayMailed(settled, address) : '']
  return well(lines.filter(Boolean).join('\n'), {
    organization: shown(organization),
    owner: settled && { id: settled.person.id, email: settled.person.email, mailed: settled.isMailed },
  })
}

const everythingBelow = async (id: string): Promise<Organization[]> => {
  const all: Organization[] = []
  let after: { name: string; id: string } | null = null
  do {
    const page: Awaited<ReturnType<typeof list>> = await withPlatform((tx) =>
      list(tx, by, { below: id, isDeep: true, limit: 500, ...(after ? { after } : {}) }),
    )
    all.push(...page.organizations)
    after = page.next ?? null
  } while (after)
  return all
}

const listThem = async (name: string | undefined): Promise<Report> => {
  if (name === undefined && !directory().hasRoot()) {
    return well('There is no organization yet: `org create` makes the first.', { organizations: [] })
  }
  const from = name === undefined ? directory().root() : organizationCalled(name)
  const beneath = await everythingBelow(from.id)
  const organizations = (name === undefined ? [from, ...beneath] : beneath).map(shown)
  const rows = organizations.map(({ handle, name: called, status, below: above, address }) => [
    handle,
    called,
    status,
    above ?? '',
    address,
  ])
  return well(inColumns([['HANDLE', 'NAME', 'STATUS', 'BELOW', 'ADDRESS'], ...rows]), { organizations })
}

const ownersOf = async (tx: Tx): Promise<string[]> => {
  const grants = await allGrants(tx, by)
  const ids = grants.filter(({ role, subject }) => role === 'owner' && subject.kind === 'person')
  return (
    await listedByIds(
      tx,
      ids.map(({ subject }) => subject.id),
    )
  ).map(({ email }) => email)
}

const show = async (name: string): Promise<Report> => {
  const organization = organizationCalled(name)
  const { id } = organization
  const count = await withPlatform((tx) => below(tx, by, id))
  const { owners, people } = await withOrganization(id, async (tx) => ({
    owners: await ownersOf(tx),
    people: await countMembers(tx),
  }))
  const known = {
    ...shown(organization),
    hosts: directory().hostsOf(id),
    owners,
    people,
    organizations_below: count,
    dark: directory().isSuspended(id),
  }
  const rows = Object.entries(known).map(([key, value]) => {
    const words = Array.isArray(value) ? value.join(', ') : String(value ?? '')
    return [key.replaceAll('_', ' '), words === '' ? '-' : words]
  })
  return well(inColumns(rows), known)
}

const changed = async (name: string, says: string, change: (tx: Tx, id: string) => Promise<Organization>) => {
  const before = organizationCalled(name)
  const organization = await withPlatform((tx) => change(tx, before.id))
  await loadDirectory()
  return well(`${organization.handle} ${says}`, { organization: shown(organization) })
}

export const orgCommands: readonly Command[] = [
  {
    words: 'org create',
    argument: '<handle>',
    does: 'makes an organization; without --below the root, the first of an installation',
    options: {
      name: { value: '<name>', isNeeded: true, says: 'what people read' },
      below: { value: '<handle>', says: 'the organization that it is below' },
      locales: { value: '<en,de>', says: 'languages that it offers, the first by default' },
      people: { value: 'own|parent|mixed', says: 'where its people live: here, at the one above, or both' },
      'require-second-step': { says: 'everybody needs an authenticator app' },
      owner: { value: '<email>', says: 'who owns it, and gets a mail to choose a password' },
      ...nameOptions,
    },
    begin: (given) => {
      const wish = readWish(given)
      return () => found(wish)
    },
  },
  {
    words: 'org list',
    does: 'the organizations there are',
    options: { below: { value: '<handle>', says: 'only those below this one' } },
    begin: (given) => {
      const name = given.text('below')
      return () => listThem(name)
    },
  },
  {
    words: 'org show',
    argument: '<handle>',
    does: 'one of them, with its addresses and owners',
    begin:
      ({ argument }) =>
      () =>
        show(argument),
  },
  {
    words: 'org rename',
    argument: '<handle>',
    does: 'gives it another name or handle; the old handle still leads to it',
    options: { name: { value: '<name>', says: 'the new name' }, handle: { value: '<handle>', says: 'the new handle' } },
    begin: (given) => {
      const [name, handle] = [given.text('name'), given.text('handle')]
      if (name === undefined && handle === undefined) throw new UsageError('Say --name, --handle, or both.')
      const change = { ...(name ? { name } : {}), ...(handle ? { handle } : {}) }
      return () => changed(given.argument, 'is what it is called now.', (tx, id) => update(tx, by, id, change))
    },
  },
  {
    words: 'org move',
    argument: '<handle>',
    does: 'moves it, with everything below it, below another one',
    options: { below: { value: '<handle>', isNeeded: true, says: 'where to' } },
    begin: (given) => {
      const to = given.needed('below')
      return () =>
        changed(given.argument, `is below ${to} now.`, (tx, id) => move(tx, by, id, organizationCalled(to).id))
    },
  },
  {
    words: 'org suspend',
    argument: '<handle>',
    does: 'nothing of it, or below it, is seen any more',
    begin:
      ({ argument }) =>
      () =>
        changed(argument, 'is suspended.', (tx, id) => suspend(tx, by, id)),
  },
  {
    words: 'org resume',
    argument: '<handle>',
    does: 'takes a suspension back',
    begin:
      ({ argument }) =>
      () =>
        changed(argument, 'is met again.', (tx, id) => resume(tx, by, id)),
  },
]
