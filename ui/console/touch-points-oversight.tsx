/** The pages that oversee an organization: its trail, its usage, its settings and its domains. */
import type { TouchPoint } from '../touch-point.ts'
import { Audit } from './audit.tsx'
import { AuditRetention } from './audit-trust.tsx'
import { Domain, RemoveDomain } from './domain.tsx'
import { Domains } from './domains.tsx'
import { sampleFrame } from './samples.ts'
import {
  sampleAudit,
  sampleDomains,
  sampleHost,
  sampleOrganization,
  samplePasskeys,
  sampleProven,
  sampleStanding,
  sampleUsage,
} from './samples-oversight.ts'
import { Settings } from './settings.tsx'
import { SettingsHandle, SettingsPeopleFrom } from './settings-questions.tsx'
import { Usage } from './usage.tsx'

const audience = 'administrator' as const
const changedElsewhere = { code: 'organizations.changed_elsewhere' }

export const oversightTouchPoints: TouchPoint[] = [
  {
    screen: 'audit',
    path: '/organization/audit',
    audience,
    states: {
      default: (site) => <Audit site={site} frame={sampleFrame(site)} data={sampleAudit(site)} />,
      empty: (site) => (
        <Audit
          site={site}
          frame={sampleFrame(site)}
          data={{
            ...sampleAudit(site),
            records: [],
            next: null,
            query: { days: '7', kind: 'rights', person: 'per_owner' },
            person: 'Ada Lindqvist',
            standing: { retentionDays: null, sealedUpTo: null, check: null },
          }}
        />
      ),
      faulty: (site) => (
        <Audit
          site={site}
          frame={sampleFrame(site)}
          data={{
            ...sampleAudit(site),
            standing: {
              ...sampleStanding,
              check: { at: new Date('2026-11-23T17:00:00Z'), records: 1284, faults: 2, unsealed: 0 },
            },
          }}
        />
      ),
    },
  },
  {
    screen: 'audit-retention',
    path: '/organization/audit/retention',
    audience,
    states: {
      default: (site) => <AuditRetention site={site} frame={sampleFrame(site)} days={730} />,
      error: (site) => (
        <AuditRetention
          site={site}
          frame={sampleFrame(site)}
          days={null}
          values={{ days: '3' }}
          failure={{ code: 'audit.retention_out_of_bounds', field: 'days' }}
        />
      ),
    },
  },
  {
    screen: 'usage',
    path: '/organization/usage',
    audience,
    states: { default: (site) => <Usage site={site} frame={sampleFrame(site)} data={sampleUsage()} /> },
  },
  {
    screen: 'settings',
    path: '/organization/settings',
    audience,
    states: {
      default: (site) => (
        <Settings
          site={site}
          frame={sampleFrame(site)}
          organization={sampleOrganization(site)}
          notice="settings_saved"
        />
      ),
      languages: (site) => (
        <Settings site={site} frame={sampleFrame(site)} organization={sampleOrganization(site)} edit="locales" />
      ),
      'changed-elsewhere': (site) => (
        <Settings
          site={site}
          frame={sampleFrame(site)}
          organization={sampleOrganization(site)}
          edit="sign-up"
          failure={changedElsewhere}
        />
      ),
      sessions: (site) => (
        <Settings
          site={site}
          frame={sampleFrame(site)}
          organization={sampleOrganization(site)}
          edit="sessions"
          failure={{ code: 'organizations.invalid', field: 'security.session_idle_minutes' }}
        />
      ),
      'sign-in-names': (site) => (
        <Settings site={site} frame={sampleFrame(site)} organization={sampleOrganization(site)} edit="sign-in-names" />
      ),
      attribute: (site) => (
        <Settings
          site={site}
          frame={sampleFrame(site)}
          organization={sampleOrganization(site)}
          edit="attribute"
          values={{ attribute: 'CRM id', value: 'A-1017' }}
          failure={{ code: 'organizations.invalid', field: 'attributes' }}
        />
      ),
    },
  },
  {
    screen: 'settings-handle',
    path: '/organization/settings/handle',
    audience,
    states: {
      default: (site) => (
        <SettingsHandle
          site={site}
          frame={sampleFrame(site)}
          organization={sampleOrganization(site)}
          url="https://example.net/o/example"
          elsewhere={null}
          passkeys={[samplePasskeys]}
        />
      ),
      elsewhere: (site) => (
        <SettingsHandle
          site={site}
          frame={sampleFrame(site)}
          organization={sampleOrganization(site)}
          url="https://example.net/o/example"
          elsewhere="https://example.net/o/example"
        />
      ),
    },
  },
  {
    screen: 'settings-people-from',
    path: '/organization/settings/people-from',
    audience,
    states: {
      default: (site) => (
        <SettingsPeopleFrom
          site={site}
          frame={sampleFrame(site)}
          organization={sampleOrganization(site)}
          parentName="Skyway"
          homes={{ here: 231, elsewhere: 1 }}
        />
      ),
    },
  },
  {
    screen: 'domains',
    path: '/organization/domains',
    audience,
    states: {
      default: (site) => <Domains site={site} frame={sampleFrame(site)} data={sampleDomains(site)} />,
      empty: (site) => (
        <Domains
          site={site}
          frame={sampleFrame(site)}
          data={{ ...sampleDomains(site), hosts: [], emails: [] }}
          edit="email"
          values={{ domain: 'gmail.com', joins_as: 'staff' }}
          failure={{ code: 'organizations.domain_public', field: 'domain' }}
        />
      ),
    },
  },
  {
    screen: 'domain',
    path: '/organization/domains/hosts/account.air7.example',
    audience,
    states: {
      default: (site) => <Domain site={site} frame={sampleFrame(site)} kind="host" standing={sampleHost} />,
      proven: (site) => (
        <Domain
          site={site}
          frame={sampleFrame(site)}
          kind="email"
          standing={sampleProven}
          joinsAs="staff"
          notice="domain_proven"
        />
      ),
    },
  },
  {
    screen: 'remove-domain',
    path: '/organization/domains/hosts/account.air7.example/remove',
    audience,
    states: {
      default: (site) => (
        <RemoveDomain
          site={site}
          frame={sampleFrame(site)}
          kind="host"
          standing={sampleProven}
          passkeys={[{ rpId: sampleProven.name, passkeys: 41, people: 40 }]}
          isMain
        />
      ),
    },
  },
]
