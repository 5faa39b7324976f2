import type { Answered, FormFailure } from '#ui/site'

type View = { values: Record<string, string>; failure: FormFailure | null } | null
type Flash = {
  code: string
  kind: 'success' | 'failure'
  field?: string
  retryAt?: string
  triesLeft?: number
  values?: Record<string, string>
} | null

/** What the last answer led to: the attempt knows, or else the note that was left for this page. */
export function answered(view: View, flash: Flash): Answered {
  const { code = '', field, retryAt, triesLeft } = flash ?? {}
  const said = flash?.kind === 'failure' ? { code, field, retryAt, triesLeft } : null
  return {
    values: view?.values ?? flash?.values,
    failure: view?.failure ?? said,
    notice: flash?.kind === 'success' ? flash.code : null,
  }
}
