import { redirect } from 'next/navigation'
import { chosen, leftOut } from '#core/roster'
import { bulkActs, PeopleBulk, PeopleBulkDone } from '#ui/console/people-bulk'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'
import { oneOf } from '../../_asked.ts'
import { groupsFor, reachesDown, rolesFor } from '../_people.ts'

type Details = { done: number; left: { id: string; code: string }[] }

export default consolePage({
  here: '/organization/people',
  can: 'people.read',
  draw: async ({ site, by, flash, frame, query, all }) => {
    const { id } = site.organization
    const details = flash?.kind === 'success' ? (flash.details as Details | undefined) : undefined
    if (details && details.left.length > 0) {
      const codes = new Map(details.left.map((one) => [one.id, one.code]))
      const people = await chosen(id, by, [...codes.keys()])
      const left = people.map((person) => ({ person, code: codes.get(person.personId) ?? 'unknown' }))
      return <PeopleBulkDone site={site} frame={frame} data={{ done: details.done, left }} />
    }
    const act = oneOf(bulkActs, query.action)
    // The list says that it went well: the note goes on with whoever reads it.
    if (!act) return redirect(site.path('/organization/people'))
    const people = await chosen(id, by, all('people'))
    const data = {
      act,
      people: people.map((person) => ({ person, left: leftOut(act, by, person) })),
      roles: (await rolesFor(site, by)).giveable,
      groups: await groupsFor(site, by),
      mayReachDown: reachesDown(site, by),
    }
    return <PeopleBulk site={site} frame={frame} data={data} {...answered(null, flash)} />
  },
})
