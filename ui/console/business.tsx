/** One business that asks, with what somebody decides; and the invitation of another one. */
import type { ReactNode } from 'react'
import type { BusinessRequest } from '#core/onboarding/contract'
import { explain } from '../explain.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { formStyles, Outcome } from '../parts/form.tsx'
import { OpenRow, Section, ValueRow } from '../parts/rows.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { Isolated, say } from '../words.tsx'
import { businessesPath, RequestStatus } from './businesses.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { InvitationWords, InvitedAddress, invitationLabels } from './invitation-fields.tsx'
import { ConsoleForm, failureAbove } from './panel.tsx'
import { organizationsPath, Question, type QuestionPage } from './question.tsx'
import { Moment } from './standing.tsx'

const screen = 'business'

type Props = { site: UiSite; frame: ConsoleFrameData; request: BusinessRequest } & Answered

function Facts({ site, request }: Pick<Props, 'site' | 'request'>) {
  const { t } = site.texts
  const row = (part: string, value: ReactNode) => (
    <ValueRow part={`business.${part}`} label={t(`business.${part}`)} value={value} action={null} />
  )
  return (
    <Section title={t('business.facts.title')} lead={say(site, 'business.facts.lead')}>
      {row('status', <RequestStatus site={site} status={request.status} />)}
      {row('who', <span dir="auto">{`${request.givenName} ${request.familyName}`.trim()}</span>)}
      {row('email', <Isolated>{request.email}</Isolated>)}
      {row('handle', <Isolated>{request.handle}</Isolated>)}
      {row('asked', <Moment site={site} at={request.createdAt} />)}
    </Section>
  )
}

/** Two answers, of which one is the filled button. */
function Decide({ site, request, failure, values = {} }: Props) {
  const { t } = site.texts
  const back = `${businessesPath}/${request.id}`
  const labels = { handle: t('business.handle'), reason: t('business.reason') }
  const explained = explain(site, failure, labels)
  const isDeclining = values.reason !== undefined
  const form = (operation: string, part: string, children: ReactNode) => (
    <ConsoleForm
      site={site}
      operation={operation}
      back={back}
      next={businessesPath}
      hidden={{ request: request.id }}
      part={part}
      className={formStyles.form}
    >
      {children}
    </ConsoleForm>
  )
  return (
    <Section title={t('business.decide.title')} lead={say(site, 'business.decide.lead')}>
      <OpenRow id="approve" title={t('business.approve.title')}>
        {isDeclining ? null : <Outcome site={site} screen={screen} explained={explained} />}
        {form(
          'business-requests.approve',
          'business.approve.form',
          <>
            <Field
              screen={screen}
              explained={isDeclining ? null : explained}
              name="handle"
              label={labels.handle}
              hint={t('business.handle-hint')}
              value={values.handle ?? request.handle}
              leftToRight
            />
            <div>
              <Button part="business.approve" small>
                {t('business.approve.submit')}
              </Button>
            </div>
          </>,
        )}
      </OpenRow>
      <OpenRow id="decline" title={t('business.decline.title')}>
        {isDeclining ? <Outcome site={site} screen={screen} explained={explained} /> : null}
        {form(
          'business-requests.decline',
          'business.decline.form',
          <>
            <Field
              screen={screen}
              explained={isDeclining ? explained : null}
              name="reason"
              label={labels.reason}
              hint={t('business.reason-hint')}
              value={values.reason}
              required={false}
            />
            <div>
              <Button part="business.decline" kind="danger" small>
                {t('business.decline.submit')}
              </Button>
            </div>
          </>,
        )}
      </OpenRow>
    </Section>
  )
}

export function Business(props: Props) {
  const { site, frame, request, notice } = props
  const { t } = site.texts
  const isWaiting = request.status === 'waiting'
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="organizations"
      screen={screen}
      here={`${businessesPath}/${request.id}`}
      heading={request.name}
      lead={say(site, 'business.lead')}
      back={{ href: businessesPath, label: t('businesses.title') }}
      notice={notice}
      alert={isWaiting ? undefined : failureAbove(site, screen, props)}
      actions={
        request.organizationId ? (
          <ButtonLink
            part="business.organization"
            href={site.path(`${organizationsPath}/${request.organizationId}`)}
            kind="secondary"
            small
          >
            {t('business.organization')}
          </ButtonLink>
        ) : undefined
      }
    >
      <Facts site={site} request={request} />
      {isWaiting ? <Decide {...props} /> : null}
    </ConsoleFrame>
  )
}

/** A business is asked to start an organization below this one. */
export function InviteBusiness(props: QuestionPage & { languages: string[] }) {
  const { site, languages, values = {}, failure } = props
  const { t } = site.texts
  const name = 'invite-business'
  const labels = invitationLabels(site)
  const explained = explain(site, failure, labels)
  const common = { site, screen: name, explained, labels, values }
  return (
    <Question
      {...props}
      screen={name}
      heading={t('businesses.invite')}
      lead={say(site, 'businesses.invite-lead')}
      above={{ href: businessesPath, label: t('businesses.title') }}
      labels={labels}
      panel={{
        operation: 'business-invitations.create',
        back: `${organizationsPath}/invite`,
        next: businessesPath,
        submit: t('organization.administrator.submit'),
        consequence: t('organization.administrator.consequence'),
        children: (
          <>
            <InvitedAddress {...common} />
            <InvitationWords {...common} languages={languages} />
          </>
        ),
      }}
    />
  )
}
