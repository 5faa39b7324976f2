import { explain } from '../explain.tsx'
import { EntryFrame } from '../frame/entry-frame.tsx'
import { Button } from '../parts/button.tsx'
import { CodeField } from '../parts/field.tsx'
import { Form, formStyles, Outcome } from '../parts/form.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { Isolated, say } from '../words.tsx'

const screen = 'mfa'

export function Mfa({ site, email, failure, notice }: { site: UiSite; email?: string | undefined } & Answered) {
  const { t } = site.texts
  const label = t('field.code')
  const explained = explain(site, failure, { code: label })
  return (
    <EntryFrame site={site} screen={screen} here="/mfa" heading={t('mfa.title')} lead={say(site, 'mfa.lead')}>
      <Who site={site} email={email} />
      <Outcome site={site} screen={screen} explained={explained} notice={notice} />
      <Form site={site} action="/mfa" part="mfa.form" hidden={{ intent: 'challenge' }}>
        <CodeField screen={screen} label={label} explained={explained} autoFocus={!explained} autoSubmit={!explained} />
        <Button part="mfa.submit" wide>
          {t('mfa.submit')}
        </Button>
      </Form>
      <p className={formStyles.fine}>{say(site, 'mfa.lost')}</p>
    </EntryFrame>
  )
}

/** Whose turn it is, and the way out for somebody else. */
export function Who({ site, email }: { site: UiSite; email?: string | undefined }) {
  if (!email) return null
  return (
    <p className={formStyles.who}>
      <strong>
        <Isolated>{email}</Isolated>
      </strong>
      <a href={site.path('/sign-in?again=1')} className={formStyles.tall} data-part="mfa.restart">
        {site.texts.t('common.not-you')}
      </a>
    </p>
  )
}
