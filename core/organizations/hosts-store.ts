import { type Selectable, sql } from 'kysely'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { DnsEvidence, EmailDomain, HostStanding } from './contract.ts'

type Proven = {
  proof: string | null
  verified_at: Date | null
  checked_at: Date | null
  evidence: DnsEvidence[] | null | string
}
type OrganizationHosts = Proven & { host: string; organization_id: string; created_at: Date }
type EmailDomains = Proven & {
  domain: string
  organization_id: string
  joins_as: EmailDomain['joinsAs']
  created_at: Date
}
type Tables = { organization_hosts: OrganizationHosts; email_domains: EmailDomains }

const tables = (tx: Tx) => tx.sql.withTables<Tables>()

const standingOf = (row: Selectable<OrganizationHosts>): HostStanding => ({
  host: row.host,
  organizationId: row.organization_id,
  isVerified: row.verified_at !== null,
  proof: row.proof,
  checkedAt: row.checked_at,
  evidence: row.evidence as DnsEvidence[] | null,
})
const domainOf = (row: Selectable<EmailDomains>): EmailDomain => ({
  domain: row.domain,
  organizationId: row.organization_id,
  joinsAs: row.joins_as,
  proof: row.proof ?? '',
  isVerified: row.verified_at !== null,
  checkedAt: row.checked_at,
  evidence: row.evidence as DnsEvidence[] | null,
})

type NewHost = { host: string; organizationId: string; isVerified: boolean; proof: string }

/** Inserts unless somebody has proven it. A claim that nobody proved does not stand in the owner's way. */
export const insertHost = async (tx: Tx, { host, organizationId, isVerified, proof }: NewHost): Promise<boolean> => {
  const at = now()
  const { rows } = await sql<{ host: string }>`
    insert into organization_hosts (host, organization_id, verified_at, proof, created_at)
    values (${host}, ${organizationId}, ${isVerified ? at : null}, ${proof}, ${at})
    on conflict (host) do update
      set organization_id = excluded.organization_id, verified_at = excluded.verified_at, proof = excluded.proof,
          created_at = excluded.created_at, checked_at = null, evidence = null
      where organization_hosts.verified_at is null and organization_hosts.organization_id <> excluded.organization_id
    returning host`.execute(tx.sql)
  return rows.length === 1
}

export const readHosts = async (tx: Tx, organizationId: string): Promise<HostStanding[]> =>
  (
    await tables(tx)
      .selectFrom('organization_hosts')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .orderBy('created_at')
      .execute()
  ).map(standingOf)

type Checked = { isVerified: boolean; evidence: DnsEvidence[] }

export const recordHostCheck = async (
  tx: Tx,
  organizationId: string,
  host: string,
  checked: Checked,
): Promise<void> => {
  const { isVerified, evidence } = checked
  await sql`
    update organization_hosts
    set checked_at = ${now()}, evidence = ${JSON.stringify(evidence)}::jsonb,
        verified_at = case when ${isVerified} then coalesce(verified_at, ${now()}) else verified_at end
    where host = ${host} and organization_id = ${organizationId}`.execute(tx.sql)
}

export const deleteHost = async (tx: Tx, organizationId: string, host: string): Promise<boolean> => {
  const deleted = await tables(tx)
    .deleteFrom('organization_hosts')
    .where('host', '=', host)
    .where('organization_id', '=', organizationId)
    .returning('host')
    .executeTakeFirst()
  return deleted !== undefined
}

export const insertDomain = async (
  tx: Tx,
  { domain, organizationId, joinsAs, proof }: Pick<EmailDomain, 'domain' | 'organizationId' | 'joinsAs' | 'proof'>,
): Promise<boolean> => {
  const { rows } = await sql<{ domain: string }>`
    insert into email_domains (domain, organization_id, joins_as, proof, created_at)
    values (${domain}, ${organizationId}, ${joinsAs}, ${proof}, ${now()})
    on conflict (domain) do update
      set organization_id = excluded.organization_id, joins_as = excluded.joins_as, proof = excluded.proof,
          created_at = excluded.created_at, checked_at = null, evidence = null
      where email_domains.verified_at is null and email_domains.organization_id <> excluded.organization_id
    returning domain`.execute(tx.sql)
  return rows.length === 1
}

export const readDomains = async (tx: Tx, organizationId: string): Promise<EmailDomain[]> =>
  (
    await tables(tx)
      .selectFrom('email_domains')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .orderBy('domain')
      .execute()
  ).map(domainOf)

export const readDomain = async (tx: Tx, domain: string): Promise<EmailDomain | null> => {
  const row = await tables(tx).selectFrom('email_domains').selectAll().where('domain', '=', domain).executeTakeFirst()
  return row ? domainOf(row) : null
}

export const recordDomainCheck = async (
  tx: Tx,
  organizationId: string,
  domain: string,
  { isVerified, evidence }: Checked,
): Promise<void> => {
  await sql`
    update email_domains
    set checked_at = ${now()}, evidence = ${JSON.stringify(evidence)}::jsonb,
        verified_at = case when ${isVerified} then coalesce(verified_at, ${now()}) else verified_at end
    where domain = ${domain} and organization_id = ${organizationId}`.execute(tx.sql)
}

export const deleteDomain = async (tx: Tx, organizationId: string, domain: string): Promise<boolean> => {
  const deleted = await tables(tx)
    .deleteFrom('email_domains')
    .where('domain', '=', domain)
    .where('organization_id', '=', organizationId)
    .returning('domain')
    .executeTakeFirst()
  return deleted !== undefined
}

/** How many hosts and email domains an organization has, proven or not. */
export const countAddresses = async (tx: Tx, organizationId: string): Promise<{ hosts: number; domains: number }> => {
  const { rows } = await sql<{ hosts: number; domains: number }>`
    select (select count(*)::int from organization_hosts where organization_id = ${organizationId}) as hosts,
           (select count(*)::int from email_domains where organization_id = ${organizationId}) as domains`.execute(
    tx.sql,
  )
  return rows[0] ?? { hosts: 0, domains: 0 }
}
