/** The pages of the console about organizations, with their states. */
import type { FormFailure } from '../site.tsx'
import type { TouchPoint } from '../touch-point.ts'
import { OrganizationPage } from './organization.tsx'
import { DeleteOrganization, MoveOrganization, SuspendOrganization } from './organization-forms.tsx'
import { InviteAdministrator, NewOrganization } from './organization-new.tsx'
import { Organizations } from './organizations.tsx'
import { Overview } from './overview.tsx'
import { sampleFrame } from './samples.ts'
import {
  noTree,
  sampleGoes,
  sampleOrganization,
  sampleOverview,
  sampleSearch,
  sampleTree,
  suspendedOrganization,
} from './samples-organizations.ts'
import { businessTouchPoints } from './touch-points-businesses.tsx'

const list = '/organization/organizations'
const one = `${list}/org_cargo`
const audience = 'administrator' as const
const failed = (code: string, field?: string): FormFailure => ({ code, field })
const { organization } = sampleOrganization
const parents = [
  { id: 'org_sample', label: 'Example' },
  { id: 'org_alpine', label: 'Example › Alpine Air' },
]
const parent = {
  parent: { id: 'org_sample', name: 'Example' },
  isHere: true,
  languages: ['en', 'de', 'pt', 'ar'],
  example: 'example.com/o/',
}

export const organizationTouchPoints: TouchPoint[] = [
  {
    screen: 'overview',
    path: '/organization',
    audience,
    states: {
      default: (site) => <Overview site={site} frame={sampleFrame(site)} data={sampleOverview} />,
      limited: (site) => (
        <Overview
          site={site}
          frame={{ ...sampleFrame(site), can: ['people.read', 'invitation.manage'] }}
          data={{ ...sampleOverview, begun: {}, below: null, waiting: null }}
        />
      ),
    },
  },
  {
    screen: 'organizations',
    path: list,
    audience,
    states: {
      default: (site) => <Organizations site={site} frame={sampleFrame(site)} data={sampleTree} />,
      search: (site) => <Organizations site={site} frame={sampleFrame(site)} data={sampleSearch} />,
      empty: (site) => <Organizations site={site} frame={sampleFrame(site)} data={noTree} />,
    },
  },
  {
    screen: 'organization',
    path: one,
    audience,
    states: {
      default: (site) => (
        <OrganizationPage
          site={site}
          frame={sampleFrame(site)}
          data={sampleOrganization}
          notice="organization_created"
        />
      ),
      suspended: (site) => <OrganizationPage site={site} frame={sampleFrame(site)} data={suspendedOrganization} />,
    },
  },
  {
    screen: 'new-organization',
    path: `${list}/new`,
    audience,
    states: {
      default: (site) => <NewOrganization site={site} frame={sampleFrame(site)} data={parent} />,
      error: (site) => (
        <NewOrganization
          site={site}
          frame={sampleFrame(site)}
          data={parent}
          values={{ name: 'Alpine Cargo', handle: 'alpine', people_from: 'mixed', locales: 'de' }}
          failure={failed('organizations.handle_taken', 'handle')}
        />
      ),
    },
  },
  {
    screen: 'move-organization',
    path: `${one}/move`,
    audience,
    states: {
      default: (site) => (
        <MoveOrganization
          site={site}
          frame={sampleFrame(site)}
          organization={organization}
          below={3}
          parents={parents}
        />
      ),
      many: (site) => (
        <MoveOrganization
          site={site}
          frame={sampleFrame(site)}
          organization={organization}
          below={0}
          parents={null}
          failure={failed('organizations.would_be_circle', 'parent_id')}
        />
      ),
    },
  },
  {
    screen: 'suspend-organization',
    path: `${one}/suspend`,
    audience,
    states: {
      default: (site) => (
        <SuspendOrganization site={site} frame={sampleFrame(site)} organization={organization} below={3} />
      ),
    },
  },
  {
    screen: 'delete-organization',
    path: `${one}/delete`,
    audience,
    states: {
      default: (site) => (
        <DeleteOrganization
          site={site}
          frame={sampleFrame(site)}
          organization={organization}
          below={0}
          goes={sampleGoes}
          failure={failed('organizations.not_confirmed', 'confirm')}
        />
      ),
      'has-children': (site) => (
        <DeleteOrganization
          site={site}
          frame={sampleFrame(site)}
          organization={organization}
          below={3}
          goes={sampleGoes}
        />
      ),
    },
  },
  {
    screen: 'invite-administrator',
    path: `${one}/administrator`,
    audience,
    states: {
      default: (site) => (
        <InviteAdministrator
          site={site}
          frame={sampleFrame(site)}
          organization={organization}
          languages={['en', 'de']}
        />
      ),
      error: (site) => (
        <InviteAdministrator
          site={site}
          frame={sampleFrame(site)}
          organization={organization}
          languages={['en', 'de']}
          values={{ email: 'noa@' }}
          failure={failed('email.invalid', 'emails')}
        />
      ),
    },
  },
  ...businessTouchPoints,
]
