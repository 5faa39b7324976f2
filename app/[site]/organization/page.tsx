import { redirect } from 'next/navigation'
import { isShownTo, sections } from '#ui/console/sections'
import { consolePage } from '../../_doors/console.tsx'

/** The first section that whoever comes here may see. */
export default consolePage({
  here: '/organization',
  can: 'anything',
  draw: async ({ site, frame }) => {
    const items = sections.flatMap((group) => group.items)
    const first = items.find((item) => item.name !== 'overview' && isShownTo(item, frame.can))
    return redirect(site.path(first?.path ?? '/account'))
  },
})
