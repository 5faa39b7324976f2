import { explain } from '../explain.tsx'
import { EntryFrame } from '../frame/entry-frame.tsx'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Form, formStyles, Outcome } from '../parts/form.tsx'
import type { Answered, UiSite } from '../site.tsx'

const screen = 'recover'

export function Recover({ site, values = {}, failure, notice }: { site: UiSite } & Answered) {
  const { t } = site.texts
  const label = t('field.email')
  const explained = explain(site, failure, { email: label })
  return (
    <EntryFrame site={site} screen={screen} here="/recover" heading={t('recover.title')} lead={t('recover.lead')}>
      <Outcome site={site} screen={screen} explained={explained} notice={notice} />
      <Form site={site} action="/recover" part="recover.form">
        <Field
          screen={screen}
          explained={explained}
          name="email"
          label={label}
          type="email"
          inputMode="email"
          autoComplete="username"
          leftToRight
          value={values.email}
          autoFocus={!explained}
        />
        <Button part="recover.submit" wide>
          {t('recover.submit')}
        </Button>
      </Form>
      <p className={formStyles.links}>
        <a href={site.path('/sign-in')} data-part="recover.sign-in">
          {t('common.back-to-sign-in')}
        </a>
      </p>
    </EntryFrame>
  )
}
