import type { UiSite } from '../site.tsx'
import { DeadEnd } from './dead-end.tsx'

export const problemStatuses = [400, 403, 404, 405, 413, 414, 429, 500, 503] as const
export type ProblemStatus = (typeof problemStatuses)[number]

/** A page that is not there or went wrong, in the brand's own clothes. */
export function Problem({ site, status, reference }: { site: UiSite; status: ProblemStatus; reference?: string }) {
  const { t } = site.texts
  return (
    <DeadEnd
      site={site}
      screen="error"
      here="/account"
      emblem="problem"
      heading={t(`problem.${status}.title`)}
      lead={t(`problem.${status}.lead`)}
      first={{ part: 'error.home', href: '/account', label: t('problem.home') }}
      reference={reference}
    />
  )
}
