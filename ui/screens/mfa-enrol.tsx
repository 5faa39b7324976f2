import { IconDeviceMobileMessage, IconFingerprint, IconPasswordMobilePhone } from '@tabler/icons-react'
import type { StepDetails } from '#core/login/contract'
import type { Explained } from '../explain.tsx'
import { Button } from '../parts/button.tsx'
import { Enrolment } from '../parts/enrolment.tsx'
import { CodeField, Field } from '../parts/field.tsx'
import { PasskeyButton } from '../parts/passkey.tsx'
import { ChoiceRow, StepForm, StepFrame, type StepProps, stepStyles } from '../parts/step.tsx'
import { address, say, words } from '../words.tsx'

const screen = 'mfa-enrol'

type Method = StepDetails['methods'][number]
type PartProps = StepProps & { explained: Explained | null }

/** The organization asks for a second step that this person does not have yet. */
export function MfaEnrol(props: StepProps) {
  const { site, place } = props
  const { t } = site.texts
  const [method = 'totp', ...others] = place.methods ?? []
  const labels = { code: t('field.code'), phone: t('field.phone') }
  const lead = say(site, leadOf(method, others))
  const Part = parts[method]
  return (
    <StepFrame {...props} {...{ screen, labels, lead }} heading={t('mfa-enrol.title')}>
      {(explained) => (
        <>
          <Part {...props} explained={explained} />
          <OtherMethods {...props} others={others} />
        </>
      )}
    </StepFrame>
  )
}

/** Why it has to be: of one method what it is for, of several that one of them is needed. */
function leadOf(method: Method, others: Method[]): string {
  if (method !== 'totp') return `mfa-enrol.${method}.lead`
  return others.length > 0 ? 'mfa-enrol.any.lead' : 'mfa-enrol.lead'
}

/** Three steps: an app, the account in it, and the code that shows that it works. */
function App(props: PartProps) {
  const { site, place, explained } = props
  const { t } = site.texts
  return (
    <ol className={stepStyles.parts}>
      <li className={stepStyles.part}>
        <h2>{t('mfa-enrol.app.title')}</h2>
        <p>{t('mfa-enrol.app.lead')}</p>
      </li>
      <li className={stepStyles.part}>
        <h2>{t('mfa-enrol.add.title')}</h2>
        {place.enrolment ? <Enrolment site={site} enrolment={place.enrolment} /> : null}
      </li>
      <li className={stepStyles.part}>
        <h2>{t('mfa-enrol.code.title')}</h2>
        <TypedCode {...props} method="totp" explained={explained} />
      </li>
    </ol>
  )
}

function TypedCode(props: PartProps & { method: Method; hint?: string; autoFocus?: boolean }) {
  const { site, place, explained, method, hint, autoFocus } = props
  const { t } = site.texts
  return (
    <StepForm site={site} place={place} part="mfa-enrol.form" hidden={{ method }}>
      <CodeField
        {...{ screen, explained, hint }}
        label={t('field.code')}
        autoFocus={autoFocus && !explained}
        autoSubmit={!explained}
      />
      <Button part="mfa-enrol.submit" wide>
        {t('mfa-enrol.submit')}
      </Button>
    </StepForm>
  )
}

const Passkey = ({ site, place }: PartProps) => (
  <PasskeyButton
    {...{ site, place, screen }}
    act="create"
    label={site.texts.t('passkey.create')}
    hidden={{ method: 'passkey' }}
  />
)

/** The number first, then the code that was sent to it. */
function Phone(props: PartProps) {
  const { site, place, explained, values = {} } = props
  const { t } = site.texts
  if (place.sentTo) {
    return (
      <>
        <p className={stepStyles.sent}>{words(site, 'step-sms-code.second', { to: place.sentTo }, address)}</p>
        <TypedCode {...props} method="sms-code" autoFocus />
      </>
    )
  }
  return (
    <StepForm site={site} place={place} part="mfa-enrol.phone-form" hidden={{ method: 'sms-code', intent: 'send' }}>
      <Field
        {...{ screen, explained }}
        name="phone"
        label={t('field.phone')}
        hint={t('hint.phone')}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        leftToRight
        value={values.phone}
        autoFocus={!explained}
      />
      <Button part="mfa-enrol.send" wide>
        {t('step.send')}
      </Button>
    </StepForm>
  )
}

const parts: Record<Method, typeof App> = { totp: App, passkey: Passkey, 'sms-code': Phone }
const icons = { totp: IconPasswordMobilePhone, passkey: IconFingerprint, 'sms-code': IconDeviceMobileMessage }

function OtherMethods({ site, place, others }: StepProps & { others: Method[] }) {
  if (others.length === 0) return null
  const { t } = site.texts
  return (
    <section className={stepStyles.ways} data-part="mfa-enrol.others">
      <h2>{t('mfa-enrol.others')}</h2>
      <StepForm site={site} place={place} part="mfa-enrol.choose-form" hidden={{ intent: 'choose' }}>
        <ul className={stepStyles.rows}>
          {others.map((method) => {
            const Icon = icons[method]
            return (
              <li key={method}>
                <ChoiceRow
                  name="method"
                  value={method}
                  part={`mfa-enrol.choose-${method}`}
                  icon={<Icon size={22} stroke={1.75} aria-hidden />}
                  label={t(`mfa-enrol.method.${method}`)}
                  hint={t(`mfa-enrol.method.${method}.hint`)}
                />
              </li>
            )
          })}
        </ul>
      </StepForm>
    </section>
  )
}
