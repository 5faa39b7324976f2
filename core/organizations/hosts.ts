import type { Actor } from '#core/authority/contract'
import { type Tx, withPlatform } from '#platform/database'
import { lookUpTxt } from '#platform/dns'
import { settings } from '#platform/env'
import { fail } from '#platform/failure'
import { newSecret } from '#platform/secrets'
import { leaveTrail, permitted } from './changing.ts'
import type { DnsEvidence, EmailDomain, HostStanding, Organization } from './contract.ts'
import {
  deleteDomain,
  deleteHost,
  insertDomain,
  insertHost,
  readDomain,
  readDomains,
  readHosts,
  recordDomainCheck,
  recordHostCheck,
} from './hosts-store.ts'
import { checkedDomain, checkedHost } from './rules.ts'
import { changeOrganization } from './store.ts'

/** Where the proof of a host or a domain is looked for, and what has to stand there. */
export const proofRecord = (name: string, proof: string): { name: string; value: string } => ({
  name: `_livery.${name}`,
  value: `livery-verification=${proof}`,
})

const hasProof = (evidence: readonly DnsEvidence[], proof: string): boolean =>
  evidence.some(({ values }) => values.includes(`livery-verification=${proof}`))

/** An own domain. It is met only once its ownership is proven. */
export const addHost = async (
  tx: Tx,
  by: Actor,
  id: string,
  host: string,
  { verified = false }: { verified?: boolean } = {},
): Promise<HostStanding> => {
  await permitted(tx, by, id, 'domain.manage')
  // Only the process itself knows a host without proof.
  const isVerified = verified && by.kind === 'system'
  const kept = checkedHost(host, new URL(settings().origin).hostname)
  if (!(await insertHost(tx, { host: kept, organizationId: id, isVerified, proof: newSecret(20) }))) {
    return fail('organizations.host_taken', 'host')
  }
  await leaveTrail(tx, by, id, 'organization.host_added', { after: { host: kept, verified: isVerified } })
  return hostAt(tx, id, kept)
}

const hostAt = async (tx: Tx, id: string, host: string): Promise<HostStanding> =>
  (await readHosts(tx, id)).find((one) => one.host === host) ?? fail('organizations.host_unknown')

export const listHosts = async (tx: Tx, by: Actor, id: string): Promise<HostStanding[]> => {
  await permitted(tx, by, id, 'organization.read')
  return readHosts(tx, id)
}

/** Writes down what was seen of a host's proof; says whether it is proven now. Looking happens before, outside. */
export const recordHost = async (
  tx: Tx,
  by: Actor,
  id: string,
  host: string,
  evidence: DnsEvidence[],
): Promise<boolean> => {
  await permitted(tx, by, id, 'domain.manage')
  const known = await hostAt(tx, id, host)
  const isVerified = known.isVerified || (known.proof !== null && hasProof(evidence, known.proof))
  await recordHostCheck(tx, id, host, { isVerified, evidence })
  if (isVerified && !known.isVerified) await leaveTrail(tx, by, id, 'organization.host_proven', { after: { host } })
  return isVerified
}

/**
 * Looks for the proof of a host now, and writes down what each resolver saw. Opens units of work of its own: nobody waits
 * for a resolver inside one.
 */
export const checkHost = async (by: Actor, id: string, host: string): Promise<HostStanding> => {
  await withPlatform(async (tx) => {
    await permitted(tx, by, id, 'domain.manage')
    await hostAt(tx, id, host)
  })
  const evidence = await lookUpTxt(proofRecord(host, '').name)
  return withPlatform(async (tx) => {
    await recordHost(tx, by, id, host, evidence)
    return hostAt(tx, id, host)
  })
}

