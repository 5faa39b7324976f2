import { createElement, Fragment, type ReactNode } from 'react'
import type { TextTags, TextValues } from '#core/texts/contract'
import type { UiSite } from './site.tsx'

type Tags = Record<string, (children: ReactNode) => ReactNode>

/** A sequence of words and elements, without asking React for keys that would mean nothing. */
export const join = (parts: ReactNode[]): ReactNode => createElement(Fragment, { key: 'words' }, ...parts)

const strong: Tags = { b: (children) => <strong>{children}</strong> }

/** Words with tags in them. `<b>` is always known; the organization's name is always at hand. */
export function words(site: UiSite, key: string, values?: TextValues, tags?: Tags): ReactNode {
  const known = Object.fromEntries(
    Object.entries({ ...strong, ...tags }).map(([name, draw]) => [
      name,
      (parts: ReactNode[]) => draw(parts.length === 1 ? parts[0] : join(parts)),
    ]),
  ) as TextTags<ReactNode>
  return join(site.texts.rich<ReactNode>(key, { organization: site.organization.name, ...values }, known))
}

/** Plain words, with the organization's name at hand. */
export const say = (site: UiSite, key: string, values?: TextValues): string =>
  site.texts.t(key, { organization: site.organization.name, ...values })

/** An address inside a sentence stands out and keeps its own direction: `<b>` of most texts that name one. */
export const address: Tags = {
  b: (children) => (
    <strong>
      <Isolated>{children}</Isolated>
    </strong>
  ),
}

/** Longer than a phone is wide: then it breaks after @ and before a dot, rather than within a word. */
const mayBreak = 28

function breakable(text: string): ReactNode {
  if (text.length <= mayBreak) return text
  const parts = text.split(/(?<=@)|(?=\.)/)
  return join(parts.flatMap((part, index) => (index === 0 ? [part] : [<wbr key={part} />, part])))
}

/** An address or a number keeps its own direction. */
export const Isolated = ({ children }: { children: ReactNode }) => (
  <bdi dir="ltr">{typeof children === 'string' ? breakable(children) : children}</bdi>
)
