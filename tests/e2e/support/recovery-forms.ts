// The forms behind the links of a lost second step. What such a link does is in the stories of a lost second step; here it is one
// that nobody made, and whatever is sent with it changes nothing.

import { Caller } from './caller.ts'
import type { FormStory } from './form-story.ts'

const withLinkOfNobody =
  (path: string): FormStory['stand'] =>
  async (address) => {
    const caller = new Caller(address)
    await caller.see(`${path}?ticket=of-nobody`)
    return caller
  }

const story = (path: string, answer: FormStory['answer'], secrets: string[]): FormStory => ({
  path,
  page: path,
  answer,
  needs: [],
  typed: [],
  keeps: [],
  secrets,
  stand: withLinkOfNobody(path),
})

export const recoveryForms: readonly FormStory[] = [
  story('/recover/cancel', {}, []),
  story('/recover/factor', { password: 'gravy unlatch wobble sprint' }, ['password']),
]
