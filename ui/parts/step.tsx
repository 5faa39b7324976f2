/** What the pages of a flow have in common: whose turn it is, the form that answers a place, and the other ways. */
import {
  IconChevronRight,
  IconDeviceMobileMessage,
  IconFingerprint,
  IconKey,
  IconLifebuoy,
  IconListNumbers,
  IconMail,
  IconPassword,
  IconPasswordMobilePhone,
  IconUser,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { StepId } from '#core/flows/contract'
import type { Place, Way } from '#core/login/contract'
import { type Explained, explain } from '../explain.tsx'
import { EntryFrame } from '../frame/entry-frame.tsx'
import type { Answered, ScreenName, UiSite } from '../site.tsx'
import { Isolated, words } from '../words.tsx'
import { Button } from './button.tsx'
import { CheckField } from './check.tsx'
import { Form, formStyles, Outcome } from './form.tsx'
import styles from './step.module.css'

export const stepStyles = styles

export type StepProps = {
  site: UiSite
  place: Place
  /** What they are called, as they have typed it, or as it was proven. */
  who?: string | undefined
  /** From when on a code may be asked for again. ISO 8601. */
  resendAt?: string | undefined
} & Answered

/** Whose turn it is, and the way out for somebody else. */
export function Who({ site, who }: { site: UiSite; who: string | undefined }) {
  if (!who) return null
  return (
    <p className={formStyles.who}>
      <strong>
        <Isolated>{who}</Isolated>
      </strong>
      <a href={site.path('/sign-in?again=1')} className={formStyles.tall} data-part="mfa.restart">
        {site.texts.t('common.not-you')}
      </a>
    </p>
  )
}

type FrameProps = StepProps & {
  screen: ScreenName
  heading: string
  lead?: ReactNode
  emblem?: ReactNode
  isFront?: boolean
  /** Fields of the page, by the name in the form, as a refusal calls them. */
  labels?: Record<string, string>
  children: (explained: Explained | null) => ReactNode
}

/** The page of a place: what went wrong comes first, the other ways last. */
export function StepFrame({ children, labels = {}, who, failure, notice, ...look }: FrameProps) {
  const { site, place, screen } = look
  const explained = explain(site, failure, labels)
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here={place.page}
      heading={look.heading}
      lead={look.lead}
      emblem={look.emblem}
      isFront={look.isFront}
    >
      <Who site={site} who={who} />
      <Outcome site={site} screen={screen} explained={explained} notice={notice} />
      {children(explained)}
    </EntryFrame>
  )
}

/** How a way of signing in reads in a session: by this the script knows it again. */
const references: Partial<Record<StepId, string>> = {
  password: 'pwd',
  passkey: 'hwk',
  'email-code': 'email',
  'sms-code': 'sms',
}

/** What somebody signs in with at a place; a second step is none. */
const wayOf = ({ step, isSecond }: Place): string | undefined => (isSecond ? undefined : references[step])

/** Answers a place. `at` says which one it was drawn for, so that an old page answers nothing else. */
export function StepForm(props: {
  site: UiSite
  place: Place
  part: string
  hidden?: Record<string, string | undefined>
  /** Whether it proves who somebody is, and is not just a question on the way there. */
  isProof?: boolean
  children: ReactNode
}) {
  const { site, place, part, hidden, isProof, children } = props
  const way = isProof ? wayOf(place) : undefined
  return (
    <Form site={site} action={place.page} part={part} hidden={{ at: place.at, ...hidden }} way={way}>
      {children}
    </Form>
  )
}

/** Of a second step: not to be asked in this browser for a while. Stands before a code, which is sent as soon as it is typed. */
export function Trust({ site, screen, place }: { site: UiSite; screen: string; place: Place }) {
  if (!place.isSecond || !place.trustDays) return null
  const label = site.texts.t('step.trust', { days: place.trustDays })
  return <CheckField screen={screen} name="trust" value="on" label={label} />
}

const icons: Partial<Record<StepId, typeof IconKey>> = {
  identifier: IconUser,
  password: IconPassword,
  passkey: IconFingerprint,
  'email-code': IconMail,
  'sms-code': IconDeviceMobileMessage,
  totp: IconPasswordMobilePhone,
  'recovery-code': IconListNumbers,
  help: IconLifebuoy,
}

/** Shown by the script, on the way that was taken the last time in this browser. */
export function LastUsed({ site, step }: { site: UiSite; step: StepId }) {
  const reference = references[step]
  if (!reference) return null
  return (
    <span hidden className={styles.tag} data-last-used={reference}>
      {site.texts.t('way.last-used')}
    </span>
  )
}

/** One thing to choose: an icon, what it is, and what more there is to say. */
export function ChoiceRow(props: {
  name: string
  value: string
  part: string
  icon: ReactNode
  label: ReactNode
  hint?: ReactNode
  tag?: ReactNode
}) {
  return (
    <button type="submit" name={props.name} value={props.value} className={styles.way} data-part={props.part}>
      {props.icon}
      <span className={styles.words}>
        <span>{props.label}</span>
        {props.hint ? <span>{props.hint}</span> : null}
      </span>
      {props.tag}
      <IconChevronRight size={18} stroke={1.75} aria-hidden />
    </button>
  )
}

function WayRow({ site, way: { at, step, hint } }: { site: UiSite; way: Way }) {
  const Icon = icons[step] ?? IconKey
  const { t, has } = site.texts
  const about = has(`way.${step}.hint`) ? t(`way.${step}.hint`) : null
  return (
    <ChoiceRow
      name="way"
      value={at}
      part={`way.${step}`}
      icon={<Icon size={22} stroke={1.75} aria-hidden />}
      label={t(`way.${step}`)}
      hint={hint ? words(site, 'way.to', { to: hint }, { b: (to) => <Isolated>{to}</Isolated> }) : about}
      tag={<LastUsed site={site} step={step} />}
    />
  )
}

/** Every other way to go on from here. The last one is for whoever can take none of them. */
export function Ways({ site, place, without = [] }: { site: UiSite; place: Place; without?: readonly StepId[] }) {
  const ways = place.ways.filter(({ step }) => step !== 'help' && !without.includes(step))
  const help = place.ways.find(({ step }) => step === 'help')
  if (ways.length === 0 && !help) return null
  return (
    <section className={styles.ways} data-part="ways">
      {ways.length > 0 ? <h2>{site.texts.t('way.title')}</h2> : null}
      <Form site={site} action={place.page} part="ways.form">
        <div>
          {ways.length > 0 ? (
            <ul className={styles.rows}>
              {ways.map((way) => (
                <li key={way.at}>
                  <WayRow site={site} way={way} />
                </li>
              ))}
            </ul>
          ) : null}
          {help ? <HelpWay site={site} way={help} /> : null}
        </div>
      </Form>
    </section>
  )
}

const HelpWay = ({ site, way }: { site: UiSite; way: Way }) => (
  <p className={styles.rescue}>
    <Button part="way.help" kind="link" name="way" value={way.at}>
      {site.texts.t('way.help')}
    </Button>
  </p>
)
