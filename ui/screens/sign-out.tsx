import { IconCircleCheck } from '@tabler/icons-react'
import { EntryFrame } from '../frame/entry-frame.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Form, formStyles } from '../parts/form.tsx'
import type { UiSite } from '../site.tsx'
import { address, words } from '../words.tsx'

const screen = 'sign-out'

/** Without an email nobody is signed in any more. */
export function SignOut({ site, email }: { site: UiSite; email: string | null }) {
  const { t } = site.texts
  if (email === null) {
    return (
      <EntryFrame
        site={site}
        screen={screen}
        here="/sign-out"
        emblem={<IconCircleCheck size={24} stroke={1.75} aria-hidden />}
        heading={t('sign-out.done.title')}
        lead={t('sign-out.done.lead')}
      >
        <ButtonLink href={site.path('/sign-in')} part="sign-out.again" wide>
          {t('sign-out.done.again')}
        </ButtonLink>
      </EntryFrame>
    )
  }
  const lead = words(site, 'sign-out.lead', { email }, address)
  return (
    <EntryFrame site={site} screen={screen} here="/sign-out" heading={t('sign-out.title')} lead={lead}>
      <div className={formStyles.steps}>
        <Form site={site} action="/sign-out" part="sign-out.form">
          <Button part="sign-out.submit" wide>
            {t('sign-out.submit')}
          </Button>
        </Form>
        <ButtonLink href={site.path('/account')} part="sign-out.stay" kind="secondary" wide>
          {t('sign-out.stay')}
        </ButtonLink>
      </div>
    </EntryFrame>
  )
}
