// Where somebody goes on who belongs to several organizations: here, or at another one, by its own flow and under its own rules.

import { z } from 'zod'
import { addressOf, canonicalAddressOf, directory } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { belongs, elsewhereOf } from '#core/people'
import type { PersonRef } from '#core/people/contract'
import { withOrganization } from '#platform/database'
import type { LoginContext } from '../contract.ts'
import { organizationOf } from '../proven.ts'
import type { Run, Step, Taken } from '../step.ts'

const page = '/sign-in'

const isOpenTo = (organization: Organization, ref: PersonRef): Promise<boolean> =>
  directory().isSuspended(organization.id)
    ? Promise.resolve(false)
    : withOrganization(organization.id, (tx) => belongs(tx, ref))

/** Where else somebody may sign in, by name. Asked anew whenever it matters. */
const others = async ({ ctx, inner }: Run): Promise<Organization[]> => {
  const { proven } = inner
  if (!proven) return []
  const { homeId, personId } = proven
  const ids = await withOrganization(homeId, (tx) => elsewhereOf(tx, personId))
  const open: Organization[] = []
  for (const id of new Set([homeId, ...ids])) {
    const organization = id === ctx.organizationId ? undefined : directory().byId(id)
    if (organization && (await isOpenTo(organization, { homeId, personId }))) open.push(organization)
  }
  return open.sort((one, other) => one.name.localeCompare(other.name, ctx.locale))
}

const enter: Step['enter'] = async (run) => {
  if (run.inner.hasChosenOrganization) return { answered: {} }
  if (run.settings.always === true) return null
  return (await others(run)).length === 0 ? { answered: {} } : null
}

/** As people write it: without how it is spoken to. */
const written = (organization: Organization, address = canonicalAddressOf(organization)): string => {
  const { origin, base } = addressOf(organization, address)
  return origin.replace(/^https?:\/\//, '') + base
}

const originOf = ({ address }: LoginContext, organization: Organization): string =>
  addressOf(organization, address).origin

const take: Step['take'] = async (run, answer): Promise<Taken> => {
  const { ctx, inner } = run
  const { organization: wanted } = answer
  if (!inner.proven) return { failure: { code: 'login.expired' }, isOver: true }
  if (wanted === ctx.organizationId) return { answered: { inner: { hasChosenOrganization: true } } }
  // Suspended, left, somebody else's or none at all: the same answer.
  const chosen = (await others(run)).find(({ id }) => id === wanted)
  if (!chosen) return { failure: { code: 'input.invalid', field: 'organization' } }
  const there: LoginContext = { ...ctx, organizationId: chosen.id, address: canonicalAddressOf(chosen), browser: {} }
  if (originOf(there, chosen) === originOf(ctx, organizationOf(ctx))) return { goesOnAt: there }
  // No cookie of ours would arrive: it is signed in to where it is.
  const elsewhere = { organizationId: chosen.id, username: inner.proven.email, hasTyped: false, isChosen: true }
  return { outcome: { next: '/sign-in/elsewhere', elsewhere } }
}

export const organization: Step = {
  id: 'organization',
  label: 'step.organization',
  purposes: ['sign-in'],
  needs: 'proof',
  proves: null,
  settings: z.strictObject({
    /** Asked of whoever belongs to this one alone as well. */
    always: z.boolean().optional(),
  }),
  page,
  enter,
  show: async (run) => {
    const here = organizationOf(run.ctx)
    const all = [here, ...(await others(run))]
    return {
      organizations: all.map((one) => ({
        id: one.id,
        name: one.name,
        address: written(one, one === here ? run.ctx.address : undefined),
        isHere: one === here,
      })),
    }
  },
  take,
}