/** Takes a host away. Where it was the address that is shown, the path is shown again. */
export const removeHost = async (tx: Tx, by: Actor, id: string, host: string): Promise<void> => {
  const organization = await permitted(tx, by, id, 'domain.manage')
  if (!(await deleteHost(tx, id, host))) return fail('organizations.host_unknown')
  if (organization.canonicalAddress === host) await changeOrganization(tx, id, { canonical_address: 'path' })
  await leaveTrail(tx, by, id, 'organization.host_removed', { before: { host } })
}

/** Chooses the address that is shown and redirected to: 'path', 'name', or a proven host. */
export const chooseAddress = async (tx: Tx, by: Actor, id: string, address: string): Promise<Organization> => {
  const { canonicalAddress } = await permitted(tx, by, id, 'domain.manage')
  const isForm = address === 'path' || address === 'name'
  if (!isForm && !(await readHosts(tx, id)).some(({ host, isVerified }) => host === address && isVerified)) {
    return fail('organizations.host_unproven', 'address')
  }
  const after = await changeOrganization(tx, id, { canonical_address: address })
  await leaveTrail(tx, by, id, 'organization.address_chosen', {
    before: { address: canonicalAddress },
    after: { address },
  })
  return after ?? fail('organizations.not_found')
}

/** Claims the email domain of an organization; it counts once its ownership is proven. */
export const addDomain = async (
  tx: Tx,
  by: Actor,
  id: string,
  domain: string,
  joinsAs: EmailDomain['joinsAs'],
): Promise<EmailDomain> => {
  await permitted(tx, by, id, 'domain.manage')
  const kept = checkedDomain(domain)
  if (!(await insertDomain(tx, { domain: kept, organizationId: id, joinsAs, proof: newSecret(20) }))) {
    return fail('organizations.domain_taken', 'domain')
  }
  await leaveTrail(tx, by, id, 'organization.domain_added', { after: { domain: kept, joinsAs } })
  return domainAt(tx, id, kept)
}

const domainAt = async (tx: Tx, id: string, domain: string): Promise<EmailDomain> =>
  (await readDomains(tx, id)).find((one) => one.domain === domain) ?? fail('organizations.domain_unknown')

export const listDomains = async (tx: Tx, by: Actor, id: string): Promise<EmailDomain[]> => {
  await permitted(tx, by, id, 'organization.read')
  return readDomains(tx, id)
}

export const recordDomain = async (
  tx: Tx,
  by: Actor,
  id: string,
  domain: string,
  evidence: DnsEvidence[],
): Promise<boolean> => {
  await permitted(tx, by, id, 'domain.manage')
  const known = await domainAt(tx, id, domain)
  const isVerified = known.isVerified || hasProof(evidence, known.proof)
  await recordDomainCheck(tx, id, domain, { isVerified, evidence })
  if (isVerified && !known.isVerified) {
    await leaveTrail(tx, by, id, 'organization.domain_proven', { after: { domain } })
  }
  return isVerified
}

/** The same for an email domain. */
export const checkDomain = async (by: Actor, id: string, domain: string): Promise<EmailDomain> => {
  await withPlatform(async (tx) => {
    await permitted(tx, by, id, 'domain.manage')
    await domainAt(tx, id, domain)
  })
  const evidence = await lookUpTxt(proofRecord(domain, '').name)
  return withPlatform(async (tx) => {
    await recordDomain(tx, by, id, domain, evidence)
    return domainAt(tx, id, domain)
  })
}

export const removeDomain = async (tx: Tx, by: Actor, id: string, domain: string): Promise<void> => {
  await permitted(tx, by, id, 'domain.manage')
  if (!(await deleteDomain(tx, id, domain))) return fail('organizations.domain_unknown')
  await leaveTrail(tx, by, id, 'organization.domain_removed', { before: { domain } })
}

/** The organization whose proven email domain this is; for sign-in by address, and for joining. */
export const domainOwner = async (tx: Tx, domain: string): Promise<EmailDomain | null> => {
  const found = await readDomain(tx, domain.toLowerCase())
  return found?.isVerified ? found : null
}
