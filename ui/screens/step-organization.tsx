import { IconBuilding } from '@tabler/icons-react'
import { ChoiceRow, StepForm, StepFrame, type StepProps, stepStyles } from '../parts/step.tsx'
import { Isolated } from '../words.tsx'

const screen = 'step-organization'

/** Somebody belongs to several organizations: where they go from here, this one first. */
export function StepOrganization(props: StepProps) {
  const { site, place } = props
  const { t } = site.texts
  const all = place.organizations ?? []
  const ordered = [...all.filter(({ isHere }) => isHere), ...all.filter(({ isHere }) => !isHere)]
  return (
    <StepFrame {...props} screen={screen} heading={t('step-organization.title')} lead={t('step-organization.lead')}>
      {() => (
        <StepForm site={site} place={place} part={`${screen}.form`}>
          <ul className={stepStyles.rows}>
            {ordered.map(({ id, name, address, isHere }) => (
              <li key={id}>
                <ChoiceRow
                  name="organization"
                  value={id}
                  part={`${screen}.choice`}
                  icon={<IconBuilding size={22} stroke={1.75} aria-hidden />}
                  label={<bdi>{name}</bdi>}
                  hint={<Isolated>{address}</Isolated>}
                  tag={isHere ? <span className={stepStyles.tag}>{t('step-organization.here')}</span> : null}
                />
              </li>
            ))}
          </ul>
        </StepForm>
      )}
    </StepFrame>
  )
}
