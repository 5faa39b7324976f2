// Brings the sample world to life through the doors of the modules, as a person at the console would. What is there
// already stays as it is, so a second start keeps everything that somebody has changed.

import { fileURLToPath } from 'node:url'
import { give } from '#core/access'
import { systemActor as by } from '#core/authority'
import {
  checkNewPassword,
  hashPassword,
  minimumLength,
  newTotpSecret,
  plantTotp,
  removeTotp,
  setPassword,
} from '#core/credentials'
import { prepareEmails, pushEmails } from '#core/emails'
import {
  addHost,
  addressOf,
  create as createOrganization,
  directory,
  loadDirectory,
  suspend,
} from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { addMembership, create as createPerson, findByEmail, noteElsewhere, setStatus } from '#core/people'
import type { Person } from '#core/people/contract'
import { layersAbove, prepareFolder, pushPrepared } from '#core/themes'
import { now } from '#platform/clock'
import { withOrganization, withPlatform } from '#platform/database'
import { fail } from '#platform/failure'
import { type DemoNotes, readNotes, writeNotes } from './notes.ts'
import { newPassphrase } from './password.ts'
import { settleProgram } from './program.ts'
import { type DemoOrganization, type DemoPerson, organizations, people } from './world.ts'

const met = (handle: string): Organization => directory().byHandle(handle) ?? fail('organizations.not_found')

const settle = async (wanted: DemoOrganization): Promise<void> => {
  if (directory().byHandle(wanted.handle)) return
  const { handle, name, peopleFrom, locales, hosts = [] } = wanted
  await withPlatform(async (tx) => {
    const { id } = await createOrganization(tx, by, {
      parentId: wanted.parent === null ? null : met(wanted.parent).id,
      handle,
      name,
      peopleFrom,
      locales,
      secondFactorRequired: wanted.secondFactorRequired ?? false,
    })
    for (const host of hosts) await addHost(tx, by, id, host, { verified: true })
    if (wanted.suspended) await suspend(tx, by, id)
  })
  await loadDirectory()
}

/** Pushed again at every start: the folders are part of the build, and unchanged ones change nothing. */
const dress = async ({ handle, brand }: DemoOrganization): Promise<void> => {
  if (brand === null) return
  const { id } = met(handle)
  const folder = fileURLToPath(new URL(`../themes/${brand}`, import.meta.url))
  const prepared = await prepareFolder(folder, await layersAbove(id))
  const emails = await prepareEmails(folder)
  await withOrganization(id, async (tx) => {
    await pushPrepared(tx, by, prepared, 'the sample world')
    await pushEmails(tx, by, emails, 'the sample world')
  })
}

/** Publishes every brand's folder as it is now. */
export const dressAll = async (): Promise<void> => {
  for (const organization of organizations) await dress(organization)
}

/** Good enough for everybody here, wherever they live. */
const passwordForAll = (): string => {
  for (;;) {
    const password = newPassphrase()
    try {
      for (const { email, givenName, familyName, home } of people) {
        const { name: organizationName, handle: organizationHandle } = met(home)
        const context = {
          email,
          givenName,
          familyName,
          organizationName,
          organizationHandle,
          minimum: minimumLength(false),
        }
        checkNewPassword(password, context, 'password')
      }
      return password
    } catch {
      // The words happened to contain somebody's name: others will not.
    }
  }
}

type Secrets = { password: string; totpSecret: string | undefined; isFirst: boolean }

/** At home: the person, their password and their app, as far as they are missing. */
const settleAtHome = async (
  wanted: DemoPerson,
  home: string,
  { password, totpSecret, isFirst }: Secrets,
): Promise<Person> => {
  const known = await withOrganization(home, (tx) => findByEmail(tx, wanted.email))
  // Without the notes of an earlier start nobody knows the old password, nor the old app.
  if (known && !isFirst) return known
  const passwordHash = await hashPassword(password)
  return withOrganization(home, async (tx) => {
    const { email, givenName, familyName, phone = null, locale = null } = wanted
    const person =
      known ??
      (await createPerson(tx, by, { email, givenName, familyName, phone, locale, emailVerifiedAt: now() })) ??
      fail('person.exists')
    await setPassword(tx, by, person.id, passwordHash, 'sample world')
    if (totpSecret) {
      await removeTotp(tx, by, person.id)
      await plantTotp(tx, by, person.id, totpSecret)
    }
    if (wanted.suspended && !known) await setStatus(tx, by, person.id, 'suspended')
    return person
  })
}

const settlePerson = async (wanted: DemoPerson, secrets: Secrets): Promise<void> => {
  const person = await settleAtHome(wanted, met(wanted.home).id, secrets)
  const { id: personId, homeId } = person
  for (const { organization, kind, roles } of wanted.memberships) {
    const { id } = met(organization)
    await withOrganization(homeId, (tx) => noteElsewhere(tx, personId, id))
    await withOrganization(id, async (tx) => {
      await addMembership(tx, by, { homeId, personId, kind, known: person })
      const subject = { kind: 'person', homeId, id: personId } as const
      for (const role of roles) await give(tx, by, subject, { role, reach: 'subtree' })
    })
  }
}

const addressesOf = ({ handle, parent, hosts = [] }: DemoOrganization): string[] => {
  const organization = met(handle)
  const forms =
    parent === null
      ? [{ form: 'root' } as const]
      : [
          { form: 'path' } as const,
          { form: 'name' } as const,
          ...hosts.map((host) => ({ form: 'domain', host }) as const),
        ]
  return forms.map((form) => {
    const { origin, base } = addressOf(organization, form)
    return `${origin}${base}`
  })
}

const notesOf = (password: string, secrets: ReadonlyMap<string, string>, apiToken: string | null): DemoNotes => ({
  origin: addressOf(directory().root(), { form: 'root' }).origin,
  password,
  organizations: organizations.map((organization) => ({
    handle: organization.handle,
    name: organization.name,
    suspended: organization.suspended ?? false,
    addresses: addressesOf(organization),
  })),
  people: people.map(({ email, givenName, familyName, home, memberships, suspended = false, note }) => {
    const totpSecret = secrets.get(email)
    const name = `${givenName} ${familyName}`
    return { email, password, name, home, memberships, suspended, ...(totpSecret ? { totpSecret } : {}), note }
  }),
  apiToken,
})

/** Makes what is missing of the sample world, and answers (and writes down) how to enter it. */
export const seed = async (): Promise<DemoNotes> => {
  await loadDirectory()
  for (const organization of organizations) await settle(organization)
  await dressAll()
  const before = readNotes()
  const password = before?.password ?? passwordForAll()
  const secrets = new Map<string, string>()
  for (const { email, totp } of people) {
    const known = before?.people.find((person) => person.email === email)?.totpSecret
    if (totp) secrets.set(email, known ?? newTotpSecret())
  }
  const apiToken = await settleProgram(directory().root().id, before?.apiToken ?? null)
  const notes = notesOf(password, secrets, apiToken)
  // First the notes: a seed that is cut off leaves nobody with a password that is written nowhere.
  writeNotes(notes)
  for (const person of people) {
    await settlePerson(person, { password, totpSecret: secrets.get(person.email), isFirst: before === null })
  }
  return notes
}
