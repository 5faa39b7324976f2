/** One person who has lost their second step, with what somebody has to know who decides. */
import type { ReactNode } from 'react'
import type { RecoveryView } from '#core/recovery/contract'
import { explain } from '../explain.tsx'
import { fullName } from '../frame/account-frame.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { formStyles, Outcome } from '../parts/form.tsx'
import { OpenRow, Section, ValueRow } from '../parts/rows.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { Isolated, say } from '../words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { ConsoleForm, failureAbove } from './panel.tsx'
import { pathOf } from './person-parts.tsx'
import { RecoveryStatus, recoveriesPath } from './recoveries.tsx'
import { Moment } from './standing.tsx'

const screen = 'recovery'

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  request: RecoveryView
  /** How long they wait once it is approved. */
  waitHours: number
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

/** Two answers, of which one is the filled button. */
function Decide({ site, request, waitHours, failure, values = {} }: Props) {
  const { t } = site.texts
  const name = fullName(request.person)
  const refused = values.answer === 'decline' ? 'decline' : 'approve'
  const answer = (verb: 'approve' | 'decline') => {
    const labels = { reason: t('recovery.why') }
    const explained = refused === verb ? explain(site, failure, labels) : null
    return (
      <OpenRow id={verb} title={t(`recovery.${verb}.title`)}>
        <Outcome site={site} screen={screen} explained={explained} />
        <ConsoleForm
          site={site}
          operation={`recovery-requests.${verb}`}
          back={`${recoveriesPath}/${request.id}`}
          next={recoveriesPath}
          hidden={{ request: request.id, answer: verb }}
          part={`recovery.${verb}.form`}
          className={formStyles.form}
        >
          <Field
            screen={screen}
            explained={explained}
            name="reason"
            label={labels.reason}
            hint={say(site, `recovery.${verb}.hint`, { name, hours: waitHours })}
            value={refused === verb ? values.reason : undefined}
          />
          <div>
            <Button part={`recovery.${verb}`} kind={verb === 'decline' ? 'danger' : undefined} small>
              {t(`recovery.${verb}.submit`)}
            </Button>
          </div>
        </ConsoleForm>
      </OpenRow>
    )
  }
  return (
    <Section title={t('recovery.decide.title')} lead={say(site, 'recovery.decide.lead', { name })}>
      {answer('approve')}
      {answer('decline')}
    </Section>
  )
}

export function Recovery(props: Props) {
  const { site, frame, request, notice } = props
  const { t } = site.texts
  const isWaiting = request.status === 'waiting'
  const isOpen = isWaiting && request.canDecide
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
      alert={isOpen ? undefined : failureAbove(site, screen, props)}
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
