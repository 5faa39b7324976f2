/** A page of one question: a heading, a form in a card, and the way back. */
import type { ReactNode } from 'react'
import { type Explained, explain } from '../explain.tsx'
import type { Answered, ScreenName, UiSite } from '../site.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { Panel, type PanelProps } from './panel.tsx'

export const organizationsPath = '/organization/organizations'
export type QuestionPage = { site: UiSite; frame: ConsoleFrameData } & Answered

type QuestionProps = QuestionPage & {
  screen: ScreenName
  /** Where in the navigation it belongs; among the organizations unless told. */
  section?: string
  heading: string
  lead?: ReactNode
  /** The page above, and where to go without answering. */
  above: { href: string; label: string }
  labels?: Record<string, string>
  /** In place of what the labels alone can say. */
  explained?: Explained | null
  panel: Omit<PanelProps, 'site' | 'screen' | 'cancel' | 'explained' | 'part'>
}

export function Question({
  site,
  frame,
  screen,
  section = 'organizations',
  heading,
  lead,
  above,
  labels = {},
  explained,
  panel,
  failure,
  notice,
}: QuestionProps) {
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section={section}
      screen={screen}
      here={panel.back}
      heading={heading}
      lead={lead}
      back={above}
      notice={notice}
      narrow
    >
      <Panel
        site={site}
        screen={screen}
        part={`${screen}.form`}
        cancel={above.href}
        explained={explained === undefined ? explain(site, failure, labels) : explained}
        {...panel}
      />
    </ConsoleFrame>
  )
}
