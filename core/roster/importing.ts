// Files of people, taken in row by row: first said what would become of each, then done, with the same words.

import { addToGroup, groupIdsOf, listGroups, type Overseer, overseer, requireFillable } from '#core/access'
import type { Group } from '#core/access/contract'
import { record } from '#core/audit'
import { may, systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { directory } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { addMembership, elsewhereOf, findAll, listedByEmails } from '#core/people'
import { type ListedPerson, type Membership, membershipKinds, type Person } from '#core/people/contract'
import { type Tx, withOrganization } from '#platform/database'
import { fail, isFailure } from '#platform/failure'
import { type CheckedPerson, change, changeKind, checkedChange, checkedPerson, createChecked } from './changing.ts'
import { type Claims, claimUsername } from './claiming.ts'
import type { ImportReport, ImportRow, PersonChange } from './contract.ts'
import { type FileRow, type RefusedRow, readFile, refusedAs, splitNames } from './file.ts'
import { asAtHome } from './listing.ts'
import { nameOf } from './mail.ts'
import { organizationAt, requireAt, requireOverElsewhere } from './target.ts'

type Update = {
  personId: string
  homeId: string
  profile: PersonChange
  kind: Membership['kind'] | null
  /** Ids of groups that they are not in yet. */
  groups: string[]
  isMember: boolean
  /** As their home knows them, where something of their profile changes. */
  person: Person | null
  elsewhere: string[]
}
type Plan =
  | { does: 'create'; checked: CheckedPerson }
  | { does: 'update'; update: Update }
  | { does: 'nothing'; personId: string }

/** What is known when a part of a file is looked at. */
type Known = {
  organization: Organization
  by: Actor
  isOver: Overseer
  groups: ReadonlyMap<string, Group>
  /** Whether a group may be filled; a failure's code where not. */
  fillable: Map<string, string | null>
  byEmail: ReadonlyMap<string, ListedPerson>
  atHome: ReadonlyMap<string, Person>
  /** The groups that they are in already, by id. */
  groupIds: ReadonlyMap<string, string[]>
  claims: Claims
}

const kindOf = (cell: string | undefined): Membership['kind'] | null =>
  cell === undefined ? null : (membershipKinds.find((kind) => kind === cell.toLowerCase()) ?? fail('csv.kind', 'kind'))

const groupsIn = async (tx: Tx, { by, groups, fillable }: Known, cell: string | undefined): Promise<string[]> => {
  const ids: string[] = []
  for (const name of splitNames(cell ?? '')) {
    const { id } = groups.get(name) ?? fail('access.group_unknown', 'groups')
    if (!fillable.has(id)) {
      const code = await requireFillable(tx, by, id).then(
        () => null,
        (error: unknown) => (isFailure(error) ? error.code : Promise.reject(error)),
      )
      fillable.set(id, code)
    }
    const refusal = fillable.get(id)
    if (refusal) fail(refusal, 'groups')
    ids.push(id)
  }
  return [...new Set(ids)]
}

const planNew = async (tx: Tx, known: Known, { email, cells }: FileRow): Promise<Plan> => {
  const { organization, isOver } = known
  if (!directory().homes(organization.id).includes(organization.id)) return fail('roster.no_home_here')
  const checked = checkedPerson(
    {
      email,
      givenName: cells.given_name ?? '',
      familyName: cells.family_name ?? '',
      username: cells.username ?? null,
      phone: cells.phone ?? null,
      locale: cells.locale ?? null,
      kind: kindOf(cells.kind) ?? 'consumer',
      groups: await groupsIn(tx, known, cells.groups),
    },
    organization,
  )
  if (!isOver(null, checked)) return fail('authority.exceeds_own')
  await claimUsername(tx, known.claims, email, null, checked.username)
  return { does: 'create', checked }
}

const profileIn = (
  { cells }: FileRow,
  organization: Organization,
  before: Pick<Person, 'givenName' | 'familyName' | 'username' | 'locale' | 'phone'>,
) => {
  const said: PersonChange = {
    ...(cells.given_name === undefined ? {} : { givenName: cells.given_name }),
    ...(cells.family_name === undefined ? {} : { familyName: cells.family_name }),
    ...(cells.username === undefined ? {} : { username: cells.username }),
    ...(cells.phone === undefined ? {} : { phone: cells.phone }),
    ...(cells.locale === undefined ? {} : { locale: cells.locale }),
  }
  const changed = Object.entries(checkedChange(said, organization)).filter(
    ([name, value]) => before[name as keyof typeof before] !== value,
  )
  return Object.fromEntries(changed) as PersonChange
}

const planKnown = async (tx: Tx, known: Known, line: FileRow, entry: ListedPerson): Promise<Plan> => {
  const { organization, by, isOver, atHome } = known
  const { personId, homeId } = entry
  const livesHere = homeId === organization.id
  const person = atHome.get(personId) ?? fail('person.unknown')
  // A phone number of somebody who lives elsewhere is not known here, so nothing can be said about it either.
  const before = livesHere ? person : { ...person, phone: null }
  const profile = profileIn(line, organization, before)
  const [first] = Object.keys(profile)
  if (first && !livesHere) return fail('roster.lives_elsewhere', first)
  const said = kindOf(line.cells.kind)
  const kind = said === entry.kind ? null : said
  const isIn = new Set(known.groupIds.get(personId))
  const groups = (await groupsIn(tx, known, line.cells.groups)).filter((id) => !isIn.has(id))
  if (!first && kind === null && groups.length === 0) return { does: 'nothing', personId }
  if (!may(by, 'people.update', organization.ancestors)) return fail('authority.denied')
  const isMember = entry.kind !== null
  if (!isMember && kind === null && groups.length > 0) return fail('roster.no_membership', 'groups')
  const traits = { email: person.email, locale: person.locale, kind: entry.kind ?? ('consumer' as const) }
  const after = {
    ...traits,
    ...(profile.locale === undefined ? {} : { locale: profile.locale }),
    ...(kind ? { kind } : {}),
  }
  if (!isOver(personId, traits) || !isOver(personId, after)) return fail('authority.exceeds_own')
  await claimUsername(tx, known.claims, line.email, personId, profile.username)
  const elsewhere = livesHere && first ? await elsewhereOf(tx, personId) : []
  return { does: 'update', update: { personId, homeId, profile, kind, groups, isMember, person, elsewhere } }
}

const join = (organizationId: string, by: Actor, { personId, homeId, kind, groups, isMember, person }: Update) =>
  withOrganization(organizationId, async (tx) => {
    const ref = { homeId, personId }
    if (!isMember && kind) await addMembership(tx, by, { ...ref, kind, ...(person ? { known: person } : {}) })
    for (const group of groups) await addToGroup(tx, by, group, ref)
  })

const applyUpdate = async (organizationId: string, by: Actor, update: Update): Promise<void> => {
  const { personId, profile, kind, isMember } = update
  if (Object.keys(profile).length > 0) await change(organizationId, by, personId, profile)
  if (kind && isMember) await changeKind(organizationId, by, personId, kind)
  await join(organizationId, by, update)
}

type Wish = {
  /** Changes nothing, and says what would be. */
  isDryRun: boolean
  /** Whether people who are created are written to, so that they can set their password. */
  hasMail?: boolean
  /** Told after each part how many rows are done. */
  onProgress?: (done: number, of: number) => void
}

type Part = {
  lines: (FileRow | RefusedRow)[]
  organization: Organization
  by: Actor
  wish: Wish
  mail: { byName: string | null } | null
  claims: Claims
}

const isRead = (line: FileRow | RefusedRow): line is FileRow => 'cells' in line

const look = async (
  tx: Tx,
  { lines, organization, by, claims }: Part,
  atHome: ReadonlyMap<string, Person>,
): Promise<Known> => {
  const entries = await listedByEmails(
    tx,
    lines.filter(isRead).map(({ email }) => email),
  )
  const residents = entries.filter(({ homeId }) => homeId === organization.id).map(({ personId }) => personId)
  const here = (await findAll(tx, residents)).map((person) => [person.id, person] as const)
  return {
    organization,
    by,
    isOver: await overseer(tx, by),
    groups: new Map((await listGroups(tx, systemActor)).map((group) => [group.name, group])),
    fillable: new Map(),
    byEmail: new Map(entries.map((entry) => [entry.email, entry])),
    atHome: new Map([...atHome, ...here]),
    groupIds: await groupIdsOf(tx, entries),
    claims,
  }
}

/** What each row of a part asks for; those who are to be created are created at once, in this unit of work. */
const takePart = async (tx: Tx, part: Part, atHome: ReadonlyMap<string, Person>) => {
  const { lines, by, wish } = part
  const known = await look(tx, part, atHome)
  const rows: (ImportRow | { line: FileRow; update: Update })[] = []
  for (const line of lines) {
    if (!isRead(line)) {
      rows.push({ ...line, result: 'refused' })
      continue
    }
    const { row, email } = line
    try {
      const entry = known.byEmail.get(email)
      const plan = entry ? await planKnown(tx, known, line, entry) : await planNew(tx, known, line)
      if (plan.does === 'update') rows.push({ line, update: plan.update })
      else if (plan.does === 'nothing') rows.push({ row, email, result: 'unchanged', personId: plan.personId })
      else if (wish.isDryRun) rows.push({ row, email, result: 'created' })
      else {
        const { id } = (await createChecked(tx, by, plan.checked, part.mail)) ?? fail('person.exists', 'email')
        rows.push({ row, email, result: 'created', personId: id })
      }
    } catch (error) {
      rows.push(refusedAs(line, error))
    }
  }
  return rows
}

const update = async ({ organization, by, wish }: Part, line: FileRow, wanted: Update): Promise<ImportRow> => {
  const { row, email } = line
  const { personId, homeId, person, elsewhere } = wanted
  try {
    if (person) await requireOverElsewhere(by, { ref: { homeId, personId }, person, elsewhere })
    if (!wish.isDryRun) await applyUpdate(organization.id, by, wanted)
    return { row, email, result: 'updated', personId }
  } catch (error) {
    return refusedAs(line, error)
  }
}

const importPart = async (part: Part): Promise<ImportRow[]> => {
  const { organization, lines } = part
  const emails = lines.filter(isRead).map(({ email }) => email)
  const entries = await withOrganization(organization.id, (tx) => listedByEmails(tx, emails))
  const atHome = await asAtHome(organization.id, entries)
  const taken = await withOrganization(organization.id, (tx) => takePart(tx, part, atHome))
  const rows: ImportRow[] = []
  for (const one of taken) rows.push('update' in one ? await update(part, one.line, one.update) : one)
  return rows
}

const partSize = 100

const counted = (isDryRun: boolean, rows: ImportRow[]): ImportReport => {
  const count = (result: ImportRow['result']) => rows.filter((row) => row.result === result).length
  return {
    isDryRun,
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    rows,
  }
}

/**
 * Takes in a file of people: creates those who are not there, at home here, and changes those who are, as far as the file
 * says anything of them. Each row stands for itself, and what is refused leaves the others alone. Nobody's roles come from
 * a file, an address never changes, and people who live elsewhere are not touched beyond their membership here. Rows are
 * taken in parts, each in a unit of work of its own: what a part has done stays, whatever comes after.
 */
export const importPeople = async (
  organizationId: string,
  by: Actor,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  wish: Wish,
): Promise<ImportReport> => {
  requireAt(by, 'people.create', organizationId)
  const organization = organizationAt(organizationId)
  const lines = await readFile(source)
  const mail = (wish.hasMail ?? true) ? { byName: await nameOf(by) } : null
  const rows: ImportRow[] = []
  const claims: Claims = new Map()
  for (let from = 0; from < lines.length; from += partSize) {
    rows.push(
      ...(await importPart({ lines: lines.slice(from, from + partSize), organization, by, wish, mail, claims })),
    )
    wish.onProgress?.(rows.length, lines.length)
  }
  const report = counted(wish.isDryRun, rows)
  if (!wish.isDryRun) {
    const { created, updated, unchanged, refused } = report
    const target = { kind: 'organization', id: organizationId }
    await withOrganization(organizationId, (tx) =>
      record(tx, by, 'people.imported', target, { created, updated, unchanged, refused }),
    )
  }
  return report
}
