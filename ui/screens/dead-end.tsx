import { IconAlertTriangle, IconCircleCheck, IconClock, IconLinkOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { EntryFrame } from '../frame/entry-frame.tsx'
import { ButtonLink } from '../parts/button.tsx'
import { formStyles } from '../parts/form.tsx'
import type { ScreenName, UiSite } from '../site.tsx'

const emblems = { time: IconClock, used: IconCircleCheck, broken: IconLinkOff, problem: IconAlertTriangle }

type Way = { part: string; href: string; label: string }

/** Nothing to type here: what is true now, and where to go from it. */
export function DeadEnd(props: {
  site: UiSite
  screen: ScreenName
  here: string
  emblem: keyof typeof emblems
  heading: string
  lead: ReactNode
  first: Way
  second?: Way | undefined
  reference?: string | undefined
}) {
  const { site, screen, here, heading, lead, first, second, reference } = props
  const Emblem = emblems[props.emblem]
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here={here}
      heading={heading}
      lead={lead}
      emblem={<Emblem size={24} stroke={1.75} aria-hidden />}
    >
      <div className={formStyles.steps}>
        <ButtonLink href={site.path(first.href)} part={first.part} wide>
          {first.label}
        </ButtonLink>
        {second ? (
          <ButtonLink href={site.path(second.href)} part={second.part} kind="secondary" wide>
            {second.label}
          </ButtonLink>
        ) : null}
      </div>
      {reference ? <p className={formStyles.fine}>{site.texts.t('common.reference', { reference })}</p> : null}
    </EntryFrame>
  )
}

/** The attempt has run out; nothing has been changed. */
export function Expired({ site, screen, again }: { site: UiSite; screen: ScreenName; again: string }) {
  const { t } = site.texts
  return (
    <DeadEnd
      site={site}
      screen={screen}
      here={again.replace(/\?.*/, '')}
      emblem="time"
      heading={t('expired.title')}
      lead={t('expired.lead')}
      first={{ part: `${screen}.restart`, href: again, label: t('expired.submit') }}
    />
  )
}
