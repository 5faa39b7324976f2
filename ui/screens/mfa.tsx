import { Button } from '../parts/button.tsx'
import { CodeField } from '../parts/field.tsx'
import { formStyles } from '../parts/form.tsx'
import { StepForm, StepFrame, type StepProps, Trust, Ways } from '../parts/step.tsx'
import { say } from '../words.tsx'

const screen = 'mfa'

/** The code of an authenticator app. */
export function Mfa(props: StepProps) {
  const { site, place } = props
  const { t } = site.texts
  const label = t('field.code')
  const look = { screen, heading: t('mfa.title'), lead: say(site, 'mfa.lead'), labels: { code: label } } as const
  return (
    <StepFrame {...props} {...look}>
      {(explained) => (
        <>
          <StepForm site={site} place={place} part="mfa.form">
            <Trust site={site} screen={screen} place={place} />
            <CodeField {...{ screen, label, explained }} autoFocus={!explained} autoSubmit={!explained} />
            <Button part="mfa.submit" wide>
              {t('mfa.submit')}
            </Button>
          </StepForm>
          <Ways site={site} place={place} />
          {place.ways.length === 0 ? <p className={formStyles.fine}>{say(site, 'mfa.lost')}</p> : null}
        </>
      )}
    </StepFrame>
  )
}
