/** Codes that are sent: by email, where the link of the same mail does as well, or by text message. */
import { IconDeviceMobileMessage, IconMail } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Button } from '../parts/button.tsx'
import { CodeField, Field } from '../parts/field.tsx'
import { formStyles } from '../parts/form.tsx'
import { StepForm, StepFrame, type StepProps, Trust, Ways } from '../parts/step.tsx'
import { address, words } from '../words.tsx'
import { identifierField } from './identifying.ts'

type Sent = StepProps & { screen: 'step-email-code' | 'step-sms-code'; emblem: ReactNode }

/** Nobody has said who they are: the code waits for that. */
function Ask({ screen, emblem, ...props }: Sent) {
  const { site, place, values = {} } = props
  const { t } = site.texts
  const { label, ...typed } = identifierField(site)
  const look = { screen, emblem, heading: t(`${screen}.ask.title`), lead: t(`${screen}.ask.lead`) }
  return (
    <StepFrame {...props} {...look} labels={{ username: label }} who={undefined}>
      {(explained) => (
        <>
          <StepForm site={site} place={place} part={`${screen}.ask-form`}>
            <Field
              {...{ screen, explained, label }}
              {...typed}
              name="username"
              leftToRight
              value={values.username}
              autoFocus={!explained}
            />
            <Button part={`${screen}.send`} wide>
              {t('step.send')}
            </Button>
          </StepForm>
          <Ways site={site} place={place} />
        </>
      )}
    </StepFrame>
  )
}

/** Before a proof nobody learns whether there is an account, nor what else is known of it: the same words for all. */
const leadOf = ({ site, place: { isSecond, sentTo } }: StepProps, screen: Sent['screen']): ReactNode =>
  sentTo
    ? words(site, `${screen}.${isSecond ? 'second' : 'first'}`, { to: sentTo }, address)
    : site.texts.t(`${screen}.unnamed`)

function SentCode({ screen, emblem, ...props }: Sent) {
  const { site, place, who } = props
  const { t } = site.texts
  const label = t('field.code')
  if (place.sentTo === undefined) return <Ask {...props} screen={screen} emblem={emblem} />
  return (
    <StepFrame
      {...props}
      screen={screen}
      emblem={emblem}
      heading={t(`${screen}.title`)}
      lead={leadOf(props, screen)}
      labels={{ code: label }}
      who={place.isSecond ? who : undefined}
    >
      {(explained) => (
        <>
          <StepForm site={site} place={place} part={`${screen}.form`} isProof>
            <Trust site={site} screen={screen} place={place} />
            <CodeField {...{ screen, label, explained }} autoFocus={!explained} autoSubmit={!explained} />
            <Button part={`${screen}.submit`} wide>
              {t(place.isSecond ? 'mfa.submit' : 'sign-in.submit')}
            </Button>
          </StepForm>
          <hr className={formStyles.rule} />
          <p>{t(`${screen}.nothing`)}</p>
          <div className={formStyles.links}>
            <Resend {...props} screen={screen} />
            {place.isSecond ? null : (
              <a href={site.path('/sign-in?again=change')} data-part={`${screen}.change`}>
                {t(`${screen}.change`)}
              </a>
            )}
          </div>
          <Ways site={site} place={place} />
        </>
      )}
    </StepFrame>
  )
}

const Resend = ({ site, place, resendAt, screen }: StepProps & { screen: string }) => (
  <StepForm site={site} place={place} part={`${screen}.resend-form`} hidden={{ intent: 'resend' }}>
    <Button
      part={`${screen}.resend`}
      kind="link"
      resendAt={resendAt}
      waiting={site.texts.t('check-mail.resend-in', { time: '{time}' })}
    >
      {site.texts.t('check-mail.resend')}
    </Button>
  </StepForm>
)

const mail = <IconMail size={24} stroke={1.75} aria-hidden />

export function StepEmailCode(props: StepProps) {
  if (!props.place.isLinkOpen) return <SentCode {...props} screen="step-email-code" emblem={mail} />
  return <LinkOpen {...props} />
}

/** The link was opened here. Mail scanners open links too, so that the rest takes a press of the button. */
function LinkOpen(props: StepProps) {
  const { site, place } = props
  const screen = 'step-email-code'
  const { t } = site.texts
  return (
    <StepFrame
      {...props}
      screen={screen}
      emblem={mail}
      heading={t('step-email-code.open.title')}
      lead={words(site, 'step-email-code.open.lead', { to: place.sentTo ?? '' }, address)}
      who={undefined}
    >
      {() => (
        <>
          <StepForm site={site} place={place} part={`${screen}.confirm-form`} isProof hidden={{ intent: 'confirm' }}>
            <Trust site={site} screen={screen} place={place} />
            <Button part={`${screen}.confirm`} wide>
              {t(place.isSecond ? 'common.continue' : 'sign-in.submit')}
            </Button>
          </StepForm>
          <Ways site={site} place={place} />
        </>
      )}
    </StepFrame>
  )
}

const phone = <IconDeviceMobileMessage size={24} stroke={1.75} aria-hidden />

export const StepSmsCode = (props: StepProps) => <SentCode {...props} screen="step-sms-code" emblem={phone} />
