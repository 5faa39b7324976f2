import { explain } from '../explain.tsx'
import { EntryFrame } from '../frame/entry-frame.tsx'
import { Button } from '../parts/button.tsx'
import { Enrolment, type EnrolmentData } from '../parts/enrolment.tsx'
import { CodeField } from '../parts/field.tsx'
import { Form, Outcome } from '../parts/form.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { Who } from './mfa.tsx'

const screen = 'mfa-enrol'

/** The organization asks for a second step that this person does not have yet. */
export function MfaEnrol({
  site,
  email,
  enrolment,
  failure,
  notice,
}: { site: UiSite; email?: string | undefined; enrolment: EnrolmentData } & Answered) {
  const { t } = site.texts
  const label = t('field.code')
  const explained = explain(site, failure, { code: label })
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here="/mfa"
      heading={t('mfa-enrol.title')}
      lead={say(site, 'mfa-enrol.lead')}
    >
      <Who site={site} email={email} />
      <Outcome site={site} screen={screen} explained={explained} notice={notice} />
      <Enrolment site={site} enrolment={enrolment} />
      <Form site={site} action="/mfa" part="mfa-enrol.form" hidden={{ intent: 'enrol' }}>
        <CodeField
          screen={screen}
          label={label}
          hint={t('mfa-enrol.code-lead')}
          explained={explained}
          autoSubmit={!explained}
        />
        <Button part="mfa-enrol.submit" wide>
          {t('mfa-enrol.submit')}
        </Button>
      </Form>
    </EntryFrame>
  )
}
