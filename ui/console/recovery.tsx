/** One person who has lost their second step, with what somebody has to know who decides. */
import type { ReactNode } from 'react'
import type { RecoveryView } from '#core/recovery/contract'
import { explain } from '../explain.tsx'
import { fullName } from '../frame/account-frame.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { formStyles, Outcome } from '../parts/form.tsx'
import { OpenRow, RowAction, RowEnd, Section, ValueRow } from '../parts/rows.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { Isolated, say } from '../words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { ConsoleForm, failureAbove } from './panel.tsx'
import { pathOf } from './person-parts.tsx'
import { RecoveryStatus, recoveriesPath } from './recoveries.tsx'
import { Moment } from './standing.tsx'

const screen = 'recovery'

export const answers = ['approve', 'decline'] as const
type Answer = (typeof answers)[number]

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  request: RecoveryView
  /** How long they wait once it is approved. */
  waitHours: number
  /** The answer that is chosen. */
  edit?: Answer | null | undefined
} & Answered

type FactsProps = Pick<Props, 'site' | 'request'>

const rowsOf = (site: UiSite) => (name: string, value: ReactNode) => (
  <ValueRow part={`recovery.${name}`} label={site.texts.t(`recovery.${name}`)} value={value} action={null} />
)

function Asked({ site, request }: FactsProps) {
  const row = rowsOf(site)
  const { status, reason, createdAt, askedFrom, readyAt, decidedAt, decidedByName, note } = request
  return (
    <Section title={site.texts.t('recovery.asked.title')} lead={say(site, 'recovery.asked.lead')}>
      {row('status', <RecoveryStatus site={site} status={status} />)}
      {row('reason', <bdi>{reason}</bdi>)}
      {row('asked', <Moment site={site} at={createdAt} />)}
      {askedFrom ? row('from', <Isolated>{askedFrom}</Isolated>) : null}
      {decidedAt ? row('decided', <Moment site={site} at={decidedAt} />) : null}
      {decidedByName ? row('decided-by', <bdi>{decidedByName}</bdi>) : null}
      {note ? row('note', <bdi>{note}</bdi>) : null}
      {status === 'approved' && readyAt ? row('ready', <Moment site={site} at={readyAt} />) : null}
    </Section>
  )
}

function About({ site, request: { person } }: FactsProps) {
  const row = rowsOf(site)
  return (
    <Section title={site.texts.t('recovery.about.title')} lead={say(site, 'recovery.about.lead')}>
      {row('email', <Isolated>{person.email}</Isolated>)}
      {row('since', <Moment site={site} at={person.createdAt} />)}
      {row('seen', <Moment site={site} at={person.lastSignInAt} />)}
      {row('password', <Moment site={site} at={person.passwordChangedAt} />)}
      {row('second-step', <Moment site={site} at={person.secondStepAddedAt} />)}
    </Section>
  )
}

/** One of the two answers: the way to it, or, once it is chosen, its form. */
function Choice({ site, request, waitHours, edit, failure, values = {}, verb }: Props & { verb: Answer }) {
  const { t } = site.texts
  const here = `${recoveriesPath}/${request.id}`
  const opened = `${here}?edit=${verb}#${verb}`
  const title = t(`recovery.${verb}.title`)
  const follows = say(site, `recovery.${verb}.follows`, { name: fullName(request.person), hours: waitHours })
  if (edit !== verb) {
    return (
      <ValueRow
        part={`recovery.${verb}.row`}
        label={title}
        value={follows}
        action={
          <RowAction
            href={site.path(opened)}
            label={t(`recovery.${verb}.submit`)}
            name={t(`recovery.${verb}.submit`)}
            part={`recovery.${verb}.open`}
          />
        }
      />
    )
  }
  const labels = { reason: t('recovery.why') }
  const explained = explain(site, failure, labels)
  return (
    <OpenRow id={verb} title={title}>
      <Outcome site={site} screen={screen} explained={explained} />
      <ConsoleForm
        site={site}
        operation={`recovery-requests.${verb}`}
        back={opened}
        next={recoveriesPath}
        hidden={{ request: request.id }}
        part={`recovery.${verb}.form`}
        className={formStyles.form}
      >
        <p>{follows}</p>
        <Field
          screen={screen}
          explained={explained}
          name="reason"
          label={labels.reason}
          hint={t('recovery.why-hint')}
          value={values.reason}
          autoFocus={!failure}
        />
        <RowEnd>
          <Button part={`recovery.${verb}.submit`} kind={verb === 'decline' ? 'danger' : undefined} small>
            {t(`recovery.${verb}.submit`)}
          </Button>
          <ButtonLink part={`recovery.${verb}.cancel`} href={site.path(here)} kind="quiet" small>
            {t('common.cancel')}
          </ButtonLink>
        </RowEnd>
      </ConsoleForm>
    </OpenRow>
  )
}

function Decide(props: Props) {
  const { site, request } = props
  const name = fullName(request.person)
  return (
    <Section title={site.texts.t('recovery.decide.title')} lead={say(site, 'recovery.decide.lead', { name })}>
      <Choice {...props} verb="approve" />
      <Choice {...props} verb="decline" />
    </Section>
  )
}

export function Recovery(props: Props) {
  const { site, frame, request, notice } = props
  const { t } = site.texts
  const isWaiting = request.status === 'waiting'
  const isOpen = isWaiting && request.canDecide
  // A failure belongs to the open row; without one it stands above everything.
  const isInRow = isOpen && Boolean(props.edit)
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="people"
      screen={screen}
      here={`${recoveriesPath}/${request.id}`}
      heading={fullName(request.person)}
      lead={say(site, isWaiting && !request.canDecide ? 'recovery.not-yours' : 'recovery.lead')}
      back={{ href: recoveriesPath, label: t('recoveries.title') }}
      notice={notice}
      alert={isInRow ? undefined : failureAbove(site, screen, props)}
      actions={
        frame.can.includes('people.read') ? (
          <ButtonLink part="recovery.person" href={site.path(pathOf(request.personId))} kind="secondary" small>
            {t('recovery.person')}
          </ButtonLink>
        ) : undefined
      }
    >
      <Asked site={site} request={request} />
      <About site={site} request={request} />
      {isOpen ? <Decide {...props} /> : null}
    </ConsoleFrame>
  )
}
