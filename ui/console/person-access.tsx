/** Why somebody can enter, and what they may do: each step of the way, from where they live to each permission. */
import {
  IconBuilding,
  IconCheck,
  IconDoorEnter,
  IconDoorOff,
  IconHome,
  IconUserCheck,
  IconX,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Explanation } from '#core/access/contract'
import { fullName } from '../frame/account-frame.tsx'
import { rowStyles } from '../parts/rows.tsx'
import type { UiSite } from '../site.tsx'
import { say, words } from '../words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import styles from './person-access.module.css'
import { pathOf } from './person-parts.tsx'
import { type Gift, giftsOf } from './person-reasons.ts'
import { kindName, roleName } from './standing.tsx'

const size = { size: 20, stroke: 1.75, 'aria-hidden': true } as const

type Props = { site: UiSite; frame: ConsoleFrameData; explanation: Explanation }

const bold = { b: (children: ReactNode) => <strong dir="auto">{children}</strong> }

/** Where the way ends, if it ends before the door. */
const stops: Record<Explanation['entrance'], 'account' | 'membership' | 'organization' | null> = {
  member: null,
  lives_here: null,
  not_a_member: 'membership',
  membership_suspended: 'membership',
  waiting_for_approval: 'membership',
  person_suspended: 'account',
  person_gone: 'account',
  organization_suspended: 'organization',
}

function Step({
  icon,
  isGood,
  children,
  detail,
}: {
  icon: ReactNode
  isGood: boolean
  children: ReactNode
  detail?: ReactNode
}) {
  return (
    <li className={styles.step} data-good={isGood}>
      <span className={styles.mark}>{icon}</span>
      <div>
        <p>
          <span>{children}</span>
          <span className={styles.verdict}>
            {isGood ? <IconCheck size={18} stroke={2} aria-hidden /> : <IconX size={18} stroke={2} aria-hidden />}
          </span>
        </p>
        {detail ? <p className={styles.detail}>{detail}</p> : null}
      </div>
    </li>
  )
}

const membershipKey = ({ entrance, membership, home, organization }: Explanation): string => {
  if (membership) return membership.status === 'active' ? 'member' : membership.status
  return entrance === 'lives_here' || home.id === organization.id ? 'lives-here' : 'none'
}

function Chain({ site, explanation }: Omit<Props, 'frame'>) {
  const { t } = site.texts
  const { entrance, canEnter, membership, home, person } = explanation
  const stop = stops[entrance]
  const values = { name: fullName(person), home: home.name, kind: kindName(site, membership?.kind ?? null) }
  const account = entrance === 'person_suspended' ? 'suspended' : entrance === 'person_gone' ? 'gone' : 'active'
  return (
    <ol className={styles.chain} data-part="person-access.chain">
      <Step
        icon={<IconHome {...size} />}
        isGood={stop !== 'account'}
        detail={stop === 'account' ? null : say(site, 'why.account.detail', values)}
      >
        {words(site, `why.account.${account}`, values, bold)}
      </Step>
      <Step icon={<IconUserCheck {...size} />} isGood={stop !== 'membership' && membershipKey(explanation) !== 'none'}>
        {words(site, `why.membership.${membershipKey(explanation)}`, values, bold)}
      </Step>
      {stop === 'organization' ? (
        <Step icon={<IconBuilding {...size} />} isGood={false}>
          {words(site, 'why.organization.suspended', values, bold)}
        </Step>
      ) : null}
      <Step icon={canEnter ? <IconDoorEnter {...size} /> : <IconDoorOff {...size} />} isGood={canEnter}>
        <strong>{t(canEnter ? 'why.so-they-can' : 'why.so-they-cannot')}</strong>
      </Step>
    </ol>
  )
}

/** An application's own permissions have no words here: they stand as they are written. */
const permissionName = (site: UiSite, permission: string): ReactNode => {
  const key = `permission.${permission}`
  return site.texts.has(key) ? site.texts.t(key) : <code dir="ltr">{permission}</code>
}

/** So many are seen without asking for them. */
const fewEnough = 8

/** By which way a role came, one link after the other. */
function linksOf(site: UiSite, { reason }: Gift, person: string): { key: string; said: ReactNode }[] {
  const { organization, through, group, isByRule, reach, endsAt, givenAt } = reason
  const to =
    through === 'person'
      ? 'why.to-person'
      : group === null
        ? 'why.to-a-group'
        : isByRule
          ? 'why.by-rule'
          : 'why.to-group'
  return [
    { key: 'at', said: words(site, 'why.given-at', { where: organization.name, at: givenAt }, bold) },
    { key: 'to', said: words(site, to, { name: person, group: group?.name ?? '' }, bold) },
    { key: 'reach', said: words(site, `why.reach.${reach}`, { where: organization.name }, bold) },
    ...(endsAt ? [{ key: 'until', said: words(site, 'why.until', { at: endsAt }, bold) }] : []),
  ]
}

function GiftCard({ site, gift, person }: { site: UiSite; gift: Gift; person: string }) {
  const { role, roleName: own } = gift.reason
  return (
    <li className={styles.gift} data-part="person-access.reason">
      <h3 dir="auto">{roleName(site, { role, name: own })}</h3>
      <ol className={styles.links}>
        {linksOf(site, gift, person).map(({ key, said }) => (
          <li key={key}>{said}</li>
        ))}
      </ol>
      <details className={styles.may} open={gift.permissions.length <= fewEnough || undefined}>
        <summary>{say(site, 'why.permissions', { count: gift.permissions.length })}</summary>
        <ul>
          {gift.permissions.map((permission) => (
            <li key={permission}>{permissionName(site, permission)}</li>
          ))}
        </ul>
      </details>
    </li>
  )
}

export function PersonAccess({ site, frame, explanation }: Props) {
  const { t } = site.texts
  const { person, canEnter } = explanation
  const name = fullName(person)
  const gifts = giftsOf(explanation)
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="people"
      screen="person-access"
      here={`${pathOf(person.personId)}/access`}
      heading={say(site, canEnter ? 'why.title-can' : 'why.title-cannot', { name })}
      lead={t('why.lead')}
      back={{ href: pathOf(person.personId), label: name }}
    >
      <div className={styles.page}>
        <section className={rowStyles.section}>
          <div className={rowStyles.intro}>
            <h2>{t('why.entrance.title')}</h2>
            <p>{say(site, 'why.entrance.lead')}</p>
          </div>
          <div className={rowStyles.card}>
            <Chain site={site} explanation={explanation} />
          </div>
        </section>
        <section className={rowStyles.section}>
          <div className={rowStyles.intro}>
            <h2>{t('why.rights.title')}</h2>
            <p>{t('why.rights.lead')}</p>
          </div>
          <div className={rowStyles.card}>
            {gifts.length === 0 ? (
              <p className={styles.none}>{t('why.rights.none')}</p>
            ) : (
              <ul className={styles.gifts}>
                {gifts.map((gift) => (
                  <GiftCard key={gift.key} site={site} gift={gift} person={name} />
                ))}
              </ul>
            )}
          </div>
        </section>
      </div>
    </ConsoleFrame>
  )
}
