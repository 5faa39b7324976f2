/** The pages about people, with the states that each can be in. */
import type { TouchPoint } from '../touch-point.ts'
import { PeopleBulk, PeopleBulkDone } from './people-bulk.tsx'
import { PeopleImport } from './people-import.tsx'
import { PeopleReport } from './people-report.tsx'
import { Person } from './person.tsx'
import { PersonAccess } from './person-access.tsx'
import { PersonAct } from './person-act.tsx'
import { PersonNew } from './person-new.tsx'
import { sampleFrame, sampleRoster } from './samples.ts'
import { sampleBulk, sampleExplanation, samplePersonData, sampleReport, sampleWaiting } from './samples-people.ts'

const groups = [{ id: 'grp_1', name: 'Zürich' }]

export const peopleTouchPoints: TouchPoint[] = [
  {
    screen: 'person',
    path: '/organization/people/[person]',
    audience: 'administrator',
    states: {
      default: (site) => <Person site={site} frame={sampleFrame(site)} data={samplePersonData(site)} />,
      waiting: (site) => <Person site={site} frame={sampleFrame(site)} data={sampleWaiting(site)} />,
      giving: (site) => (
        <Person site={site} frame={sampleFrame(site)} data={samplePersonData(site)} edit="role" notice="person_saved" />
      ),
      error: (site) => (
        <Person
          site={site}
          frame={sampleFrame(site)}
          data={samplePersonData(site)}
          edit="phone"
          values={{ phone: '079 555' }}
          failure={{ code: 'phone.invalid', field: 'phone' }}
        />
      ),
    },
  },
  {
    screen: 'person-access',
    path: '/organization/people/[person]/access',
    audience: 'administrator',
    states: {
      default: (site) => <PersonAccess site={site} frame={sampleFrame(site)} explanation={sampleExplanation(site)} />,
      closed: (site) => (
        <PersonAccess
          site={site}
          frame={sampleFrame(site)}
          explanation={sampleExplanation(site, {
            entrance: 'membership_suspended',
            membership: { kind: 'consumer', status: 'suspended' },
            canEnter: false,
            permissions: [],
          })}
        />
      ),
    },
  },
  {
    screen: 'person-act',
    path: '/organization/people/[person]/[act]',
    audience: 'administrator',
    states: {
      default: (site) => (
        <PersonAct site={site} frame={sampleFrame(site)} act="remove" profile={samplePersonData(site).profile} />
      ),
      error: (site) => (
        <PersonAct
          site={site}
          frame={sampleFrame(site)}
          act="reset-password"
          profile={samplePersonData(site).profile}
          failure={{ code: 'input.missing', field: 'reason' }}
        />
      ),
    },
  },
  {
    screen: 'person-new',
    path: '/organization/people/new',
    audience: 'administrator',
    states: {
      default: (site) => (
        <PersonNew site={site} frame={sampleFrame(site)} data={{ who: 'new', ways: ['new', 'existing'], groups }} />
      ),
      existing: (site) => (
        <PersonNew
          site={site}
          frame={sampleFrame(site)}
          data={{ who: 'existing', ways: ['new', 'existing'], groups }}
          values={{ email: 'sofia@example.com' }}
          failure={{ code: 'person.unknown', field: 'email' }}
        />
      ),
    },
  },
  {
    screen: 'people-bulk',
    path: '/organization/people/bulk',
    audience: 'administrator',
    states: {
      default: (site) => <PeopleBulk site={site} frame={sampleFrame(site)} data={sampleBulk(site, 'suspend')} />,
      role: (site) => <PeopleBulk site={site} frame={sampleFrame(site)} data={sampleBulk(site, 'give-role')} />,
      empty: (site) => (
        <PeopleBulk site={site} frame={sampleFrame(site)} data={{ ...sampleBulk(site, 'suspend'), people: [] }} />
      ),
      done: (site) => (
        <PeopleBulkDone
          site={site}
          frame={sampleFrame(site)}
          data={{
            done: 3,
            left: sampleRoster(site)
              .slice(0, 2)
              .map((person) => ({ person, code: 'authority.exceeds_own' })),
          }}
        />
      ),
    },
  },
  {
    screen: 'people-import',
    path: '/organization/people/import',
    audience: 'administrator',
    states: {
      default: (site) => <PeopleImport site={site} frame={sampleFrame(site)} />,
      error: (site) => (
        <PeopleImport
          site={site}
          frame={sampleFrame(site)}
          told={{ column: 'salary' }}
          values={{ text: 'email,salary\nnoa@example.com,1' }}
          failure={{ code: 'csv.column_unknown', field: 'file' }}
        />
      ),
    },
  },
  {
    screen: 'people-report',
    path: '/organization/people/import',
    audience: 'administrator',
    states: {
      default: (site) => (
        <PeopleReport
          site={site}
          frame={sampleFrame(site)}
          data={{ id: 'nte_1', report: sampleReport(), show: undefined, from: 0 }}
        />
      ),
      done: (site) => (
        <PeopleReport
          site={site}
          frame={sampleFrame(site)}
          data={{ id: 'nte_1', report: sampleReport({ isDryRun: false, file: null }), show: 'refused', from: 0 }}
          notice="people_imported"
          told={{ created: 2, updated: 1, unchanged: 1, refused: 2 }}
        />
      ),
    },
  },
]
