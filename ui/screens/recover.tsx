import { hasUsernames } from '#core/people/contract'
import { explain } from '../explain.tsx'
import { EntryFrame } from '../frame/entry-frame.tsx'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Form, formStyles, Outcome } from '../parts/form.tsx'
import type { Answered, UiSite } from '../site.tsx'

type Props = {
  site: UiSite
  /** It is the username that somebody has forgotten. */
  isOfName?: boolean
} & Answered

export function Recover({ site, isOfName = false, values = {}, failure, notice }: Props) {
  const { t } = site.texts
  const screen = isOfName ? 'recover-name' : 'recover'
  const label = t('field.email')
  const explained = explain(site, failure, { email: label })
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here={isOfName ? '/recover?of=name' : '/recover'}
      heading={t(`${screen}.title`)}
      lead={t(`${screen}.lead`)}
    >
      <Outcome site={site} screen={screen} explained={explained} notice={notice} />
      <Form
        site={site}
        action="/recover"
        part={`${screen}.form`}
        hidden={isOfName ? { intent: 'name', of: 'name' } : {}}
      >
        <Field
          screen={screen}
          explained={explained}
          name="email"
          label={label}
          type="email"
          inputMode="email"
          autoComplete={isOfName ? 'email' : 'username'}
          leftToRight
          value={values.email}
          autoFocus={!explained}
        />
        <Button part={`${screen}.submit`} wide>
          {t(`${screen}.submit`)}
        </Button>
      </Form>
      <p className={formStyles.links}>
        {hasUsernames(site.organization) ? (
          <a href={site.path(isOfName ? '/recover' : '/recover?of=name')} data-part={`${screen}.other`}>
            {t(`${screen}.other`)}
          </a>
        ) : null}
        <a href={site.path('/sign-in')} data-part={`${screen}.sign-in`}>
          {t('common.back-to-sign-in')}
        </a>
      </p>
    </EntryFrame>
  )
}
