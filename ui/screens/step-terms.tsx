import type { StepDetails } from '#core/login/contract'
import { Button } from '../parts/button.tsx'
import { CheckField } from '../parts/check.tsx'
import { formStyles } from '../parts/form.tsx'
import { StepForm, StepFrame, type StepProps } from '../parts/step.tsx'
import type { UiSite } from '../site.tsx'
import { say, words } from '../words.tsx'

const screen = 'step-terms'

/** What is missing of a box is its tick. */
const unticked = (failure: StepProps['failure']): StepProps['failure'] =>
  failure?.code === 'input.missing' ? { ...failure, code: 'input.unticked' } : failure

type Document = StepDetails['terms'][number]

/** What somebody has to agree to, each for itself and nothing ticked for them. */
export function StepTerms(props: StepProps) {
  const { site, place } = props
  const { t } = site.texts
  const terms = place.terms ?? []
  const labels = Object.fromEntries(terms.map(({ id, title }) => [`terms.${id}`, title]))
  return (
    <StepFrame
      {...props}
      {...{ screen, labels }}
      failure={unticked(props.failure)}
      heading={t('step-terms.title')}
      lead={say(site, 'step-terms.lead')}
    >
      {(explained) => (
        <>
          <StepForm site={site} place={place} part={`${screen}.form`}>
            {terms.map((document) => (
              <CheckField
                key={document.id}
                {...{ screen, explained }}
                name={`terms.${document.id}`}
                value={String(document.version)}
                label={<Agreement site={site} document={document} />}
                required
              />
            ))}
            <Button part={`${screen}.submit`} wide>
              {t('step-terms.submit')}
            </Button>
          </StepForm>
          <p className={formStyles.links}>
            <a href={site.path('/sign-in?again=1')} data-part={`${screen}.decline`}>
              {t('step-terms.decline')}
            </a>
          </p>
        </>
      )}
    </StepFrame>
  )
}

function Agreement({ site, document: { title, url } }: { site: UiSite; document: Document }) {
  return words(
    site,
    'step-terms.agree',
    { title },
    {
      document: (name) =>
        url === null ? (
          <strong>{name}</strong>
        ) : (
          <a href={url} target="_blank" rel="noreferrer">
            {name}
          </a>
        ),
    },
  )
}
