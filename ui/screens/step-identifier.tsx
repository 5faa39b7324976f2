import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { PasskeyWay } from '../parts/passkey.tsx'
import { StepForm, StepFrame, type StepProps, Ways } from '../parts/step.tsx'
import { say } from '../words.tsx'
import { identifierField } from './identifying.ts'
import { NewHere } from './sign-in.tsx'

const screen = 'step-identifier'

/** Who somebody is, before anything is asked of them. */
export function StepIdentifier(props: StepProps) {
  const { site, place, values = {} } = props
  const { t } = site.texts
  const { label, ...typed } = identifierField(site)
  const look = { screen, heading: t('sign-in.title'), lead: say(site, 'sign-in.lead'), isFront: true } as const
  return (
    <StepFrame {...props} {...look} labels={{ username: label }} who={undefined}>
      {(explained) => (
        <>
          <StepForm site={site} place={place} part={`${screen}.form`}>
            <Field
              {...{ screen, explained, label }}
              {...typed}
              name="username"
              leftToRight
              value={values.username}
              autoFocus={!explained}
            />
            {place.isPasswordLater ? <PasswordToCome /> : null}
            <Button part={`${screen}.submit`} wide>
              {t('common.continue')}
            </Button>
          </StepForm>
          <PasskeyWay site={site} screen={screen} place={place} />
          <Ways site={site} place={place} without={['passkey']} />
          <NewHere site={site} screen={screen} />
        </>
      )}
    </StepFrame>
  )
}

/** Where a password manager finds that both belong together. Without a name, so that it is never sent from here. */
const PasswordToCome = () => (
  <input
    type="password"
    id="current-password"
    autoComplete="current-password"
    tabIndex={-1}
    aria-hidden
    className="visually-hidden"
  />
)
