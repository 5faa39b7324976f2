import type { Actor } from '#core/authority/contract'
import { passkeysBoundTo } from '#core/credentials'
import { addressOf, canonicalAddressOf, listDomains, listHosts, proofRecord } from '#core/organizations'
import type { Address, EmailDomain, HostStanding, Organization } from '#core/organizations/contract'
import { withPlatform } from '#platform/database'
import { fail } from '#platform/failure'
import type { DomainStanding } from '#ui/console/domain-states'
import type { DomainsData, MetAt } from '#ui/console/domains'

const hostStanding = ({ host, isVerified, proof, ...one }: HostStanding): DomainStanding => ({
  ...one,
  name: host,
  isProven: isVerified,
  record: proof === null ? null : proofRecord(host, proof),
})

const emailStanding = ({ domain, isVerified, proof, ...one }: EmailDomain): DomainsData['emails'][number] => ({
  ...one,
  name: domain,
  isProven: isVerified,
  record: proofRecord(domain, proof),
})

const addressesOf = (organization: Organization, hosts: readonly HostStanding[]): Address[] => {
  const proven = hosts.filter(({ isVerified }) => isVerified).map(({ host }) => ({ form: 'domain', host }) as const)
  const own: Address[] = organization.parentId === null ? [{ form: 'root' }] : [{ form: 'path' }, { form: 'name' }]
  return [...own, ...proven]
}

/** The addresses that an organization is met at, and which of them is the main one. */
export const metAt = (organization: Organization, hosts: readonly HostStanding[]): MetAt[] => {
  const main = canonicalAddressOf(organization)
  return addressesOf(organization, hosts).map((address) => {
    const { origin, base } = addressOf(organization, address)
    const isMain = JSON.stringify(address) === JSON.stringify(main)
    // The root is at its own origin, whatever else it is met at.
    const choice = organization.parentId === null ? null : address.form === 'domain' ? address.host : address.form
    return { form: address.form, url: `${origin}${base}`, choice, isMain }
  })
}

const standingsOf = (organization: Organization, by: Actor) =>
  withPlatform(async (tx) => ({
    hosts: await listHosts(tx, by, organization.id),
    emails: await listDomains(tx, by, organization.id),
  }))

export const domainsOf = async (organization: Organization, by: Actor): Promise<DomainsData> => {
  const { hosts, emails } = await standingsOf(organization, by)
  const passkeys =
    organization.parentId === null ? [] : await passkeysBoundTo(organization.id, addressesOf(organization, hosts))
  return {
    addresses: metAt(organization, hosts),
    passkeys,
    hosts: hosts.map(hostStanding),
    emails: emails.map(emailStanding),
  }
}

export const hostOf = async (organization: Organization, by: Actor, name: string): Promise<DomainStanding> =>
  (await domainsOf(organization, by)).hosts.find((one) => one.name === name) ?? fail('organizations.host_unknown')

export const emailOf = async (organization: Organization, by: Actor, name: string) =>
  (await domainsOf(organization, by)).emails.find((one) => one.name === name) ?? fail('organizations.domain_unknown')
