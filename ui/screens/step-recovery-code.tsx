import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { StepForm, StepFrame, type StepProps, Trust, Ways } from '../parts/step.tsx'

const screen = 'step-recovery-code'

/** One of the codes that were kept for the day when everything else is gone. */
export function StepRecoveryCode(props: StepProps) {
  const { site, place } = props
  const { t } = site.texts
  const label = t('field.recovery-code')
  const left = place.codesLeft
  return (
    <StepFrame
      {...props}
      screen={screen}
      heading={t('step-recovery-code.title')}
      lead={t('step-recovery-code.lead')}
      labels={{ code: label }}
    >
      {(explained) => (
        <>
          <StepForm site={site} place={place} part={`${screen}.form`}>
            <Field
              {...{ screen, explained, label }}
              name="code"
              autoComplete="off"
              placeholder="xxxx-xxxx-xxxx-xxxx"
              maximum={40}
              leftToRight
              hint={left === undefined ? undefined : t('step-recovery-code.left', { count: left })}
              autoFocus={!explained}
            />
            <Trust site={site} screen={screen} place={place} />
            <Button part={`${screen}.submit`} wide>
              {t('mfa.submit')}
            </Button>
          </StepForm>
          <Ways site={site} place={place} />
        </>
      )}
    </StepFrame>
  )
}
