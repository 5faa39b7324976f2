// Pure decisions: what a message may say, which addresses may be asked, and how an invitation stands.

import type { Organization } from '#core/organizations/contract'
import { fail } from '#platform/failure'
import { readingWith } from '#platform/reading'
import type { Invitation, InvitationState } from './contract.ts'

export const read = readingWith('invitations.invalid')

// Lines may end; nothing else that is not seen has a place in a message.
const unseen =
  /[^\P{Cc}\n]|[\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u
// Mail programs make links of what looks like an address. Ours would lead from a mail that people trust to anywhere.
const link = /[a-z][a-z0-9+.-]*:\/\/|\bwww\.|\b(?:mailto|tel|javascript|data):|\S@\S|[\p{L}\p{N}-]+\.\p{L}{2,}/iu

/** The words of an inviter, as they are mailed: plain text of a few lines. */
export const checkedMessage = (typed: string): string => {
  const message = typed.replace(/\r\n?/g, '\n').normalize('NFC').trim()
  if (unseen.test(message)) return fail('input.control_characters', 'message')
  return link.test(message.normalize('NFKC')) ? fail('invitations.message_has_link', 'message') : message
}

/** The addresses in what somebody pasted: apart by spaces, lines, commas or semicolons, with names around them or not. */
export const splitAddresses = (text: string): string[] =>
  text
    .split(/[\n\r,;]+/)
    .flatMap((part) => {
      const [, inBrackets] = /<([^<>]*)>\s*$/.exec(part) ?? []
      return inBrackets === undefined ? part.split(/\s+/) : [inBrackets]
    })
    .map((address) => address.trim())
    .filter((address) => address !== '')

/** The attribute by which an organization says that only addresses of its proven domains are invited. */
export const domainAttribute = 'invitations.domains'

/** Whether only addresses of proven domains may be invited. */
export const isBoundToDomains = ({ attributes }: Pick<Organization, 'attributes'>): boolean =>
  attributes[domainAttribute] === 'proven'

/** How an invitation stands at a moment: that it is over needs nothing to run. */
export const stateAt = ({ status, expiresAt }: Pick<Invitation, 'status' | 'expiresAt'>, at: Date): InvitationState =>
  status === 'pending' && expiresAt <= at ? 'expired' : status
