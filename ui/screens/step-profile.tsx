import type { StepDetails } from '#core/login/contract'
import type { Explained } from '../explain.tsx'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { formStyles } from '../parts/form.tsx'
import { StepForm, StepFrame, type StepProps } from '../parts/step.tsx'
import type { UiSite } from '../site.tsx'
import { say } from '../words.tsx'

const screen = 'step-profile'

type Asked = StepDetails['fields'][number]

const looks = {
  given_name: { text: 'given-name', autoComplete: 'given-name' },
  family_name: { text: 'family-name', autoComplete: 'family-name' },
  phone: { text: 'phone', autoComplete: 'tel', type: 'tel', inputMode: 'tel', leftToRight: true, hint: 'hint.phone' },
  username: { text: 'username', autoComplete: 'username', leftToRight: true, hint: 'hint.username' },
} as const satisfies Record<Asked['name'], object>

const labelOf = ({ texts: { t } }: UiSite, { name, isRequired }: Asked): string => {
  const label = t(`field.${looks[name].text}`)
  return isRequired ? label : t('field.optional', { label })
}

/** What an organization would still like to know of somebody who has an account. */
export function StepProfile(props: StepProps) {
  const { site, place, values = {} } = props
  const { t } = site.texts
  const fields = place.fields ?? []
  const labels = Object.fromEntries(fields.map((field) => [field.name, labelOf(site, field)]))
  const mayPass = fields.every(({ isRequired }) => !isRequired)
  return (
    <StepFrame
      {...props}
      {...{ screen, labels }}
      heading={t('step-profile.title')}
      lead={say(site, 'step-profile.lead')}
    >
      {(explained) => (
        <>
          <StepForm site={site} place={place} part={`${screen}.form`}>
            {fields.map((field, index) => (
              <ProfileField
                key={field.name}
                {...{ site, field, explained }}
                value={values[field.name] ?? field.value}
                isFirst={index === 0}
              />
            ))}
            <Button part={`${screen}.submit`} wide>
              {t('common.continue')}
            </Button>
          </StepForm>
          {mayPass ? <Skip {...props} screen={screen} /> : null}
        </>
      )}
    </StepFrame>
  )
}

type FieldProps = { site: UiSite; field: Asked; explained: Explained | null; value: string; isFirst: boolean }

function ProfileField({ site, field, explained, value, isFirst }: FieldProps) {
  const { text: _, ...look } = looks[field.name]
  return (
    <Field
      {...{ screen, explained, value }}
      {...look}
      name={field.name}
      label={labelOf(site, field)}
      hint={'hint' in look ? site.texts.t(look.hint) : undefined}
      required={field.isRequired}
      autoFocus={isFirst && !explained}
    />
  )
}

/** Passes a place over that may be. */
export const Skip = ({ site, place, screen }: StepProps & { screen: string }) => (
  <div className={formStyles.links}>
    <StepForm site={site} place={place} part={`${screen}.skip-form`} hidden={{ intent: 'skip' }}>
      <Button part={`${screen}.skip`} kind="link">
        {site.texts.t('step.skip')}
      </Button>
    </StepForm>
  </div>
)
