// The sample world: a travel-loyalty platform, its business customers and a few people. Plain data, so that anybody may
// import it; seed.ts brings it to life.

export type DemoOrganization = {
  handle: string
  name: string
  /** Handle; null for the root. */
  parent: string | null
  peopleFrom: 'own' | 'parent' | 'mixed'
  secondFactorRequired?: true
  /** Languages offered; the first is the default. */
  locales: string[]
  /** Hosts whose ownership is proven. */
  hosts?: string[]
  /** A folder in themes/. */
  brand: string | null
  suspended?: true
}

export const organizations: readonly DemoOrganization[] = [
  {
    handle: 'skyway',
    name: 'Skyway',
    parent: null,
    peopleFrom: 'own',
    locales: ['en', 'de', 'pt', 'ar'],
    brand: 'skyway',
  },
  {
    handle: 'alpine',
    name: 'Alpine Air',
    parent: 'skyway',
    peopleFrom: 'mixed',
    locales: ['en', 'de'],
    hosts: ['account.alpine.localhost'],
    brand: 'alpine',
  },
  {
    handle: 'pacifica',
    name: 'Pacifica Hotels',
    parent: 'skyway',
    peopleFrom: 'own',
    secondFactorRequired: true,
    locales: ['en', 'pt'],
    brand: 'pacifica',
  },
  {
    handle: 'pacifica-lisbon',
    name: 'Pacifica Lisbon',
    parent: 'pacifica',
    peopleFrom: 'own',
    locales: ['pt', 'en'],
    brand: 'pacifica-lisbon',
  },
  {
    handle: 'sahel',
    name: 'Sahel Rail',
    parent: 'skyway',
    peopleFrom: 'parent',
    locales: ['ar', 'en'],
    brand: 'sahel',
  },
  {
    handle: 'dusk',
    name: 'Dusk Ferries',
    parent: 'skyway',
    peopleFrom: 'own',
    locales: ['en'],
    brand: null,
    suspended: true,
  },
]

export type DemoMembership = { organization: string; kind: 'staff' | 'consumer'; roles: string[] }

export type DemoPerson = {
  email: string
  givenName: string
  familyName: string
  /** Handle of the organization where they live. */
  home: string
  memberships: DemoMembership[]
  phone?: string
  locale?: string
  totp?: true
  suspended?: true
  /** What they are in the sample world for. */
  note: string
}

const owner = (organization: string): DemoMembership => ({ organization, kind: 'staff', roles: ['owner'] })

export const people: readonly DemoPerson[] = [
  {
    email: 'rita@skyway.example',
    givenName: 'Rita',
    familyName: 'Sørensen',
    home: 'skyway',
    memberships: [owner('skyway')],
    phone: '+4532123456',
    note: 'owner of the root',
  },
  {
    email: 'ada@alpine.example',
    givenName: 'Ada',
    familyName: 'Keller',
    home: 'alpine',
    memberships: [owner('alpine')],
    phone: '+41446681800',
    note: 'owner',
  },
  {
    email: 'eve@alpine.example',
    givenName: 'Eve',
    familyName: 'Brunner',
    home: 'alpine',
    memberships: [{ organization: 'alpine', kind: 'staff', roles: ['people-manager'] }],
    note: 'may manage people only',
  },
  {
    email: 'ben@alpine.example',
    givenName: 'Ben',
    familyName: 'Hofer',
    home: 'alpine',
    memberships: [{ organization: 'alpine', kind: 'consumer', roles: [] }],
    note: 'member',
  },
  {
    email: 'paolo@pacifica.example',
    givenName: 'Paolo',
    familyName: 'Ferrari',
    home: 'pacifica',
    memberships: [owner('pacifica')],
    totp: true,
    note: 'owner, with an authenticator app',
  },
  {
    email: 'lia@lisbon.example',
    givenName: 'Lia',
    familyName: 'Carvalho',
    home: 'pacifica-lisbon',
    memberships: [owner('pacifica-lisbon')],
    note: 'owner of the child',
  },
  {
    email: 'sofia@skyway.example',
    givenName: 'Sofia',
    familyName: 'Lindqvist',
    home: 'skyway',
    memberships: [
      { organization: 'skyway', kind: 'consumer', roles: [] },
      { organization: 'alpine', kind: 'staff', roles: ['brand-editor'] },
      { organization: 'sahel', kind: 'consumer', roles: [] },
    ],
    note: 'lives at Skyway, belongs to Alpine and Sahel too',
  },
  {
    email: 'yara@sahel.example',
    givenName: 'يارا',
    familyName: 'حداد',
    home: 'skyway',
    memberships: [owner('sahel')],
    locale: 'ar',
    note: 'owner, lives at Skyway',
  },
  {
    email: 'sam@alpine.example',
    givenName: 'Sam',
    familyName: 'Egger',
    home: 'alpine',
    memberships: [{ organization: 'alpine', kind: 'consumer', roles: [] }],
    suspended: true,
    note: 'suspended',
  },
]
