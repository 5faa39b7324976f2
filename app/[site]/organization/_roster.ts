// What the address of the list of people asks for.

import { oneOf } from './_asked.ts'

type Query = Readonly<Record<string, string | undefined>>

export const rosterWish = (query: Query) => ({
  search: query.search?.slice(0, 120) || undefined,
  status: oneOf(['active', 'suspended', 'pending'], query.status),
  kind: oneOf(['staff', 'consumer'], query.kind),
  role: query.role?.slice(0, 60) || undefined,
  group: query.group?.slice(0, 40) || undefined,
  sort: oneOf(['newest'], query.sort),
})
